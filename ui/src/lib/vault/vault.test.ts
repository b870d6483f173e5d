import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { FolderRow, Numbered, RunRow, SessionRow, Snapshot } from "../api/gen";
import { launchedWords } from "../words/launched";

const broker = vi.hoisted(() => ({ snapshot: vi.fn(), listenToBroker: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Vault } = await import("./vault.svelte");

const YES = { may: "yes" } as const;
const shot = (event: number, runs: RunRow[] = []): Snapshot => ({ event, person: { id: "h1", name: "Ada", administrator: true }, people: [], accounts: [], folders: [], credentials: [], sessions: [], runs, audit: YES, administer: YES, test_build: false, settings: { technicians_trust_on_first_use: false, idle_lock_minutes: 15, ask_me: true, own_idle_lock_minutes: null, idle_known: true }, drift: 0, undo: null, read_only: false, proved: "passphrase" });
const run = (state: RunRow["state"]): RunRow => ({ run: "r1", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state, audited: true, credential_name: null, by_hand: false, can_sign_in_again: false });
const event = (number: number, state: RunRow["state"]): Numbered => ({ number, event: { event: "run", run: run(state) } });

let hear: (event: Numbered) => void = () => undefined;

beforeEach(() => {
  vi.clearAllMocks();
  broker.listenToBroker.mockImplementation((heard: typeof hear) => {
    hear = heard;
    return Promise.resolve(() => undefined);
  });
  broker.snapshot.mockResolvedValue(shot(5));
});

describe("the vault's events", () => {
  it("in order are applied without asking again", async () => {
    const vault = new Vault();
    await vault.open();
    hear(event(6, { state: "waiting_for_client" }));
    hear(event(7, { state: "active" }));
    expect(vault.runs.map((row) => row.state.state)).toEqual(["active"]);
    expect(broker.snapshot).toHaveBeenCalledTimes(1);
  });

  it("that the snapshot already holds are ignored", async () => {
    const vault = new Vault();
    await vault.open();
    hear(event(5, { state: "active" }));
    expect(vault.runs).toEqual([]);
  });

  it("with a gap make it ask for a snapshot", async () => {
    const vault = new Vault();
    await vault.open();
    broker.snapshot.mockResolvedValue(shot(9, [run({ state: "active" })]));
    hear(event(9, { state: "signing_in" }));
    await vi.waitFor(() => expect(vault.runs.map((row) => row.state.state)).toEqual(["active"]));
    expect(broker.snapshot).toHaveBeenCalledTimes(2);
  });

  it("that were missed make it ask for a snapshot, without a gap too", async () => {
    const vault = new Vault();
    const lists = vi.fn();
    vault.onPicker(lists);
    await vault.open();
    broker.snapshot.mockResolvedValue(shot(6, [run({ state: "active" })]));
    hear({ number: 6, event: { event: "missed", waiting: 0 } });
    await vi.waitFor(() => expect(lists.mock.calls).toEqual([[null, null]]));
    expect([vault.runs.length, broker.snapshot.mock.calls.length]).toEqual([1, 2]);
  });

  it("that were missed after a snapshot on its way make it ask for another", async () => {
    const vault = new Vault();
    let answer: (snapshot: Snapshot) => void = () => undefined;
    broker.snapshot.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const opened = vault.open();
    await vi.waitFor(() => expect(broker.snapshot).toHaveBeenCalledTimes(1));
    hear({ number: 7, event: { event: "missed", waiting: 0 } });
    broker.snapshot.mockResolvedValue(shot(7, [run({ state: "active" })]));
    answer(shot(6));
    await opened;
    await vi.waitFor(() => expect(vault.runs.map((row) => row.state.state)).toEqual(["active"]));
    expect(broker.snapshot).toHaveBeenCalledTimes(2);
  });

  it("newer than a snapshot on its way survive it", async () => {
    const vault = new Vault();
    await vault.open();
    let answer: (snapshot: Snapshot) => void = () => undefined;
    broker.snapshot.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const refreshed = vault.refresh();
    hear(event(6, { state: "active" }));
    answer(shot(5));
    await refreshed;
    expect(vault.runs.map((row) => row.state.state)).toEqual(["active"]);
  });

  it("tell each change of a run once", async () => {
    const vault = new Vault();
    const told: string[] = [];
    vault.onRun((row) => told.push(row.state.state));
    await vault.open();
    hear(event(6, { state: "active" }));
    broker.snapshot.mockResolvedValue(shot(6, [run({ state: "active" })]));
    await vault.refresh();
    expect(told).toEqual(["active"]);
  });
});

describe("a session that is launched", () => {
  const entry = (id: string, last_launched: number | null, folder = "f1"): SessionRow => ({ id, folder, name: id, last_launched }) as SessionRow;
  const folder = (id: string, parent: string | null, client: FolderRow["client"] = null): FolderRow => ({ id, parent, name: id, client }) as FolderRow;
  const at = (number: number, since: number, state: RunRow["state"]): Numbered => ({ number, event: { event: "run", run: { ...run(state), since } } });
  const last = (vault: InstanceType<typeof Vault>): string | null => launchedWords(vault.sessions.get("s1")?.last_launched ?? null, vault.running.has("s1"), 120_000);

  it("runs now, then was launched just then, without another snapshot", async () => {
    broker.snapshot.mockResolvedValue({ ...shot(5), sessions: [entry("s1", null), entry("s2", 7)] });
    const vault = new Vault();
    await vault.open();
    expect(last(vault)).toBeNull();
    hear(at(6, 60_000, { state: "waiting_for_client" }));
    expect(last(vault)).toBe("running now");
    hear(at(7, 60_000, { state: "ended", end: { end: "ended_by_person" } }));
    expect([last(vault), vault.sessions.get("s2")?.last_launched, broker.snapshot.mock.calls.length]).toEqual(["1 min ago", 7, 1]);
  });

  it("keeps that while a snapshot is on its way, and a later launch that the snapshot knows of", async () => {
    const vault = new Vault();
    await vault.open();
    for (const [known, expected] of [[null, 60_000], [90_000, 90_000]] as const) {
      let answer: (snapshot: Snapshot) => void = () => undefined;
      broker.snapshot.mockReturnValue(new Promise((resolve) => (answer = resolve)));
      const refreshed = vault.refresh();
      hear(at(6, 60_000, { state: "active" }));
      answer({ ...shot(5), sessions: [entry("s1", known)] });
      await refreshed;
      expect(vault.sessions.get("s1")?.last_launched).toBe(expected);
    }
  });

  it("is for the client whose folder it lies in, or for none", async () => {
    const client = { connection: "a1", organization: { id: "1", name: "Contoso Ltd" } };
    const folders = [folder("root", null), folder("contoso", "root", client), folder("f1", "contoso"), folder("f2", "root"), folder("f3", "hidden")];
    const sessions = [entry("s1", null), entry("s2", null, "f2"), entry("s3", null, "f3"), entry("s4", null, "root")];
    broker.snapshot.mockResolvedValue({ ...shot(5), folders, sessions });
    const vault = new Vault();
    await vault.open();
    const of = (session: string, name = "as told"): string | null => vault.clientOf({ ...run({ state: "active" }), session, client: name });
    expect(["s1", "s2", "s4"].map((session) => of(session))).toEqual(["as told", null, null]);
    expect([of("s3"), of("gone"), of("gone", "")]).toEqual(["as told", "as told", null]);
  });
});

describe("opening", () => {
  it("keeps the failure, and can be tried again", async () => {
    broker.snapshot.mockRejectedValueOnce(new Refusal({ code: "storage", detail: { of: "fault", fault: "keyring_missing" } }));
    const vault = new Vault();
    await vault.open();
    expect(vault.status).toBe("failed");
    expect(vault.failure?.detail).toEqual({ of: "fault", fault: "keyring_missing" });
    await vault.open();
    expect(vault.status).toBe("open");
    expect(vault.failure).toBeNull();
    expect(broker.listenToBroker).toHaveBeenCalledTimes(1);
  });
});

describe("a vault that is locked", () => {
  const locked = new Refusal({ code: "locked", detail: { of: "plain" } });

  it("from the start is no failure: the door comes next", async () => {
    broker.snapshot.mockRejectedValue(locked);
    const vault = new Vault();
    const heard = vi.fn();
    vault.onLock(heard);
    await vault.open();
    expect([vault.status, vault.failure]).toEqual(["locked", null]);
    expect(heard).toHaveBeenCalledWith(null);
  });

  it("while it is open forgets all that was read, and says why", async () => {
    broker.snapshot.mockResolvedValue(shot(5, [run({ state: "active" })]));
    const vault = new Vault();
    const heard = vi.fn();
    vault.onLock(heard);
    await vault.open();
    hear({ number: 6, event: { event: "locked", why: "idle" } });
    expect([vault.status, vault.runs, vault.data.person.name]).toEqual(["locked", [], ""]);
    expect(heard.mock.calls).toEqual([["idle"]]);
  });

  it("opens again and hears events from there", async () => {
    const vault = new Vault();
    await vault.open();
    hear({ number: 6, event: { event: "locked", why: "asked" } });
    broker.snapshot.mockResolvedValue(shot(7));
    await vault.open();
    hear(event(8, { state: "active" }));
    expect([vault.status, vault.runs.length]).toEqual(["open", 1]);
    expect(broker.listenToBroker).toHaveBeenCalledTimes(1);
  });

  it("still hears how many sessions wait for it to open", async () => {
    const vault = new Vault();
    const heard = vi.fn();
    const stop = vault.onWaiting(heard);
    await vault.open();
    hear({ number: 6, event: { event: "locked", why: "idle" } });
    hear({ number: 7, event: { event: "waiting", sessions: 1 } });
    stop();
    hear({ number: 8, event: { event: "waiting", sessions: 0 } });
    expect([heard.mock.calls, vault.status]).toEqual([[[1]], "locked"]);
  });

  it("hears it too where events were missed", async () => {
    const vault = new Vault();
    const heard = vi.fn();
    vault.onWaiting(heard);
    await vault.open();
    hear({ number: 6, event: { event: "locked", why: "idle" } });
    hear({ number: 9, event: { event: "missed", waiting: 2 } });
    expect([heard.mock.calls, vault.status]).toEqual([[[2]], "locked"]);
  });

  it("found while a snapshot was asked for is heard once", async () => {
    const vault = new Vault();
    const heard = vi.fn();
    vault.onLock(heard);
    await vault.open();
    broker.snapshot.mockRejectedValue(locked);
    await vault.refresh();
    hear({ number: 6, event: { event: "locked", why: "screen" } });
    expect(heard.mock.calls).toEqual([[null]]);
  });
});
