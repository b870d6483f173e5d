// The app is to close while sessions run: whether the person is being asked.

import { answerClose, listenToClose } from "../api/closing";

export class Closing {
  /** How many sessions run. `null`: nobody is asked. */
  sessions = $state.raw<number | null>(null);
  #unlisten: (() => void) | null = null;

  async start(): Promise<void> {
    this.#unlisten = await listenToClose((sessions) => this.#ask(sessions));
  }

  stop(): void {
    this.#unlisten?.();
    this.#unlisten = null;
  }

  /** The shell waits 2 seconds to hear that somebody is asked, and closes without it. */
  #ask(sessions: number): void {
    this.sessions = sessions;
    void answerClose("asking");
  }

  /** The app stays, and the sessions. */
  cancel(): void {
    this.sessions = null;
  }

  /** The sessions are ended, then the app. */
  end(): void {
    this.sessions = null;
    void answerClose("end");
  }
}
