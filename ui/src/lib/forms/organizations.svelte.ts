// The organizations of the chosen account, for a searchable select.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { OrganizationRow } from "../api/gen";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";

export class Organizations {
  rows = $state.raw<OrganizationRow[]>([]);
  busy = $state(false);
  message = $state.raw<Message | null>(null);
  #account: string | null = null;

  /** Loads them once per account; an answer for an account chosen before is dropped. */
  async of(account: string | null, again = false): Promise<void> {
    if (account === this.#account && !again) return;
    this.#account = account;
    this.rows = [];
    this.message = null;
    this.busy = account !== null;
    if (account === null) return;
    try {
      const rows = await broker.organizations(account);
      if (this.#account === account) this.rows = rows;
    } catch (thrown) {
      if (this.#account === account) this.message = failureMessage(failureOf(thrown), "list");
    } finally {
      if (this.#account === account) this.busy = false;
    }
  }
}
