// The vault as the broker last told it: a snapshot, kept current by numbered events.

import * as broker from "../api/commands";
import { failureOf } from "../api/error";
import type {
  AccountRow,
  CredentialRow,
  Failure,
  FolderRow,
  LockWhy,
  Numbered,
  PickerProgress,
  RunRow,
  SessionRow,
  Snapshot,
} from "../api/gen";
import { isLive } from "../running/tone";

const NOTHING: Snapshot = {
  event: 0,
  person: { id: "", name: "", administrator: false },
  people: [],
  accounts: [],
  folders: [],
  credentials: [],
  sessions: [],
  runs: [],
  audit: { may: "no", why: { missing: "administrator" } },
  administer: { may: "no", why: { missing: "administrator" } },
  test_build: false,
  settings: { technicians_trust_on_first_use: false, idle_lock_minutes: 15, ask_me: false, own_idle_lock_minutes: null, idle_known: true },
  drift: 0,
  undo: null,
  read_only: false,
  proved: "passphrase",
};

/** Hears about open lists; `null` progress means that events were missed: ask again. */
export type PickerListener = (picker: string | null, progress: PickerProgress | null) => void;
export type RunListener = (run: RunRow) => void;
/** Hears how many sessions wait for somebody to unlock. */
export type WaitingListener = (sessions: number) => void;
/** Hears that the vault is locked; `null`: it was so from the start, or nobody said why. */
export type LockListener = (why: LockWhy | null) => void;

export class Vault {
  status = $state<"opening" | "open" | "locked" | "failed">("opening");
  failure = $state.raw<Failure | null>(null);
  data = $state.raw<Snapshot>(NOTHING);
  runs = $state.raw<RunRow[]>([]);

  readonly folders = $derived(byId<FolderRow>(this.data.folders));
  readonly credentials = $derived(byId<CredentialRow>(this.data.credentials));
  readonly sessions = $derived(byId<SessionRow>(this.data.sessions));
  readonly accounts = $derived(byId<AccountRow>(this.data.accounts));
  /** The sessions that run. */
  readonly running = $derived(new Set(this.runs.filter(isLive).map((run) => run.session)));
  readonly root = $derived(this.data.folders.find((folder) => folder.parent === null) ?? null);

  #last = 0;
  #heard: Numbered[] = [];
  #refreshing: Promise<void> | null = null;
  #again = false;
  #stop: (() => void) | null = null;
  #runListeners = new Set<RunListener>();
  #pickerListeners = new Set<PickerListener>();
  #lockListeners = new Set<LockListener>();
  #waitingListeners = new Set<WaitingListener>();

  /** Shows the open vault and hears its events from then on. Can be tried again after a failure. */
  async open(): Promise<void> {
    this.status = "opening";
    try {
      this.#stop ??= await broker.listenToBroker((event) => this.hear(event));
      this.#take(await broker.snapshot(), false);
      this.failure = null;
      this.status = "open";
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** Called for each run whose state changed. Returns how to stop that. */
  onRun(listener: RunListener): () => void {
    this.#runListeners.add(listener);
    return () => this.#runListeners.delete(listener);
  }

  /** Called when the vault is found locked. Returns how to stop that. */
  onLock(listener: LockListener): () => void {
    this.#lockListeners.add(listener);
    return () => this.#lockListeners.delete(listener);
  }

  /** Called when another number of sessions wait for somebody to unlock. Returns how to stop that. */
  onWaiting(listener: WaitingListener): () => void {
    this.#waitingListeners.add(listener);
    return () => this.#waitingListeners.delete(listener);
  }

  /** Called when a list filled further. Returns how to stop that. */
  onPicker(listener: PickerListener): () => void {
    this.#pickerListeners.add(listener);
    return () => this.#pickerListeners.delete(listener);
  }

  /** Asks for a snapshot; calls while one is on its way share the next one. */
  refresh(): Promise<void> {
    if (this.#refreshing !== null) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#refreshAll().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshAll(): Promise<void> {
    do {
      this.#again = false;
      try {
        this.#take(await broker.snapshot(), true);
      } catch (thrown) {
        this.#failed(thrown);
      }
    } while (this.#again && this.status === "open");
  }

  #failed(thrown: unknown): void {
    const failure = failureOf(thrown);
    if (failure.code === "locked") {
      this.#locked(null);
      return;
    }
    this.failure = failure;
    this.status = "failed";
  }

  /** Forgets all that was read, and says so. */
  #locked(why: LockWhy | null): void {
    this.status = "locked";
    this.failure = null;
    this.data = NOTHING;
    this.runs = [];
    this.#heard = [];
    for (const listener of this.#lockListeners) listener(why);
  }

  /** Takes one event. A number that was skipped means something was missed. */
  hear(numbered: Numbered): void {
    if (numbered.event.event === "locked") {
      this.#last = Math.max(this.#last, numbered.number);
      if (this.status !== "locked") this.#locked(numbered.event.why);
      return;
    }
    if (numbered.event.event === "waiting") this.#tellWaiting(numbered.event.sessions);
    if (numbered.event.event === "missed") this.#tellWaiting(numbered.event.waiting);
    if (this.status !== "open" || this.#refreshing !== null) this.#heard.push(numbered);
    if (this.status !== "open" || numbered.number <= this.#last) return;
    const missed = numbered.number !== this.#last + 1 || numbered.event.event === "missed";
    this.#last = numbered.number;
    this.#apply(numbered);
    if (missed) void this.refresh().then(() => this.#tellPickers(null, null));
  }

  #apply({ event }: Numbered): void {
    switch (event.event) {
      case "vault_changed":
        void this.refresh();
        return;
      case "run":
        this.data = withLaunch(this.data, event.run);
        this.#setRuns(replaceRun(this.runs, event.run), true);
        return;
      case "picker":
        this.#tellPickers(event.picker, event.progress);
        return;
      case "locked":
      case "missed":
      case "unlocked":
      case "waiting":
        return;
    }
  }

  #tellPickers(picker: string | null, progress: PickerProgress | null): void {
    for (const listener of this.#pickerListeners) listener(picker, progress);
  }

  /** The locked door is told as well. */
  #tellWaiting(sessions: number): void {
    for (const listener of this.#waitingListeners) listener(sessions);
  }

  #take(snapshot: Snapshot, tell: boolean): void {
    let { runs } = snapshot;
    let data = snapshot;
    for (const { number, event } of this.#heard) {
      if (number <= snapshot.event || event.event !== "run") continue;
      runs = replaceRun(runs, event.run);
      data = withLaunch(data, event.run);
    }
    const missed = this.#heard.some(({ number, event }) => number > snapshot.event && event.event === "missed");
    this.data = data;
    this.#last = Math.max(this.#last, snapshot.event, this.#heard.at(-1)?.number ?? 0);
    this.#heard = [];
    this.#setRuns(runs, tell);
    if (missed) void this.refresh();
  }

  #setRuns(next: RunRow[], tell: boolean): void {
    const before = new Map(this.runs.map((run) => [run.run, run.state.state]));
    this.runs = next;
    if (!tell) return;
    for (const run of next) {
      if (before.get(run.run) === run.state.state) continue;
      for (const listener of this.#runListeners) listener(run);
    }
  }

  /** The client folder that a folder lies in, itself included. */
  clientFolderOf(folder: string): FolderRow | null {
    return this.#upwards(folder, (candidate) => candidate.client !== null);
  }

  /** The client that a launch is for; none where its session lies in no client folder. */
  clientOf({ session, client }: RunRow): string | null {
    const folder = this.sessions.get(session)?.folder;
    const none = folder !== undefined && this.#isOutside(folder);
    return none || client === "" ? null : client;
  }

  /** Whether all folders above it can be seen, and none is a client's. */
  #isOutside(folder: string): boolean {
    const end = this.#upwards(folder, (candidate) => candidate.client !== null || candidate.parent === null);
    return end !== null && end.client === null;
  }

  /** The nearest folder, itself included, that carries a credential to inherit. */
  inheritedFrom(folder: string): FolderRow | null {
    return this.#upwards(folder, (candidate) => candidate.credential !== null);
  }

  /** Names from the root's children down to the folder. */
  path(folder: string): string[] {
    const names: string[] = [];
    let at = this.folders.get(folder);
    while (at?.parent != null) {
      names.unshift(at.name);
      at = this.folders.get(at.parent);
    }
    return names;
  }

  #upwards(folder: string, fits: (folder: FolderRow) => boolean): FolderRow | null {
    let at = this.folders.get(folder);
    while (at !== undefined) {
      if (fits(at)) return at;
      at = at.parent === null ? undefined : this.folders.get(at.parent);
    }
    return null;
  }
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** A launch is told as an event; that its session was launched then goes with it. */
function withLaunch(data: Snapshot, { session, since }: RunRow): Snapshot {
  const older = data.sessions.find((row) => row.id === session && (row.last_launched ?? 0) < (since ?? 0));
  if (older === undefined) return data;
  return { ...data, sessions: data.sessions.map((row) => (row === older ? { ...row, last_launched: since } : row)) };
}

function replaceRun(runs: RunRow[], run: RunRow): RunRow[] {
  const known = runs.some((other) => other.run === run.run);
  return known ? runs.map((other) => (other.run === run.run ? run : other)) : [run, ...runs];
}
