// The passwords to change after somebody left, as the window shows them. Closing asks once while they
// were neither saved nor printed.

import type { Rotation } from "../api/people";
import type { RotationRow } from "../api/gen";

export class RotationList {
  readonly name: string;
  readonly rows: readonly RotationRow[];
  readonly csv: string;
  /** Somebody is asked whether to close it all the same. */
  asking = $state(false);
  #kept: boolean;

  constructor(name: string, { rows, csv }: Rotation) {
    this.name = name;
    this.rows = rows;
    this.csv = csv;
    this.#kept = rows.length === 0;
  }

  /** It was saved or printed. */
  keep(): void {
    this.#kept = true;
  }

  /** Whether it may be closed now; if not, that is asked. */
  mayClose(): boolean {
    this.asking = !this.#kept;
    return this.#kept;
  }
}
