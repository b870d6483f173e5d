// Show password and Copy for one credential entry. What is shown is forgotten after the broker's
// seconds, on hide, on leaving the entry, and when the window loses the focus.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { CredentialRow, Revealed } from "../api/gen";
import type { Toasts } from "../toasts/toasts.svelte";
import { failureMessage } from "../words/failure";

export type What = "show" | "copy";

export class Reveal {
  /** What waits for the person's explicit yes. */
  asking = $state<What | null>(null);
  busy = $state<What | null>(null);
  shown = $state.raw<Revealed | null>(null);
  left = $state(0);

  #toasts: Toasts;
  #credential: () => CredentialRow;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ends = 0;

  constructor(credential: () => CredentialRow, toasts: Toasts) {
    this.#credential = credential;
    this.#toasts = toasts;
  }

  /** The button: asks first where the entry says so. */
  async want(what: What): Promise<void> {
    if (this.#credential().reveal_asks) this.asking = what;
    else await this.#do(what, false);
  }

  /** The person agreed. */
  async confirm(): Promise<void> {
    const what = this.asking;
    this.asking = null;
    if (what !== null) await this.#do(what, true);
  }

  cancel(): void {
    this.asking = null;
  }

  /** Forgets what is shown. */
  hide(): void {
    this.shown = null;
    this.left = 0;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #do(what: What, confirmed: boolean): Promise<void> {
    this.busy = what;
    try {
      if (what === "show") this.#stand(await broker.showPassword(this.#credential().id, confirmed));
      else await this.#copy(confirmed);
    } catch (thrown) {
      this.#failed(thrown, what, confirmed);
    } finally {
      this.busy = null;
    }
  }

  #failed(thrown: unknown, what: What, confirmed: boolean): void {
    const { code, detail } = failureOf(thrown);
    const wantsYes = detail.of === "denied" && detail.why.missing === "confirmation";
    if (wantsYes && !confirmed) this.asking = what;
    else this.#toasts.bad(failureMessage({ code, detail }, what));
  }

  async #copy(confirmed: boolean): Promise<void> {
    await broker.copyPassword(this.#credential().id, confirmed);
    this.#toasts.good("Password copied", "It is cleared from the clipboard after 30 seconds.");
  }

  #stand(revealed: Revealed): void {
    this.hide();
    this.shown = revealed;
    this.#ends = Date.now() + revealed.seconds * 1000;
    this.left = revealed.seconds;
    this.#timer = setInterval(() => this.#tick(), 250);
  }

  #tick(): void {
    this.left = Math.max(0, Math.ceil((this.#ends - Date.now()) / 1000));
    if (this.left === 0) this.hide();
  }
}
