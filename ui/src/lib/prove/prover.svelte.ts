// Proving who one is again: the vault was opened by PIN, and what is wanted needs the passphrase.

import { Countdown } from "../app/countdown.svelte";
import * as broker from "../api/door";
import { failureOf } from "../api/error";
import { doorMessage } from "../words/door";
import type { Message } from "../words/message";

export class Prover {
  /** Whether the dialog is open. */
  asking = $state(false);
  text = $state("");
  busy = $state(false);
  message = $state.raw<Message | null>(null);
  readonly wait = new Countdown(() => this.wait.stop());
  #answers: ((proved: boolean) => void)[] = [];

  /** Opens the dialog; answers once the person has proved it or given up. Several share one dialog. */
  want(): Promise<boolean> {
    this.asking = true;
    return new Promise((answer) => this.#answers.push(answer));
  }

  setText(text: string): void {
    this.text = text;
    this.message = null;
  }

  async prove(): Promise<void> {
    if (this.busy || this.text === "" || this.wait.left !== null) return;
    this.busy = true;
    this.message = null;
    try {
      await broker.prove(this.text);
      this.#end(true);
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.detail.of === "wait" && failure.detail.seconds !== null) this.wait.set(failure.detail.seconds);
      this.message = doorMessage(failure, "prove");
    } finally {
      this.busy = false;
    }
  }

  cancel(): void {
    this.#end(false);
  }

  #end(proved: boolean): void {
    const answers = this.#answers;
    this.#answers = [];
    this.asking = false;
    this.text = "";
    this.message = null;
    this.wait.stop();
    for (const answer of answers) answer(proved);
  }
}
