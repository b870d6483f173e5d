// A new passphrase: typed twice, and strong enough. The broker weighs it; the newest text counts.

import * as broker from "../api/door";
import type { Strength } from "../api/gen";

export class NewPassphrase {
  text = $state("");
  again = $state("");
  strength = $state.raw<Strength | null>(null);
  /** What is wrong with either field, once the person wants to go on. */
  wrong = $state.raw<{ text: string | null; again: string | null }>({ text: null, again: null });
  #hints: () => string[];
  #weighing: Promise<void> | null = null;

  /** `hints`: names that somebody would guess first. */
  constructor(hints: () => string[] = () => []) {
    this.#hints = hints;
  }

  setText(text: string): void {
    this.text = text;
    this.wrong = { ...this.wrong, text: null };
    void this.#weigh();
  }

  setAgain(again: string): void {
    this.again = again;
    this.wrong = { ...this.wrong, again: null };
  }

  /** Whether it can be used; what cannot is said beside its field. */
  async check(): Promise<boolean> {
    if (this.text !== "") await this.#weigh();
    const text = this.text === "" ? "Choose a passphrase." : this.strength?.enough === false ? "This passphrase is too easy to guess." : null;
    const again = this.again === "" ? "Type the passphrase once more." : this.again === this.text ? null : "The two are not the same.";
    this.wrong = { text, again };
    return text === null && again === null;
  }

  /** The broker found it too weak after all. */
  refuse(text: string): void {
    this.wrong = { ...this.wrong, text };
  }

  forget(): void {
    this.text = this.again = "";
    this.strength = null;
  }

  /** One at a time; what is typed meanwhile is weighed next, and whoever waits waits for that too. */
  #weigh(): Promise<void> {
    this.#weighing ??= this.#weighNewest().finally(() => (this.#weighing = null));
    return this.#weighing;
  }

  async #weighNewest(): Promise<void> {
    let weighed: string;
    do {
      weighed = this.text;
      const strength = weighed === "" ? null : await weighing(weighed, this.#hints());
      if (weighed === this.text) this.strength = strength;
    } while (weighed !== this.text);
  }
}

/** The meter helps to choose; where it cannot be had, the broker still judges when it is sent. */
async function weighing(text: string, hints: string[]): Promise<Strength | null> {
  try {
    return await broker.passphraseStrength(text, hints);
  } catch {
    return null;
  }
}
