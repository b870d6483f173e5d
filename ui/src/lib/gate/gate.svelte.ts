// What stands before a launch, show or copy beyond the rights: who one is once more, and the ticket.

import { Countdown } from "../app/countdown.svelte";
import type { Failure, TicketAsk, TicketForm } from "../api/gen";
import { doorMessage } from "../words/door";
import { fieldMessage } from "../words/field";
import type { Message } from "../words/message";
import { TicketPrompt } from "./ticket.svelte";

/** What goes with the request. */
export type Given = { proof: string | null; ticket: TicketForm | null };

export const NOTHING_GIVEN: Given = { proof: null, ticket: null };

export class Gate {
  /** Their passphrase or PIN. */
  proof = $state("");
  proves = $state(false);
  missing = $state<string | null>(null);
  message = $state.raw<Message | null>(null);
  readonly wait = new Countdown(() => this.wait.stop());
  readonly ticket: TicketPrompt;

  constructor(proves: boolean, ticket: TicketAsk) {
    this.proves = proves;
    this.ticket = new TicketPrompt(ticket);
  }

  /** Whether there is anything to ask. */
  get stands(): boolean {
    return this.proves || this.ticket.wanted;
  }

  setProof(proof: string): void {
    this.proof = proof;
    this.missing = null;
    this.message = null;
  }

  /** What was answered; `undefined` where something is to be corrected, or time has to pass. */
  take(): Given | undefined {
    if (this.wait.left !== null) return undefined;
    const ticket = this.ticket.take();
    this.missing = this.proves && this.proof === "" ? "Type your passphrase or PIN." : null;
    if (ticket === undefined || this.missing !== null) return undefined;
    return { proof: this.proves ? this.proof : null, ticket };
  }

  /** Whether the failure is about what was answered here; then it is said here and asked again. */
  refused(failure: Failure): boolean {
    const { detail } = failure;
    if (detail.of === "field" && detail.field === "ticket") return this.#badTicket(fieldMessage(detail.field, detail.rule));
    if (detail.of === "denied") return this.#lacks(detail.why.missing);
    if (!this.proves || failure.code !== "locked" || detail.of === "plain") return false;
    this.proof = "";
    this.message = doorMessage(failure, "proof");
    if (detail.of === "wait" && detail.seconds !== null) this.wait.set(detail.seconds);
    return true;
  }

  /** Forgets what was typed. */
  forget(): void {
    this.proof = "";
    this.message = null;
    this.wait.stop();
  }

  #badTicket(why: string): boolean {
    this.ticket.wrong = why;
    return true;
  }

  /** The policy became stricter since the window last heard of it. */
  #lacks(missing: string): boolean {
    if (missing === "confirmation" && !this.proves) return (this.proves = true);
    if (missing !== "ticket") return false;
    if (this.ticket.policy === "required") this.ticket.refuse();
    this.ticket.policy = "required";
    return true;
  }
}
