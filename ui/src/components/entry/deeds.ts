// What else can be done with an entry or folder, each with its reason where it may not.

import type { CredentialRow, FolderRow, SessionRow } from "../../lib/api/gen";
import type { App } from "../../lib/app/app.svelte";
import { refOf, type EntryKind } from "../../lib/app/place";
import { reasonOf } from "../../lib/words/denied";
import type { IconName } from "../shared/icons";

export type Deed = { id: string; label: string; icon: IconName; reason: string | null; run: () => void };

export function entryDeeds(app: App, kind: EntryKind, row: FolderRow | CredentialRow | SessionRow): Deed[] {
  const of = refOf(kind, row.id);
  const { name } = row;
  const administer = reasonOf(app.vault.data.administer);
  const rights: Deed = { id: "rights", label: "Rights…", icon: "shield", reason: null, run: () => (app.dialog = { is: "rights", of, name }) };
  const scope = kind === "folder" ? ({ kind: "folder", folder: row.id } as const) : ({ kind: "entry", of } as const);
  const lock: Deed = { id: "lock", label: "Lock for technicians…", icon: "lock", reason: administer, run: () => (app.dialog = { is: "lockdown", scope, name }) };
  const move: Deed = { id: "move", label: "Move…", icon: "move", reason: reasonOf(row.move_away), run: () => (app.dialog = { is: "move", kind, id: row.id, name }) };
  const hand: Deed = { id: "by-hand", label: "Launch by hand…", icon: "play", reason: "launch" in row ? reasonOf(row.launch) : null, run: () => app.launch(row.id, { byHand: true }) };
  if (!("duplicate" in row)) return row.parent === null ? [rights, lock] : [rights, lock, move];
  const duplicate: Deed = { id: "duplicate", label: "Duplicate", icon: "copy", reason: reasonOf(row.duplicate), run: () => void app.duplicate(kind, row.id, name) };
  return kind === "session" ? [hand, rights, lock, move, duplicate] : [rights, lock, move, duplicate];
}
