// The tree as flat rows: folders first, then sessions, then credential entries, each by name.

import type { CredentialRow, FolderRow, SessionRow, Snapshot } from "../api/gen";

type Common = { id: string; name: string; depth: number; parent: string | null };

export type TreeRow =
  | (Common & { kind: "folder"; folder: FolderRow; open: boolean; empty: boolean })
  | (Common & { kind: "session"; session: SessionRow })
  | (Common & { kind: "credential"; credential: CredentialRow });

export type Entries = Pick<Snapshot, "folders" | "sessions" | "credentials">;

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export const byName = (a: { name: string }, b: { name: string }): number =>
  COLLATOR.compare(a.name, b.name);

/**
 * The rows in sight. A filter shows what matches, with the folders above it, all open. What lies in a folder that
 * this person may not see stands at the top.
 */
export function treeRows(entries: Entries, closed: ReadonlySet<string>, filter: string): TreeRow[] {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Set(entries.folders.filter((folder) => folder.parent !== null).map((folder) => folder.id));
  return inside({ entries, shown, closed }, null, 0, words);
}

/** `shown`: the folders that have a row of their own, so all but the root. */
type Whole = { entries: Entries; shown: ReadonlySet<string>; closed: ReadonlySet<string> };

/** The rows below a folder; `null`: those at the top. */
function inside(whole: Whole, below: string | null, depth: number, words: readonly string[]): TreeRow[] {
  const { folders, sessions, credentials } = whole.entries;
  const here = (folder: string): boolean => (whole.shown.has(folder) ? folder : null) === below;
  const rows: TreeRow[] = [];
  for (const folder of folders.filter((f) => f.parent !== null && here(f.parent)).sort(byName)) {
    rows.push(...folderRows(whole, folder, depth, words));
  }
  for (const session of sessions.filter((s) => here(s.folder)).sort(byName)) {
    if (!matches(words, session.name, session.host)) continue;
    rows.push({ kind: "session", id: session.id, name: session.name, depth, parent: session.folder, session });
  }
  for (const credential of credentials.filter((c) => here(c.folder)).sort(byName)) {
    if (!matches(words, credential.name, credential.organization.name)) continue;
    rows.push({ kind: "credential", id: credential.id, name: credential.name, depth, parent: credential.folder, credential });
  }
  return rows;
}

function folderRows(whole: Whole, folder: FolderRow, depth: number, words: readonly string[]): TreeRow[] {
  const filtering = words.length > 0;
  const all = filtering && matches(words, folder.name, folder.client?.organization.name ?? "");
  const below = inside(whole, folder.id, depth + 1, all ? [] : words);
  if (filtering && !all && below.length === 0) return [];
  const open = filtering ? below.length > 0 : !whole.closed.has(folder.id);
  const { id, name, parent } = folder;
  const row: TreeRow = { kind: "folder", id, name, depth, parent, folder, open, empty: below.length === 0 };
  return open ? [row, ...below] : [row];
}

function matches(words: readonly string[], ...texts: string[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
