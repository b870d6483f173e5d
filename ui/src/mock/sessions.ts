// The invented broker's launches: prepared, trusted, run, ended.

import type { Code, CredentialRow, Detail, Event, Reply, Request, RunRow, SessionRow, TrafficRow, TypedForm } from "../lib/api/gen";
import { NO_TICKET, NOW, PROVES_AT_LAUNCH, RUNS } from "./data";
import { before, certificate, lookAt, trusting } from "./hosts";

type Of<K extends Request["ask"]> = Extract<Request, { ask: K }>;
export type SessionRequest = Of<"prepare_launch" | "trust_certificate" | "look_at_host" | "end_session" | "dismiss_run" | "sign_in_again" | "traffic">;

/** What the broker knows that a launch needs. */
export type Known = {
  session: (id: string) => SessionRow | undefined;
  credential: (id: string | null | undefined) => CredentialRow | undefined;
  /** Opens a list of an organization. */
  list: (organization: string, category: string | null) => string;
  tell: (event: Event) => Promise<void>;
};

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const failed = (code: Code, detail: Detail = { of: "plain" }): Reply => ({ reply: "failed", failure: { code, detail } });
/** Eight characters that cannot be misread. */
const oneTime = (): string => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => "ABCDEFGHJKMNPQRSTUVWXYZ23456789"[byte % 31]).join("");
const DONE: Reply = { reply: "done" };

export class MockSessions {
  runs: RunRow[];
  #scene: string;
  #known: Known;
  #trusted = new Set<string>();
  #tries = 0;
  #next = 1;
  #asked = 0;

  constructor(scene: string, rich: boolean, known: Known) {
    this.#scene = scene;
    this.#known = known;
    this.runs = rich ? [...RUNS] : [];
  }

  async answer(request: SessionRequest): Promise<Reply> {
    switch (request.ask) {
      case "prepare_launch":
        return this.#prepare(request.session, request.credential);
      case "trust_certificate":
        this.#trusted.add(request.session);
        return DONE;
      case "look_at_host":
        await wait(500);
        return { reply: "host_look", look: lookAt(this.#known.session(request.session)!, this.#trusted.has(request.session), this.#scene === "technician") };
      case "end_session":
        await this.#set(request.run, { state: { state: "ended", end: { end: "ended_by_person" } } });
        return DONE;
      case "dismiss_run":
        this.runs = this.runs.filter((run) => run.run !== request.run);
        return DONE;
      case "sign_in_again":
        void this.#signInAgain(request.run);
        return DONE;
      case "traffic":
        return { reply: "traffic", runs: this.#traffic() };
    }
  }

  /** Scene `away`: IT Glue cannot be reached. `no-client`: there is no RDP client. */
  async launch(session: string, choice: string | null, typed: TypedForm | null, byHand: boolean): Promise<Reply> {
    await wait(300);
    const row = this.#known.session(session)!;
    if (typed?.user === "bad") return failed("invalid", { of: "field", field: "user", rule: "unsafe" });
    if (this.#scene === "away" && typed === null) return failed("unreachable");
    if (this.#scene === "no-client" && !byHand) return failed("client_missing");
    if (!this.#trusted.has(session)) return this.#needsTrust(row);
    const account = typed?.user ?? "CORP\\adm-northstar";
    const name = typed === null ? "Contoso passwords" : null;
    const run: RunRow = { run: `r${10 + this.#next++}`, session, name: row.name, client: "Contoso", host: row.host, account: null, since: Date.now(), state: { state: "waiting_for_client" }, audited: true, credential_name: name, by_hand: byHand, can_sign_in_again: false };
    this.runs = [run, ...this.runs];
    const seconds = this.#scene === "hurry" ? 4 : 120;
    void this.#play(run, choice, account, typed !== null, byHand ? seconds : null);
    if (!byHand) return { reply: "launch", launch: { is: "started", run: run.run, held_back: [], stale: [] } };
    return { reply: "launch", launch: { is: "by_hand", run: run.run, address: "127.83.4.19:50114", user: "ot-k7rm2xqv", password: oneTime(), seconds, stale: [] } };
  }

  async #prepare(session: string, credential: string | null): Promise<Reply> {
    await wait(150);
    const row = this.#known.session(session);
    if (row?.credentials.from === "ask_me") return { reply: "prepared", prepared: { next: "ask_me", host: `${row.host}:${row.port}`, ticket: NO_TICKET, proof: false } };
    const entry = this.#known.credential(credential ?? row?.resolved);
    if (row === undefined || entry === undefined) return { reply: "prepared", prepared: { next: "no_credential" } };
    if (row.rdp.kerberos) return failed("refused_by_host", { of: "fault", fault: "needs_kerberos" });
    const asks = { ticket: entry.ticket, proof: PROVES_AT_LAUNCH.has(session) };
    const { signs_in_as, user_name } = entry;
    if (entry.target.kind === "specific") return { reply: "prepared", prepared: { next: "ready", signs_in_as, user_name, ...asks } };
    const picker = this.#known.list(entry.organization.name, entry.target.category);
    return { reply: "prepared", prepared: { next: "pick", picker, organization: entry.organization.name, host: `${row.host}:${row.port}`, ...asks } };
  }

  #needsTrust({ host, port }: SessionRow): Reply {
    const shown = certificate(`CN=${host}`, 3);
    const old = this.#scene === "changed" ? before(`CN=${host}`) : null;
    return { reply: "launch", launch: { is: "needs_trust", shown, before: old, host: `${host}:${port}`, ...trusting(this.#scene === "technician") } };
  }

  async #play(run: RunRow, choice: string | null, account: string, typed: boolean, patience: number | null): Promise<void> {
    await this.#known.tell({ event: "run", run });
    if (this.#scene === "hurry" && patience !== null) {
      await wait(patience * 1000);
      return this.#set(run.run, { state: { state: "ended", end: { end: "client_never_came" } } });
    }
    await wait(patience === null ? 800 : 8000);
    await this.#set(run.run, { state: { state: "signing_in" } });
    await wait(patience === null ? 800 : 3000);
    if (this.#scene === "refused") return this.#refuse(run, choice, typed);
    await this.#set(run.run, { state: { state: "active" }, account, can_sign_in_again: !typed && !run.by_hand });
  }

  async #refuse(run: RunRow, choice: string | null, typed: boolean): Promise<void> {
    this.#tries += 1;
    const record = typed ? "" : "Domain Admin – CORP";
    const changed = typed ? null : NOW - 400 * 86_400_000;
    await this.#set(run.run, { state: { state: "ended", end: { end: "host_refused", reason: "logon_failure", record, changed, choose_again: choice !== null, others: typed ? [] : ["c2"], refusals: this.#tries, typed } } });
  }

  async #signInAgain(id: string): Promise<void> {
    await this.#set(id, { state: { state: "dropped" }, can_sign_in_again: false });
    await wait(1500);
    await this.#set(id, { state: { state: "signing_in" } });
    await wait(1500);
    await this.#set(id, { state: { state: "active" }, can_sign_in_again: true });
  }

  #traffic(): TrafficRow[] {
    this.#asked += 1;
    const live = this.runs.filter((run) => run.state.state !== "ended" && run.state.state !== "waiting_for_client");
    return live.map((run, i) => ({ run: run.run, to_host: 1_240_000 + 31_000 * this.#asked * (i + 1), to_client: 348_000_000 + 2_100_000 * this.#asked }));
  }

  async #set(id: string, more: Partial<RunRow>): Promise<void> {
    const run = this.runs.find((row) => row.run === id);
    if (run === undefined) return;
    const next = { ...run, ...more };
    this.runs = this.runs.map((row) => (row.run === id ? next : row));
    await this.#known.tell({ event: "run", run: next });
  }
}
