// The whole window put together: where one is, which dialog is open, and the controllers.

import { createContext } from "svelte";
import * as broker from "../api/commands";
import type { AccountRow, PageOf } from "../api/gen";
import { AuditLog } from "../audit/audit.svelte";
import { Launcher } from "../launch/launcher.svelte";
import { Toasts } from "../toasts/toasts.svelte";
import type { TreeRow } from "../vault/tree";
import { Tree } from "../vault/tree.svelte";
import { Vault } from "../vault/vault.svelte";
import { Clock } from "./clock.svelte";

export type EntryKind = TreeRow["kind"];

/** What the right pane shows. */
export type Place =
  | { at: "home" }
  | { at: "accounts" }
  | { at: "audit" }
  | { at: EntryKind; id: string };

/** The dialog over the window, if one is. `id` null: a new one. */
export type Dialog =
  | { is: EntryKind; id: string | null; folder: string }
  | { is: "account"; replaces: AccountRow | null }
  | { is: "remove-account"; account: AccountRow }
  | { is: "test-access"; account: AccountRow }
  | { is: "person-keys"; account: string }
  | { is: "delete"; kind: EntryKind; id: string; name: string }
  | { is: "find" };

export class App {
  readonly vault = new Vault();
  readonly toasts = new Toasts();
  readonly launcher = new Launcher(this.vault, this.toasts);
  readonly tree = new Tree(this.vault);
  readonly audit = new AuditLog();
  readonly clock = new Clock();

  place = $state.raw<Place>({ at: "home" });
  dialog = $state.raw<Dialog | null>(null);

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
      this.toasts.good(`Deleted ${name}`);
    } catch (thrown) {
      this.toasts.thrown(thrown, "delete");
    }
  }

  /** Opens a page of IT Glue in the person's browser; the broker says whether they may, and where it is. */
  async openInItGlue(of: PageOf): Promise<void> {
    try {
      await broker.openInItGlue(of);
    } catch (thrown) {
      this.toasts.thrown(thrown, "page");
    }
  }

  launch(id: string): void {
    const session = this.vault.sessions.get(id);
    if (session?.launch.may === "yes") void this.launcher.start(session);
  }
}

export const [getApp, setApp] = createContext<App>();
