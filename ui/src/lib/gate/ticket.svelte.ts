// The helpdesk's ticket that a launch, show or copy is for: asked where the folder's policy says so.

import type { TicketAsk, TicketForm, TicketPolicy } from "../api/gen";

export class TicketPrompt {
  number = $state("");
  reason = $state("");
  wrong = $state<string | null>(null);
  policy = $state<TicketPolicy>("off");
  readonly pattern: string | null;

  /** The last ticket stands there again: work on one usually needs more than one launch. */
  constructor({ policy, pattern, last }: TicketAsk) {
    this.policy = policy;
    this.pattern = pattern;
    this.number = last ?? "";
  }

  /** Whether there is anything to ask at all. */
  get wanted(): boolean {
    return this.policy !== "off";
  }

  setNumber(number: string): void {
    this.number = number;
    this.wrong = null;
  }

  /** The ticket, or `null` for none; `undefined` where something is to be corrected. */
  take(): TicketForm | null | undefined {
    const number = this.number.trim();
    const reason = this.reason.trim();
    if (!this.wanted) return null;
    if (number === "" && this.policy === "optional" && reason === "") return null;
    if (number === "") return this.#refuse("The ticket number is missing.");
    if (!fits(number, this.pattern)) return this.refuse();
    return { number, reason };
  }

  /** The number does not have the shape that is asked for. */
  refuse(): undefined {
    return this.#refuse(this.pattern === null ? "This number is not taken." : `Ticket numbers here have the shape ${this.pattern}.`);
  }

  #refuse(why: string): undefined {
    this.wrong = why;
    return undefined;
  }
}

/** The whole number has to fit. A pattern that cannot be read here is left to the broker. */
function fits(number: string, pattern: string | null): boolean {
  if (pattern === null || pattern === "") return true;
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(number);
  } catch {
    return true;
  }
}
