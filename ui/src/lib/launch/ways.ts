// What else can be done where a launch came to nothing or has ended. None of it happens without a click.

import type { Failure, RunEnd, RunRow, SessionRow } from "../api/gen";
import type { ToastAction } from "../toasts/toasts.svelte";
import type { Vault } from "../vault/vault.svelte";
import { itGlueAway, type Attempt, type Wish } from "./attempt";

type Starts = (session: SessionRow, wish: Wish) => void;

export class Ways {
  #vault: Vault;
  #start: Starts;

  /** `start`: launches once more. */
  constructor(vault: Vault, start: Starts) {
    this.#vault = vault;
    this.#start = start;
  }

  /** Where nothing was opened. */
  past(failure: Failure, { session, credential, types, byHand }: Attempt): ToastAction[] {
    const again = this.#action("Try again", session, { credential, types, byHand });
    if (failure.code === "client_missing") return [this.#action("Launch by hand…", session, { credential, types, byHand: true })];
    if (itGlueAway(failure)) return [again, ...this.#typing(session, { byHand })];
    return ["unreachable", "timed_out", "rate_limited"].includes(failure.code) ? [again] : [];
  }

  /** Where it is over. */
  on(end: RunEnd, { session, account, by_hand: byHand }: RunRow): ToastAction[] {
    switch (end.end) {
      case "failed":
        return itGlueAway(end.failure) ? this.#typing(session, { byHand }) : [];
      case "certificate_changed":
        return [this.#action("Launch again", session, { byHand })];
      case "host_refused":
        return this.#refused(end, session, { byHand, user: account ?? "" });
      default:
        return [];
    }
  }

  #refused(end: Extract<RunEnd, { end: "host_refused" }>, session: string, { byHand, user }: Wish): ToastAction[] {
    const typed = end.typed ? [this.#action("Type it again…", session, { types: true, user, byHand })] : [];
    const other = end.choose_again ? [this.#action("Choose another…", session, { byHand })] : [];
    const others = end.others.map((id) => this.#action(`Launch with ${this.#vault.credentials.get(id)?.name ?? id}`, session, { credential: id, byHand }));
    return [...typed, ...other, ...others];
  }

  /** Offered where the broker has said that people may. */
  #typing(session: string, wish: Wish): ToastAction[] {
    return this.#vault.data.settings.ask_me ? [this.#action("Type a password instead…", session, { ...wish, types: true })] : [];
  }

  #action(label: string, session: string, wish: Wish): ToastAction {
    return {
      label,
      run: () => {
        const row = this.#vault.sessions.get(session);
        if (row !== undefined) this.#start(row, wish);
      },
    };
  }
}
