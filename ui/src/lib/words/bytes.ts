// How much has passed, as people read it.

import type { Bytes } from "../api/gen";

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** "840 B", "12 kB", "3.4 MB", in thousands. Not known: a dash. */
export function bytesWords(bytes: Bytes | undefined): string {
  if (bytes === undefined || bytes === null) return "–";
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step > 1 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[step]}`;
}
