// Seconds that the broker told once, counted down in the window.

export class Countdown {
  /** Seconds left; `null` while nothing is waited for. It stays at 1 until the broker says otherwise. */
  left = $state<number | null>(null);
  #onend: () => void;
  #until = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** `onend`: called once when the seconds have passed. */
  constructor(onend: () => void = () => undefined) {
    this.#onend = onend;
  }

  /** Starts anew from so many seconds; `null` stops. */
  set(seconds: number | null): void {
    this.stop();
    if (seconds === null) return;
    this.#until = Date.now() + seconds * 1000;
    this.left = seconds;
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.left = null;
  }

  #tick(): void {
    const left = Math.ceil((this.#until - Date.now()) / 1000);
    this.left = Math.max(1, left);
    if (left > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#onend();
  }
}
