// A client that the person starts themselves: the one-time credential on the screen, for its seconds.

import { Countdown } from "../app/countdown.svelte";
import type { Launch, RunRow } from "../api/gen";
import { isUp } from "../running/tone";

export type Shown = Extract<Launch, { is: "by_hand" }>;

export class ByHand {
  /** `over`: the seconds have passed, or the injector has given up. */
  state = $state<"waiting" | "signing_in" | "over">("waiting");
  shown = $state.raw<Omit<Shown, "is">>({ run: "", address: "", user: "", password: "", seconds: 0, stale: [] });
  readonly left = new Countdown(() => this.end());

  constructor(shown: Shown) {
    this.shown = shown;
    this.left.set(shown.seconds);
  }

  /** How the launch went on. Answers whether there is nothing more to show. */
  hear({ run, state }: RunRow): boolean {
    if (run !== this.shown.run) return false;
    if (state.state === "signing_in") this.#signingIn();
    if (state.state !== "ended") return isUp({ state });
    if (state.end.end !== "client_never_came") return true;
    this.end();
    return false;
  }

  #signingIn(): void {
    this.left.stop();
    this.state = "signing_in";
  }

  /** Nobody can sign in with it any more. */
  end(): void {
    this.left.stop();
    this.state = "over";
    this.shown = { ...this.shown, user: "", password: "" };
  }
}
