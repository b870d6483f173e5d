// Making a vault, or giving the one administrator of an older vault a name and a passphrase.

import * as broker from "../api/door";
import type { Opened } from "../api/door";
import { failureOf } from "../api/error";
import { doorMessage } from "../words/door";
import { fieldMessage } from "../words/field";
import type { Message } from "../words/message";
import { NewPassphrase } from "./passphrase.svelte";

export class Founding {
  vault = $state("");
  administrator = $state("");
  busy = $state(false);
  message = $state.raw<Message | null>(null);
  errors = $state.raw<{ vault: string | null; administrator: string | null }>({ vault: null, administrator: null });
  readonly passphrase = new NewPassphrase(() => [this.vault, this.administrator].filter(Boolean));
  /** An older vault keeps its name. */
  readonly older: boolean;

  constructor(older: boolean) {
    this.older = older;
  }

  setVault(name: string): void {
    this.vault = name;
    this.errors = { ...this.errors, vault: null };
  }

  setAdministrator(name: string): void {
    this.administrator = name;
    this.errors = { ...this.errors, administrator: null };
  }

  /** Makes or upgrades the vault; `null` where something is to be corrected. */
  async save(): Promise<Opened | null> {
    if (this.busy) return null;
    this.busy = true;
    this.message = null;
    try {
      if (!(await this.#checked())) return null;
      const opened = await this.#send();
      this.passphrase.forget();
      return opened;
    } catch (thrown) {
      this.#failed(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #checked(): Promise<boolean> {
    const missing = (value: string, field: string): string | null => (value.trim() === "" ? fieldMessage(field, "required") : null);
    this.errors = {
      vault: this.older ? null : missing(this.vault, "vault"),
      administrator: missing(this.administrator, "administrator"),
    };
    const good = await this.passphrase.check();
    return good && this.errors.vault === null && this.errors.administrator === null;
  }

  #send(): Promise<Opened> {
    const administrator = this.administrator.trim();
    const passphrase = this.passphrase.text;
    if (!this.older) return broker.createVault(this.vault.trim(), administrator, passphrase);
    return broker.unlock({ kind: "upgrade", administrator, passphrase }, false);
  }

  #failed(thrown: unknown): void {
    const failure = failureOf(thrown);
    const { detail } = failure;
    if (detail.of === "field" && (detail.field === "vault" || detail.field === "administrator")) {
      this.errors = { ...this.errors, [detail.field]: fieldMessage(detail.field, detail.rule) };
    } else if (detail.of === "field" && detail.rule === "too_weak") {
      this.passphrase.refuse(fieldMessage(detail.field, detail.rule));
    } else {
      this.message = doorMessage(failure, this.older ? "upgrade" : "create");
    }
  }
}
