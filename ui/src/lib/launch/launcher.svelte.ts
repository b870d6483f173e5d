// One launch from the click to the Running list: prepare, choose, trust, start.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { ChoiceRow, Launch, Prepared, RunEnd, RunRow, SessionRow, TicketAsk } from "../api/gen";
import { Gate, NOTHING_GIVEN, type Given } from "../gate/gate.svelte";
import { Picker, type Listed } from "../picker/picker.svelte";
import type { ToastAction, Toasts } from "../toasts/toasts.svelte";
import type { Vault } from "../vault/vault.svelte";
import { failureMessage } from "../words/failure";
import { endMessage, endedWell } from "../words/run";
import { deniedReason } from "../words/denied";

export type NeedsTrust = Extract<Launch, { is: "needs_trust" }>;

const NO_TICKET: TicketAsk = { policy: "off", pattern: null, last: null };

/** What is being launched: the session, another credential than its own, the record chosen. */
export type Attempt = { session: string; credential: string | null; choice: string | null; given: Given };

/** What a launch goes on with behind its gate. */
type Goes = { next: "ready" } | Pick<Extract<Prepared, { next: "pick" }>, "next" | "picker" | "organization" | "host">;

export type Step =
  | { is: "idle" }
  | { is: "preparing"; attempt: Attempt }
  | { is: "gate"; attempt: Attempt; gate: Gate; next: Goes }
  | { is: "picking"; attempt: Attempt; picker: Picker }
  | { is: "starting"; attempt: Attempt }
  | { is: "trust"; attempt: Attempt; certificate: NeedsTrust };

export class Launcher {
  step = $state.raw<Step>({ is: "idle" });
  #vault: Vault;
  #toasts: Toasts;
  #stopPicker: (() => void) | null = null;
  #gate: Gate | null = null;

  constructor(vault: Vault, toasts: Toasts) {
    this.#vault = vault;
    this.#toasts = toasts;
    vault.onRun((run) => this.#onRun(run));
  }

  /** Which session is on its way, if one is. */
  get session(): string | null {
    return this.step.is === "idle" ? null : this.step.attempt.session;
  }

  /** Launches a session, with its own credential unless another one is named. */
  async start(session: SessionRow, credential: string | null = null): Promise<void> {
    if (this.step.is !== "idle") return;
    const attempt = { session: session.id, credential, choice: null, given: NOTHING_GIVEN };
    this.step = { is: "preparing", attempt };
    try {
      const prepared = await broker.prepareLaunch(session.id, credential);
      if (prepared.next === "no_credential") return this.#noCredential();
      const gate = new Gate(prepared.proof, prepared.ticket);
      if (gate.stands) this.step = { is: "gate", attempt, gate, next: prepared };
      else await this.#go(attempt, prepared);
    } catch (thrown) {
      this.#failed(thrown, attempt);
    }
  }

  /** The person has answered what stands before the launch. */
  async pass(): Promise<void> {
    if (this.step.is !== "gate") return;
    const { attempt, gate, next } = this.step;
    const given = gate.take();
    if (given === undefined) return;
    this.#gate = gate;
    try {
      await this.#go({ ...attempt, given }, next);
    } catch (thrown) {
      this.#failed(thrown, { ...attempt, given });
    }
  }

  async #go(attempt: Attempt, next: Goes): Promise<void> {
    if (next.next === "pick") this.#pick(attempt, next);
    else await this.#open(attempt);
  }

  /** OK in the list. */
  async choose(row: ChoiceRow): Promise<void> {
    if (this.step.is !== "picking") return;
    const attempt = { ...this.step.attempt, choice: row.id };
    const { picker } = this.step;
    this.step = { is: "starting", attempt };
    try {
      // The list stays open in the broker until the launch has read the choice from it.
      await this.#open(attempt);
    } catch (thrown) {
      this.#failed(thrown, attempt);
    } finally {
      this.#endPicker(picker);
    }
  }

  /** Trusts the certificate in sight, then launches with the same choice. */
  async trust(): Promise<void> {
    if (this.step.is !== "trust") return;
    const { attempt, certificate } = this.step;
    this.step = { is: "starting", attempt };
    try {
      await broker.trustCertificate(attempt.session, certificate.shown.sha256);
    } catch (thrown) {
      this.step = { is: "idle" };
      this.#toasts.thrown(thrown, "trust");
      return;
    }
    try {
      await this.#open(attempt);
    } catch (thrown) {
      this.#failed(thrown, attempt);
    }
  }

  cancel(): void {
    if (this.step.is === "picking") this.#endPicker(this.step.picker);
    if (this.step.is === "gate" && this.step.next.next === "pick") void broker.closePicker(this.step.next.picker);
    if (this.step.is === "picking" || this.step.is === "gate" || this.step.is === "trust") this.#end();
  }

  async end(run: RunRow): Promise<void> {
    try {
      await broker.endSession(run.run);
    } catch (thrown) {
      this.#toasts.thrown(thrown, "end");
    }
  }

  async dismiss(run: RunRow): Promise<void> {
    try {
      await broker.dismissRun(run.run);
      await this.#vault.refresh();
    } catch (thrown) {
      this.#toasts.thrown(thrown, "end");
    }
  }

  #pick(attempt: Attempt, opened: { picker: string; organization: string; host: string }): void {
    const picker = new Picker({ ...opened, purpose: "launch", listed: this.#listed(attempt) });
    this.#stopPicker = this.#vault.onPicker((id, progress) => {
      if (id === null || id === picker.picker) void picker.heard(progress);
    });
    this.step = { is: "picking", attempt, picker };
    void picker.type("");
  }

  /** The organization that the launch's credential entry names, if the entry is in sight. */
  #listed(attempt: Attempt): Listed | null {
    const id = attempt.credential ?? this.#vault.sessions.get(attempt.session)?.resolved ?? "";
    const entry = this.#vault.credentials.get(id);
    return entry === undefined ? null : { connection: entry.connection, organization: entry.organization.id };
  }

  #endPicker(picker: Picker): void {
    this.#stopPicker?.();
    this.#stopPicker = null;
    void picker.close();
  }

  async #open(attempt: Attempt): Promise<void> {
    this.step = { is: "starting", attempt };
    const launch = await broker.launch(attempt.session, attempt.credential, attempt.choice, attempt.given);
    if (launch.is === "needs_trust") this.step = { is: "trust", attempt, certificate: launch };
    else this.#end();
  }

  #noCredential(): void {
    this.step = { is: "idle" };
    const message = failureMessage({ code: "denied", detail: { of: "plain" } }, "launch");
    this.#toasts.bad({
      ...message,
      title: "The session has no credential",
      text: deniedReason({ missing: "no_credential" }),
      next: "",
    });
  }

  /** What was typed for the launch goes with it. */
  #end(): void {
    this.#gate?.forget();
    this.#gate = null;
    this.step = { is: "idle" };
  }

  #failed(thrown: unknown, attempt: Attempt): void {
    const failure = failureOf(thrown);
    const gate = this.#gate ?? new Gate(false, NO_TICKET);
    if (gate.refused(failure)) {
      this.step = { is: "gate", attempt: { ...attempt, given: NOTHING_GIVEN }, gate, next: { next: "ready" } };
      return;
    }
    this.#end();
    const again = failure.code === "unreachable" || failure.code === "timed_out" || failure.code === "rate_limited";
    this.#toasts.bad(failureMessage(failure, "launch"), again ? [this.#again("Try again", attempt.session, attempt.credential)] : []);
  }

  #onRun(run: RunRow): void {
    if (run.state.state === "active") {
      this.#toasts.good(`Signed in to ${run.name}`, run.account === null ? run.host : `as ${run.account}`);
    }
    if (run.state.state !== "ended") return;
    const { end } = run.state;
    const message = endMessage(end, run.name, run.host);
    // The launch command itself has answered why no client came up.
    if (end.end === "client_missing") return;
    if (endedWell(end)) this.#toasts.good(message.title, message.text);
    else this.#toasts.bad(message, this.#waysOn(end, run));
  }

  #waysOn(end: RunEnd, run: RunRow): ToastAction[] {
    if (end.end !== "host_refused") return [];
    const others = end.others.map((id) => {
      const name = this.#vault.credentials.get(id)?.name ?? id;
      return this.#again(`Launch with ${name}`, run.session, id);
    });
    return end.choose_again ? [this.#again("Choose another…", run.session, null), ...others] : others;
  }

  #again(label: string, session: string, credential: string | null): ToastAction {
    return {
      label,
      run: () => {
        const row = this.#vault.sessions.get(session);
        if (row !== undefined) void this.start(row, credential);
      },
    };
  }
}
