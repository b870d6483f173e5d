// Adding an IT Glue account, or giving one a new key. The key is checked before it is kept.

import * as broker from "../api/commands";
import type { Checked } from "../api/commands";
import type { AccountRow, Region } from "../api/gen";
import { hostOf, looksLikeAddress } from "./address";
import { FormErrors } from "./errors.svelte";

export type Read = { host: string; region: Region };

export class AccountForm {
  name = $state("");
  region = $state<Region>("us");
  key = $state("");
  busy = $state(false);
  /** What was read from a pasted address: its host and region. */
  read = $state.raw<Read | null>(null);
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

  setRegion(region: Region): void {
    this.region = region;
    this.read = null;
  }

  /** Takes what was typed or pasted: a key, or an address of IT Glue's app, which chooses the region. */
  async setKey(text: string): Promise<void> {
    this.key = text;
    this.errors.forget("api_key");
    if (/itglue\.com/i.test(text) && looksLikeAddress(text)) await this.#readAddress(text);
  }

  /** Checks the key with IT Glue and keeps it. Says whether that went well. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    this.errors.clear();
    if (looksLikeAddress(this.key) && !(await this.#readAddress(this.key))) return false;
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

  /** Says whether an address was read. The field is emptied for the key, unless it was typed on. */
  async #readAddress(text: string): Promise<boolean> {
    try {
      const region = await broker.readAccountAddress(text.trim());
      if (this.key !== text) return false;
      this.key = "";
      this.read = { host: hostOf(text), region };
      if (this.replaces === null) this.region = region;
      return true;
    } catch (thrown) {
      if (this.key === text) this.errors.take(thrown, "save", { account_address: "api_key" });
      return false;
    }
  }

  #send(key: string): Promise<Checked> {
    return this.replaces === null
      ? broker.addAccount(this.name.trim(), this.region, key)
      : broker.replaceKey(this.replaces.id, key);
  }
}
