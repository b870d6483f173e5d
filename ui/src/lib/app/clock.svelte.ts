// The time of day, ticking slowly enough for "5 min ago".

export class Clock {
  now = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | null = null;

  start(everyMs = 15_000): void {
    this.#timer ??= setInterval(() => (this.now = Date.now()), everyMs);
  }

  /** The time of day, but not before something that has just arrived: the clock may be a tick behind. */
  notBefore(moment: number): number {
    return Math.max(moment, this.now);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
