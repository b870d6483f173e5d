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

/** The rows in sight. A filter shows what matches, with the folders above it, all open. */
export function treeRows(entries: Entries, closed: ReadonlySet<string>, filter: string): TreeRow[] {
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const root = entries.folders.find((folder) => folder.parent === null);
  return root === undefined ? [] : inside(entries, root.id, 0, closed, words);
}

function inside(
  entries: Entries,
  parent: string,
  depth: number,
  closed: ReadonlySet<string>,
  words: readonly string[],
): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const folder of entries.folders.filter((f) => f.parent === parent).sort(byName)) {
    rows.push(...folderRows(entries, folder, depth, closed, words));
  }
  for (const session of entries.sessions.filter((s) => s.folder === parent).sort(byName)) {
    if (!matches(words, session.name, session.host)) continue;
    rows.push({ kind: "session", id: session.id, name: session.name, depth, parent, session });
  }
  for (const credential of entries.credentials.filter((c) => c.folder === parent).sort(byName)) {
    if (!matches(words, credential.name, credential.organization.name)) continue;
    rows.push({ kind: "credential", id: credential.id, name: credential.name, depth, parent, credential });
  }
  return rows;
}

function folderRows(
  entries: Entries,
  folder: FolderRow,
  depth: number,
  closed: ReadonlySet<string>,
  words: readonly string[],
): TreeRow[] {
  const filtering = words.length > 0;
  const whole = filtering && matches(words, folder.name, folder.client?.organization.name ?? "");
  const below = inside(entries, folder.id, depth + 1, closed, whole ? [] : words);
  if (filtering && !whole && below.length === 0) return [];
  const open = filtering ? below.length > 0 : !closed.has(folder.id);
  const { id, name, parent } = folder;
  const row: TreeRow = { kind: "folder", id, name, depth, parent, folder, open, empty: below.length === 0 };
  return open ? [row, ...below] : [row];
}

function matches(words: readonly string[], ...texts: string[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
