// The whole window put together: where one is, which dialog is open, and the controllers.

import { createContext } from "svelte";
import { proveWith } from "../api/ask";
import * as broker from "../api/commands";
import * as door from "../api/door";
import type { LockWhy, PageOf, UnlockNote } from "../api/gen";
import * as rights from "../api/rights";
import { AuditLog } from "../audit/audit.svelte";
import { Doorway } from "../door/doorway.svelte";
import { HostCheck } from "../host/look.svelte";
import type { Wish } from "../launch/attempt";
import { Launcher } from "../launch/launcher.svelte";
import { Roster } from "../people/roster.svelte";
import { Prover } from "../prove/prover.svelte";
import { Runs } from "../running/runs.svelte";
import { Toasts, type ToastAction } from "../toasts/toasts.svelte";
import { Tree } from "../vault/tree.svelte";
import { Vault } from "../vault/vault.svelte";
import { LOCK_WHYS, noteWords } from "../words/door";
import { deleted, undoneWords, type Edit } from "../words/undo";
import { Clock } from "./clock.svelte";
import { Closing } from "./closing.svelte";
import { refOf, type Dialog, type EntryKind, type Place } from "./place";

export class App {
  readonly vault = new Vault();
  readonly toasts = new Toasts();
  readonly launcher = new Launcher(this.vault, this.toasts);
  readonly runs = new Runs(this.vault, this.toasts);
  readonly host = new HostCheck(this.toasts);
  readonly tree = new Tree(this.vault);
  readonly audit = new AuditLog();
  readonly clock = new Clock();
  readonly closing = new Closing();
  readonly roster = new Roster(this.toasts);
  readonly prover = new Prover();
  readonly doorway = new Doorway((notes) => void this.#enter(notes));

  place = $state.raw<Place>({ at: "home" });
  dialog = $state.raw<Dialog | null>(null);
  #undoable: number | null = null;
  /** Whether the menu of the entry in sight is open. */
  menu = $state(false);

  /** Shows the vault where it is open, else what stands before it. */
  async start(): Promise<void> {
    this.vault.onLock((why) => this.#locked(why));
    this.vault.onWaiting((sessions) => this.doorway.setWaiting(sessions));
    proveWith(() => this.#prove());
    await this.vault.open();
  }

  stop(): void {
    proveWith(null);
    this.vault.close();
  }

  /** What may be done once it is proved comes with the next snapshot. */
  async #prove(): Promise<boolean> {
    const proved = await this.prover.want();
    if (proved) void this.vault.refresh();
    return proved;
  }

  async #enter(notes: readonly UnlockNote[]): Promise<void> {
    await this.vault.open();
    for (const note of notes) {
      const { title, text } = noteWords(note);
      this.toasts.good(title, text);
    }
  }

  /** Nothing of the open vault stays in the window. */
  #locked(why: LockWhy | null): void {
    this.dialog = null;
    this.menu = false;
    this.place = { at: "home" };
    this.launcher.forget();
    this.host.forget();
    this.runs.forget();
    this.prover.cancel();
    this.roster.forget();
    this.audit.forget();
    this.toasts.clear();
    void this.doorway.look(why ?? askedWhy());
  }

  async lock(): Promise<void> {
    try {
      await door.lock();
      if (this.vault.status === "open") await this.vault.refresh();
    } catch (thrown) {
      this.toasts.thrown(thrown, "own");
    }
  }

  /** The id of the entry in sight, which the tree marks. */
  get selected(): string | null {
    return "id" in this.place ? this.place.id : null;
  }

  /** The folder that something new would lie in: the one in sight, or that of the entry in sight. */
  get here(): string {
    const { place, vault } = this;
    const root = vault.root?.id ?? "";
    if (!("id" in place)) return root;
    if (place.at === "folder") return vault.folders.has(place.id) ? place.id : root;
    const rows = place.at === "session" ? vault.sessions : vault.credentials;
    return rows.get(place.id)?.folder ?? root;
  }

  go(place: Place): void {
    this.place = place;
    if (place.at === "audit") void this.audit.load();
    if (place.at === "administration") void this.roster.load();
    // What is left of the requests, and how long a key was not used, goes on without an event.
    if (place.at === "accounts") void this.vault.refresh();
  }

  select(kind: EntryKind, id: string): void {
    const { vault } = this;
    const parent = kind === "folder" ? vault.folders.get(id)?.parent : kind === "session" ? vault.sessions.get(id)?.folder : vault.credentials.get(id)?.folder;
    this.tree.reveal(parent ?? null);
    this.place = { at: kind, id };
  }

  create(kind: EntryKind): void {
    this.dialog = { is: kind, id: null, folder: this.here };
  }

  edit(kind: EntryKind, id: string): void {
    this.dialog = { is: kind, id, folder: this.here };
  }

  close(): void {
    this.dialog = null;
  }

  /** After a save: the entry as it is now, in sight. */
  async saved(kind: EntryKind, id: string): Promise<void> {
    this.close();
    this.#forgetUndo();
    await this.vault.refresh();
    this.select(kind, id);
  }

  /** Deletes the entry the dialog asked about. */
  async remove(kind: EntryKind, id: string, name: string): Promise<void> {
    this.close();
    const parent = this.vault.folders.get(id)?.parent ?? this.here;
    try {
      if (kind === "folder") await broker.deleteFolder(id);
      else if (kind === "session") await broker.deleteSession(id);
      else await broker.deleteCredential(id);
      await this.vault.refresh();
      this.go(parent === this.vault.root?.id ? { at: "home" } : { at: "folder", id: parent });
      this.#edited(`Deleted ${name}`, deleted(kind));
    } catch (thrown) {
      this.toasts.thrown(thrown, "delete");
    }
  }

  /** Another of the same beside it, in sight. */
  async duplicate(kind: EntryKind, id: string, name: string): Promise<void> {
    try {
      const made = await rights.duplicate(refOf(kind, id), null);
      await this.vault.refresh();
      this.select(kind, made);
      this.#edited(`Duplicated ${name}`, "duplicated");
    } catch (thrown) {
      this.toasts.thrown(thrown, "save");
    }
  }

  /** After a change of rights or a lock: the window shows it. Nobody can take that back, nor an older edit by this message. */
  async changed(told: string, more: Promise<string> | string = ""): Promise<void> {
    this.close();
    this.#forgetUndo();
    await this.vault.refresh();
    this.toasts.good(told, await more);
  }

  /** After an edit of an entry or folder: the window shows it, and it can be taken back. */
  async edited(told: string, edit: Edit): Promise<void> {
    this.close();
    await this.vault.refresh();
    this.#edited(told, edit);
  }

  /** Takes back the last change, if there is one. */
  async undo(): Promise<void> {
    if (this.vault.data.undo === null) return;
    this.#forgetUndo();
    try {
      const what = await rights.undo();
      await this.vault.refresh();
      this.toasts.good("Taken back", undoneWords(what));
    } catch (thrown) {
      this.toasts.thrown(thrown, "undo");
    }
  }

  /** The vault as it was found becomes the true one. */
  async acceptAsFound(): Promise<void> {
    try {
      await door.acceptAsFound();
      await this.vault.refresh();
      this.toasts.good("The vault is accepted as it was found", "It can be changed again. The audit log records it.");
    } catch (thrown) {
      this.toasts.thrown(thrown, "accept");
    }
  }

  /** Says what was done and offers to take it back, if that is what Undo would take back. Only the newest message offers it. */
  #edited(title: string, edit: Edit): void {
    this.#forgetUndo();
    const undo: ToastAction[] = this.vault.data.undo === edit ? [{ label: "Undo", run: () => void this.undo() }] : [];
    this.#undoable = this.toasts.good(title, "", undo);
  }

  #forgetUndo(): void {
    if (this.#undoable !== null) this.toasts.dismiss(this.#undoable);
    this.#undoable = null;
  }

  /** Opens a page of IT Glue in the person's browser; the broker says whether they may, and where it is. */
  async openInItGlue(of: PageOf): Promise<void> {
    try {
      await broker.openInItGlue(of);
    } catch (thrown) {
      this.toasts.thrown(thrown, "page");
    }
  }

  /** After a credential was linked or leads to another host: what that shows, on the session's page. */
  lookAtHost(id: string): void {
    const session = this.vault.sessions.get(id);
    if (session !== undefined) void this.host.look(session);
  }

  launch(id: string, wish: Wish = {}): void {
    const session = this.vault.sessions.get(id);
    if (session?.launch.may === "yes") void this.launcher.start(session, wish);
  }
}

/** The window is made anew when the vault is locked; its address says why. */
function askedWhy(): LockWhy | null {
  const why = typeof location === "undefined" ? null : new URLSearchParams(location.search).get("locked");
  return LOCK_WHYS.find((known) => known === why) ?? null;
}

export const [getApp, setApp] = createContext<App>();
