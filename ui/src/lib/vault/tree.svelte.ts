// The tree's state: what is open, what is filtered, where the cursor stands.

import type { TreeRow } from "./tree";
import { treeRows } from "./tree";
import type { Vault } from "./vault.svelte";

export class Tree {
  filter = $state("");
  closed = $state.raw<ReadonlySet<string>>(new Set());
  readonly rows: TreeRow[];
  #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
    this.rows = $derived(treeRows(this.#vault.data, this.closed, this.filter));
  }

  toggle(folder: string): void {
    const next = new Set(this.closed);
    if (!next.delete(folder)) next.add(folder);
    this.closed = next;
  }

  /** Opens or closes a folder; says whether that changed anything. */
  setOpen(row: TreeRow | undefined, open: boolean): boolean {
    if (row?.kind !== "folder" || row.empty || row.open === open || this.filter !== "") return false;
    this.toggle(row.id);
    return true;
  }

  /** Opens every folder above an entry, so that it is in sight. */
  reveal(folder: string | null): void {
    const next = new Set(this.closed);
    let at = folder;
    while (at !== null) {
      next.delete(at);
      at = this.#vault.folders.get(at)?.parent ?? null;
    }
    if (next.size !== this.closed.size) this.closed = next;
  }

  /** The row that lies `by` rows from the one with this id, kept within the tree. */
  neighbour(id: string | null, by: number): TreeRow | null {
    const at = this.rows.findIndex((row) => row.id === id);
    if (at < 0) return this.rows.at(by < 0 ? -1 : 0) ?? null;
    return this.rows[Math.min(Math.max(at + by, 0), this.rows.length - 1)] ?? null;
  }
}
