// Show password and Copy for one credential entry. What is shown is forgotten after the broker's
// seconds, on hide, on leaving the entry, and when the window loses the focus.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { CredentialRow, Failure, Revealed } from "../api/gen";
import { Gate, NOTHING_GIVEN, type Given } from "../gate/gate.svelte";
import type { Toasts } from "../toasts/toasts.svelte";
import { failureMessage } from "../words/failure";

export type What = "show" | "copy";

export class Reveal {
  /** What waits for the person: who they are once more, and the ticket it is for. */
  asking = $state.raw<{ what: What; gate: Gate } | null>(null);
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
    const gate = this.#gate();
    if (gate.stands) this.asking = { what, gate };
    else await this.#do(what, NOTHING_GIVEN);
  }

  /** The person has answered what was asked. */
  async confirm(): Promise<void> {
    if (this.asking === null || this.busy !== null) return;
    const given = this.asking.gate.take();
    if (given !== undefined) await this.#do(this.asking.what, given);
  }

  cancel(): void {
    this.asking?.gate.forget();
    this.asking = null;
  }

  /** Forgets what is shown. */
  hide(): void {
    this.shown = null;
    this.left = 0;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #gate(): Gate {
    const { reveal_asks, ticket } = this.#credential();
    return new Gate(reveal_asks, ticket);
  }

  async #do(what: What, given: Given): Promise<void> {
    this.busy = what;
    try {
      if (what === "show") this.#stand(await broker.showPassword(this.#credential().id, given));
      else await this.#copy(given);
      this.cancel();
    } catch (thrown) {
      this.#failed(failureOf(thrown), what);
    } finally {
      this.busy = null;
    }
  }

  /** A wrong answer keeps the question open; what was not asked yet is asked now; all else is said. */
  #failed(failure: Failure, what: What): void {
    const gate = this.asking?.gate ?? this.#gate();
    if (gate.refused(failure)) {
      this.asking ??= { what, gate };
      return;
    }
    this.cancel();
    this.#toasts.bad(failureMessage(failure, what));
  }

  async #copy(given: Given): Promise<void> {
    await broker.copyPassword(this.#credential().id, given);
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
