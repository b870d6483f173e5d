// What can be done with a launch on the Running list.

import * as broker from "../api/commands";
import type { RunRow } from "../api/gen";
import type { Toasts } from "../toasts/toasts.svelte";
import type { Vault } from "../vault/vault.svelte";
import type { Doing } from "../words/message";

export class Runs {
  /** The session that is asked about: sign in to it again? */
  asking = $state.raw<RunRow | null>(null);
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
    if (run !== null) await this.#try("sign_in", () => broker.signInAgain(run.run));
  }

  forget(): void {
    this.asking = null;
  }

  async #try(doing: Doing, does: () => Promise<void>): Promise<void> {
    try {
      await does();
    } catch (thrown) {
      this.#toasts.thrown(thrown, doing);
    }
  }
}
