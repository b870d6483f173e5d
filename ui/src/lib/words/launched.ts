// When a session was launched last.

import type { At } from "../api/gen";
import { ago } from "./time";

/** "running now", else how long ago; `null` where it never was. */
export function launchedWords(last: At | null, runs: boolean, now: number): string | null {
  if (runs) return "running now";
  return last === null ? null : ago(last, now);
}
