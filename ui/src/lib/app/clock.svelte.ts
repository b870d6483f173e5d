// The time of day, ticking slowly enough for "5 min ago".

export class Clock {
  now = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | null = null;

  start(everyMs = 15_000): void {
    this.#timer ??= setInterval(() => (this.now = Date.now()), everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
