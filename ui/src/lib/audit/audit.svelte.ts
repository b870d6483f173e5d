// The audit log, newest first, loaded a page at a time.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { AuditRow } from "../api/gen";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";

const PAGE = 100;

export class AuditLog {
  rows = $state.raw<AuditRow[]>([]);
  busy = $state(false);
  complete = $state(false);
  message = $state.raw<Message | null>(null);

  /** The newest rows, from the start. */
  async load(): Promise<void> {
    await this.#read(null);
  }

  /** Older rows than those in sight. */
  async more(): Promise<void> {
    await this.#read(this.rows.at(-1)?.number ?? null);
  }

  async #read(before: number | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const rows = await broker.audit(before, PAGE);
      this.rows = before === null ? rows : [...this.rows, ...rows];
      this.complete = rows.length < PAGE;
      this.message = null;
    } catch (thrown) {
      this.message = failureMessage(failureOf(thrown), "audit");
    } finally {
      this.busy = false;
    }
  }
}
