// What a session's host shows now: looked at on a click, or after its address or credential changed.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { HostLook, SessionRow } from "../api/gen";
import type { Toasts } from "../toasts/toasts.svelte";
import { addressOf } from "../vault/address";
import { failureMessage } from "../words/failure";
import type { Message } from "../words/message";

/** `at`: when the answer arrived, in milliseconds since 1970; a certificate's days are judged from then on. */
type Seen = { session: string; address: string; at: number; look: HostLook | null; message: Message | null };

export class HostCheck {
  /** The session whose host is being looked at. */
  busy = $state<string | null>(null);
  #seen = $state.raw<Seen | null>(null);
  #toasts: Toasts;
  #turn = 0;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  /** What was seen of this session's host, if it is still the same host. */
  of(session: SessionRow): Pick<Seen, "at" | "look" | "message"> | null {
    const seen = this.#seen;
    return seen !== null && seen.session === session.id && seen.address === addressOf(session) ? seen : null;
  }

  /** Looks. Only the last look counts. */
  async look(session: SessionRow): Promise<void> {
    const turn = ++this.#turn;
    const seen = { session: session.id, address: addressOf(session), at: 0, look: null, message: null };
    this.busy = session.id;
    this.#seen = null;
    const now = await this.#ask(seen);
    if (turn !== this.#turn) return;
    this.busy = null;
    this.#seen = { ...now, at: Date.now() };
  }

  async #ask(seen: Seen): Promise<Seen> {
    try {
      return { ...seen, look: await broker.lookAtHost(seen.session) };
    } catch (thrown) {
      return { ...seen, message: failureMessage(failureOf(thrown), "look") };
    }
  }

  /** Trusts the certificate that was seen, then looks again. */
  async trust(session: SessionRow): Promise<void> {
    const look = this.of(session)?.look;
    if (this.busy !== null || (look?.is !== "unknown" && look?.is !== "changed")) return;
    this.busy = session.id;
    try {
      await broker.trustCertificate(session.id, look.shown.sha256);
    } catch (thrown) {
      this.busy = null;
      this.#toasts.thrown(thrown, "trust");
      return;
    }
    await this.look(session);
  }

  forget(): void {
    this.#turn += 1;
    this.busy = null;
    this.#seen = null;
  }
}
