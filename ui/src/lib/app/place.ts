// Where one is in the window, and which dialog stands over it.

import type { AccountRow, GroupCard, LockScope, ObjectRef, PersonCard } from "../api/gen";
import type { Own } from "../door/own.svelte";
import type { TreeRow } from "../vault/tree";

export type EntryKind = TreeRow["kind"];

/** A part of the administration. */
export type Tab = "people" | "groups" | "devices" | "sources" | "lockdown" | "settings";

/** What the right pane shows. */
export type Place =
  | { at: "home" }
  | { at: "accounts" }
  | { at: "audit" }
  /** `run`: the one that was chosen in the list. */
  | { at: "running"; run: string | null }
  | { at: "administration"; tab: Tab }
  | { at: EntryKind; id: string };

/** The dialog over the window, if one is. `id` null: a new one. */
export type Dialog =
  | { is: EntryKind; id: string | null; folder: string }
  | { is: "account"; replaces: AccountRow | null }
  | { is: "remove-account"; account: AccountRow }
  | { is: "test-access"; account: AccountRow }
  | { is: "person-keys"; account: string }
  | { is: "delete"; kind: EntryKind; id: string; name: string }
  | { is: "move"; kind: EntryKind; id: string; name: string }
  | { is: "rights"; of: ObjectRef; name: string }
  | { is: "lockdown"; scope: LockScope; name: string }
  | { is: "own"; what: Own }
  | { is: "person"; person: PersonCard | null }
  | { is: "group"; group: GroupCard | null }
  | { is: "source" }
  | { is: "offboard"; person: PersonCard }
  | { is: "report" }
  | { is: "find" };

/** Names an entry or folder for rights, moving and duplicating. */
export function refOf(kind: EntryKind, id: string): ObjectRef {
  switch (kind) {
    case "folder":
      return { kind, folder: id };
    case "credential":
      return { kind, credential: id };
    case "session":
      return { kind, session: id };
  }
}
