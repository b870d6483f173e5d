// What can be done with a launch on the Running list.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { RunRow, TicketAsk } from "../api/gen";
import { Gate } from "../gate/gate.svelte";
import type { Toasts } from "../toasts/toasts.svelte";
import type { Vault } from "../vault/vault.svelte";
import type { Doing } from "../words/message";

const NO_TICKET: TicketAsk = { policy: "off", pattern: null, last: null };

export class Runs {
  /** The session that is asked about: sign in to it again? */
  asking = $state.raw<RunRow | null>(null);
  /** The session for which the person has to prove once more who they are. */
  proving = $state.raw<{ run: RunRow; gate: Gate } | null>(null);
  #vault: Vault;
  #toasts: Toasts;

  constructor(vault: Vault, toasts: Toasts) {
    this.#vault = vault;
    this.#toasts = toasts;
  }

  end(run: RunRow): Promise<void> {
    return this.#try("end", () => broker.endSession(run.run));
  }

  dismiss(run: RunRow): Promise<void> {
    return this.#try("end", async () => {
      await broker.dismissRun(run.run);
      await this.#vault.refresh();
    });
  }

  /** Brings its window to the front. */
  show(run: RunRow): Promise<void> {
    return this.#try("window", () => broker.showWindow(run.run));
  }

  /** Asks first: the line drops for a moment. */
  wantSignIn(run: RunRow): void {
    this.asking = run;
  }

  async signInAgain(): Promise<void> {
    const run = this.asking;
    this.asking = null;
    if (run !== null) await this.#signIn(run, new Gate(false, NO_TICKET), null);
  }

  /** The person has answered what stands before it. */
  async prove(): Promise<void> {
    const { proving } = this;
    const given = proving?.gate.take();
    if (proving !== null && given !== undefined) await this.#signIn(proving.run, proving.gate, given.proof);
  }

  forget(): void {
    this.asking = null;
    this.proving?.gate.forget();
    this.proving = null;
  }

  async #signIn(run: RunRow, gate: Gate, proof: string | null): Promise<void> {
    try {
      await broker.signInAgain(run.run, proof);
      this.forget();
    } catch (thrown) {
      // A proof that is too old is asked for here; whatever else it is, the session goes on as it was.
      if (gate.refused(failureOf(thrown))) {
        this.proving = { run, gate };
        return;
      }
      this.forget();
      this.#toasts.thrown(thrown, "sign_in");
    }
  }

  async #try(doing: Doing, does: () => Promise<void>): Promise<void> {
    try {
      await does();
    } catch (thrown) {
      this.#toasts.thrown(thrown, doing);
    }
  }
}
