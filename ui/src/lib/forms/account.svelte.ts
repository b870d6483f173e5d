// Adding an IT Glue account, or giving one a new key. The key is checked before it is kept.

import * as broker from "../api/commands";
import type { Checked } from "../api/commands";
import type { AccountRow, Region } from "../api/gen";
import { FormErrors } from "./errors.svelte";

export class AccountForm {
  name = $state("");
  region = $state<Region>("us");
  key = $state("");
  busy = $state(false);
  connected = $state.raw<Checked | null>(null);
  readonly errors = new FormErrors(["name", "region", "api_key"]);
  /** The account whose key is replaced, or `null` for a new account. */
  readonly replaces: AccountRow | null;

  constructor(replaces: AccountRow | null = null) {
    this.replaces = replaces;
    if (replaces === null) return;
    this.name = replaces.name;
    this.region = replaces.region;
  }

  get dirty(): boolean {
    return this.key !== "" || (this.replaces === null && this.name !== "");
  }

  /** Checks the key with IT Glue and keeps it. Says whether that went well. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    this.errors.require({ name: this.name.trim(), api_key: this.key.trim() });
    if (!this.errors.none) return false;
    this.busy = true;
    try {
      this.connected = await this.#send(this.key.trim());
      this.key = "";
      return true;
    } catch (thrown) {
      this.errors.take(thrown, this.replaces === null ? "save" : "account");
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Forgets the key. */
  forget(): void {
    this.key = "";
  }

  #send(key: string): Promise<Checked> {
    return this.replaces === null
      ? broker.addAccount(this.name.trim(), this.region, key)
      : broker.replaceKey(this.replaces.id, key);
  }
}
