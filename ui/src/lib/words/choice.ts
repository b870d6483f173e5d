// A row of the IT Glue credentials list: why it cannot be chosen, and its name with the matches set apart.

import type { ChoiceRow } from "../api/gen";

/** What a list is open for: a launch sends the record to a host, browsing only names it. */
export type Purpose = "launch" | "browse";

/** Why a row cannot be chosen, or `null` if it can. */
export function notChoosable(row: ChoiceRow, purpose: Purpose): string | null {
  if (row.archived) return "Archived in IT Glue, so it cannot be chosen.";
  if (row.vaulted) return "In a personal vault, which IT Glue itself cannot decrypt for an API key.";
  if (purpose === "launch" && row.signs_in_as === null) return "Its user name cannot be signed in with.";
  return null;
}

/** What a row's title says: why it cannot be chosen, else what comes without its OTP. */
export function choiceNote(row: ChoiceRow, purpose: Purpose): string | null {
  return notChoosable(row, purpose) ?? (row.otp ? NO_OTP : null);
}

/** Said wherever a record with a one-time password is shown. */
export const NO_OTP = "IT Glue does not hand out OTP seeds: the one-time code comes from your authenticator or from IT Glue.";

export type Piece = { text: string; match: boolean };

const CLUSTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Cuts a name into matching and other pieces; indices count grapheme clusters, as the broker does. */
export function highlight(name: string, matched: readonly number[]): Piece[] {
  const hits = new Set(matched);
  const pieces: Piece[] = [];
  for (const [index, { segment: text }] of [...CLUSTERS.segment(name)].entries()) {
    const match = hits.has(index);
    const last = pieces.at(-1);
    if (last?.match === match) last.text += text;
    else pieces.push({ text, match });
  }
  return pieces;
}
