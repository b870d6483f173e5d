// One launch from the click to the Running list: prepare, choose or type, trust, start.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type { ChoiceRow, Launch, RunEnd, RunRow, SessionRow, TicketAsk } from "../api/gen";
import { Gate, NOTHING_GIVEN } from "../gate/gate.svelte";
import { Picker, type Listed } from "../picker/picker.svelte";
import type { Toasts } from "../toasts/toasts.svelte";
import type { Vault } from "../vault/vault.svelte";
import { failureMessage } from "../words/failure";
import { HELD_BACK_TITLE, heldBackWords } from "../words/rdp";
import { endMessage, endedWell } from "../words/run";
import { deniedReason } from "../words/denied";
import { itGlueAway, type Attempt, type Goes, type Step, type Wish } from "./attempt";
import { ByHand } from "./byhand.svelte";
import { TypedPrompt } from "./typed.svelte";
import { Ways } from "./ways";

export type { NeedsTrust, Step } from "./attempt";

const NO_TICKET: TicketAsk = { policy: "off", pattern: null, last: null };

export class Launcher {
  step = $state.raw<Step>({ is: "idle" });
  readonly ways: Ways;
  #vault: Vault;
  #toasts: Toasts;
  #stopPicker: (() => void) | null = null;
  #gate: Gate | null = null;
  #prompt: TypedPrompt | null = null;

  constructor(vault: Vault, toasts: Toasts) {
    this.#vault = vault;
    this.#toasts = toasts;
    this.ways = new Ways(vault, (session, wish) => void this.start(session, wish));
    vault.onRun((run) => this.#onRun(run));
  }

  /** Which session is on its way, if one is. */
  get session(): string | null {
    return this.step.is === "idle" ? null : this.step.attempt.session;
  }

  /** Launches a session, with its own credential and in the usual client unless it is wished otherwise. */
  async start(session: SessionRow, wish: Wish = {}): Promise<void> {
    if (this.step.is !== "idle") return;
    const attempt = attemptAt(session.id, wish);
    this.step = { is: "preparing", attempt };
    try {
      await this.#prepare(attempt);
    } catch (thrown) {
      this.#failed(thrown, attempt);
    }
  }

  async #prepare(attempt: Attempt): Promise<void> {
    const prepared = await broker.prepareLaunch(attempt.session, attempt.credential);
    if (prepared.next === "no_credential") {
      if (attempt.types) this.#type(attempt);
      else this.#noCredential();
      return;
    }
    const gate = new Gate(prepared.proof, prepared.ticket);
    const next = attempt.types ? this.#withoutList(prepared) : prepared;
    if (gate.stands) this.step = { is: "gate", attempt, gate, next };
    else await this.#go(attempt, next);
  }

  /** Who types chooses from no list. */
  #withoutList(next: Goes): Goes {
    if (next.next === "pick") void broker.closePicker(next.picker);
    return { next: "ready" };
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
    else if (next.next === "ask_me" || (attempt.types && attempt.typed === null)) this.#type({ ...attempt, types: true });
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

  /** Whether people may type a password themselves, as the broker has said. */
  get mayType(): boolean {
    return this.#vault.data.settings.ask_me;
  }

  /** The list cannot be read: the person types a password instead of choosing one. */
  typeInstead(): void {
    if (this.step.is !== "picking") return;
    const { attempt, picker } = this.step;
    this.#endPicker(picker);
    this.#type({ ...attempt, types: true });
  }

  /** User and password were typed. */
  async submit(): Promise<void> {
    if (this.step.is !== "typing") return;
    const typed = this.step.prompt.take();
    if (typed === undefined) return;
    const attempt = { ...this.step.attempt, typed };
    try {
      await this.#open(attempt);
    } catch (thrown) {
      this.#failed(thrown, attempt);
    }
  }

  #type(attempt: Attempt): void {
    const session = this.#vault.sessions.get(attempt.session);
    if (session === undefined) return this.#end();
    this.#prompt ??= new TypedPrompt(session, attempt.user);
    this.step = { is: "typing", attempt: { ...attempt, typed: null }, prompt: this.#prompt };
  }

  /** Trusts the certificate in sight, then launches with the same choice. */
  async trust(): Promise<void> {
    if (this.step.is !== "trust") return;
    const { attempt, certificate } = this.step;
    this.step = { is: "starting", attempt };
    try {
      await broker.trustCertificate(attempt.session, certificate.shown.sha256);
    } catch (thrown) {
      this.#end();
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
    const { step } = this;
    if (step.is === "picking") this.#endPicker(step.picker);
    if (step.is === "gate" && step.next.next === "pick") void broker.closePicker(step.next.picker);
    if (step.is === "by_hand") this.#giveUp(step.hand);
    if (step.is !== "preparing" && step.is !== "starting") this.#end();
  }

  /** The vault is locked: nothing of a launch stays in the window. Nobody is asked about it any more. */
  forget(): void {
    this.#stopPicker?.();
    this.#stopPicker = null;
    if (this.step.is === "by_hand") this.step.hand.end();
    this.#end();
  }

  /** Nobody is to sign in any more with what stood on the screen. */
  #giveUp(hand: ByHand): void {
    const { run } = hand.shown;
    const ended = this.#vault.runs.some((row) => row.run === run && row.state.state === "ended");
    hand.end();
    if (!ended) broker.endSession(run).catch((thrown: unknown) => this.#toasts.thrown(thrown, "end"));
  }

  /** Copies the one-time password; answers whether it was. */
  async copyByHand(): Promise<boolean> {
    if (this.step.is !== "by_hand") return false;
    try {
      await broker.copyByHand(this.step.hand.shown.run);
      return true;
    } catch {
      // The page has another way: it selects the text for Ctrl+C, and says so.
      return false;
    }
  }

  /** The time was over: the same once more, with another one-time credential. */
  async again(): Promise<void> {
    if (this.step.is !== "by_hand") return;
    const { session, credential, types } = this.step.attempt;
    this.cancel();
    const row = this.#vault.sessions.get(session);
    if (row !== undefined) await this.start(row, { credential, types, byHand: true });
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
    const { session, credential, choice, given, typed, byHand } = attempt;
    this.#opened(attempt, await broker.launch(session, credential, choice, given, { typed, byHand }));
  }

  #opened(attempt: Attempt, launch: Launch): void {
    if (launch.is === "needs_trust") {
      this.step = { is: "trust", attempt, certificate: launch, at: Date.now() };
      return;
    }
    this.#end();
    if (launch.is === "started" && launch.held_back.length > 0) this.#toasts.good(HELD_BACK_TITLE, heldBackWords(launch.held_back));
    // The launch is under way; what was given for it stays behind.
    if (launch.is === "by_hand") this.step = { is: "by_hand", attempt: { ...attempt, given: NOTHING_GIVEN, typed: null }, hand: new ByHand(launch) };
  }

  #noCredential(): void {
    this.#end();
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
    this.#prompt?.forget();
    this.#prompt = null;
    this.step = { is: "idle" };
  }

  #failed(thrown: unknown, attempt: Attempt): void {
    const failure = failureOf(thrown);
    const gate = this.#gate ?? new Gate(false, NO_TICKET);
    const typesAgain = attempt.types && (this.#prompt?.refused(failure) || (attempt.typed === null && itGlueAway(failure)));
    if (typesAgain) {
      this.#type(attempt);
      return;
    }
    if (gate.refused(failure)) {
      this.step = { is: "gate", attempt: { ...attempt, given: NOTHING_GIVEN }, gate, next: { next: "ready" } };
      return;
    }
    this.#end();
    this.#toasts.bad(failureMessage(failure, "launch"), this.ways.past(failure, attempt));
  }

  #onRun(run: RunRow): void {
    const { step } = this;
    if (step.is === "by_hand" && step.hand.hear(run)) this.#end();
    if (run.state.state === "active") this.#signedIn(run);
    if (run.state.state === "ended") this.#over(run, run.state.end);
  }

  #signedIn(run: RunRow): void {
    this.#toasts.good(`Signed in to ${run.name}`, run.account === null ? run.host : `as ${run.account}`);
  }

  #over(run: RunRow, end: RunEnd): void {
    // What stands on the screen says it already: that no client came, or that there is none.
    const shown = this.step.is === "by_hand" && this.step.hand.shown.run === run.run;
    if (end.end === "client_missing" || shown) return;
    const message = endMessage(end, run.name, run.host, run.account !== null);
    if (endedWell(end)) this.#toasts.good(message.title, message.text);
    else this.#toasts.bad(message, this.ways.on(end, run));
  }
}

function attemptAt(session: string, { credential = null, types = false, user = "", byHand = false }: Wish): Attempt {
  return { session, credential, choice: null, given: NOTHING_GIVEN, types, user, typed: null, byHand };
}
