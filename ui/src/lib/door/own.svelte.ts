// What a person opens the vault with, changed by themselves: passphrase, PIN, recovery kit, idle limit.

import * as broker from "../api/door";
import { Countdown } from "../app/countdown.svelte";
import { failureOf } from "../api/error";
import { minutesOf, MINUTES_WRONG } from "../people/settings.svelte";
import { doorMessage } from "../words/door";
import type { Message } from "../words/message";
import { NewPassphrase } from "./passphrase.svelte";

export type Own = "passphrase" | "pin" | "kit" | "idle";

const PIN_LEAST = 6;

export class OwnForm {
  /** The passphrase as it is now, which all but the idle limit need. */
  current = $state("");
  pin = $state("");
  again = $state("");
  minutes = $state("");
  busy = $state(false);
  wrong = $state.raw<Readonly<Record<string, string>>>({});
  message = $state.raw<Message | null>(null);
  /** A new recovery kit, shown once. */
  kit = $state<string | null>(null);
  readonly passphrase: NewPassphrase;
  readonly wait = new Countdown(() => this.wait.stop());
  readonly what: Own;

  constructor(what: Own, name: string) {
    this.what = what;
    this.passphrase = new NewPassphrase(() => [name]);
  }

  get dirty(): boolean {
    return [this.current, this.pin, this.again, this.minutes, this.passphrase.text, this.passphrase.again].some((text) => text !== "");
  }

  set(field: "current" | "pin" | "again" | "minutes", text: string): void {
    this[field] = text;
    this.wrong = Object.fromEntries(Object.entries(this.wrong).filter(([name]) => name !== field));
  }

  /** Saves; says whether it is done with. */
  async save(): Promise<boolean> {
    return this.#run(async () => {
      if (!(await this.#checked())) return false;
      await this.#send();
      return true;
    });
  }

  /** No PIN any more. */
  async removePin(): Promise<boolean> {
    return this.#run(async () => {
      this.wrong = this.current === "" ? { current: "Type your passphrase." } : {};
      if (this.current === "") return false;
      await broker.setPin(this.current, null);
      return true;
    });
  }

  /** Back to the vault's own limit. */
  async clearIdle(): Promise<boolean> {
    return this.#run(async () => {
      await broker.setOwnIdleLock(null);
      return true;
    });
  }

  forget(): void {
    this.current = this.pin = this.again = "";
    this.kit = null;
    this.passphrase.forget();
    this.wait.stop();
  }

  async #checked(): Promise<boolean> {
    const wrong: Record<string, string> = {};
    if (this.what === "idle") {
      if (minutesOf(this.minutes) === null) wrong["minutes"] = MINUTES_WRONG;
    } else if (this.current === "") wrong["current"] = "Type your passphrase.";
    if (this.what === "pin") Object.assign(wrong, pinWrong(this.pin, this.again));
    this.wrong = wrong;
    const renewed = this.what !== "passphrase" || (await this.passphrase.check());
    return renewed && Object.keys(wrong).length === 0;
  }

  async #send(): Promise<void> {
    switch (this.what) {
      case "passphrase":
        return broker.changePassphrase(this.current, this.passphrase.text);
      case "pin":
        return broker.setPin(this.current, this.pin);
      case "idle":
        return broker.setOwnIdleLock(minutesOf(this.minutes));
      case "kit":
        this.kit = await broker.newRecoveryKit(this.current);
    }
  }

  async #run(deed: () => Promise<boolean>): Promise<boolean> {
    if (this.busy || this.wait.left !== null) return false;
    this.busy = true;
    this.message = null;
    try {
      return await deed();
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.detail.of === "wait" && failure.detail.seconds !== null) this.wait.set(failure.detail.seconds);
      this.message = { ...doorMessage(failure, "prove"), undone: "Nothing was changed." };
      return false;
    } finally {
      this.busy = false;
    }
  }
}

function pinWrong(pin: string, again: string): Record<string, string> {
  if (!/^\d+$/.test(pin) || pin.length < PIN_LEAST) return { pin: `A PIN has ${PIN_LEAST} digits or more.` };
  if (/^(\d)\1+$/.test(pin)) return { pin: "Choose digits that are not all the same." };
  return pin === again ? {} : { again: "The two are not the same." };
}
