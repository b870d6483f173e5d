// How much has passed through running sessions: asked for every 2 seconds while somebody looks.

import * as broker from "../api/commands";
import type { TrafficRow } from "../api/gen";

const EVERY_MS = 2_000;

export class Traffic {
  /** By launch; empty where it is not known. */
  rows = $state.raw<ReadonlyMap<string, TrafficRow>>(new Map());
  #timer: ReturnType<typeof setInterval> | null = null;
  #asking = false;

  /** Asks now and from then on. */
  start(): void {
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => void this.#ask(), EVERY_MS);
    void this.#ask();
  }

  /** What was seen last stays. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** A slow answer is waited for, and not asked for twice. */
  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const rows = await broker.traffic();
      this.rows = new Map(rows.map((row) => [row.run, row]));
    } catch {
      // Nobody asked for this figure with a click: it is shown as not known, and asked for again.
      this.rows = new Map();
    } finally {
      this.#asking = false;
    }
  }
}
