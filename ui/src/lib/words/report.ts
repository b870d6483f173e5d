// The rows of a client report, in the words of the files that are saved of it.

import type { Tone } from "./audit";

/** What a row is about: the broker's closed words. */
const DEEDS = {
  launch: "Launch",
  typed_by_person: "Launch, password typed by person",
  password_shown: "Password shown",
  password_copied: "Password copied",
};

/** What came of it: the broker's closed words. */
const ENDS: { [word: string]: { text: string; tone: Tone } | undefined } & Record<Came, { text: string; tone: Tone }> = {
  signed_in: { text: "Signed in", tone: "good" },
  desktop_shown: { text: "Desktop shown, sign-in not confirmed", tone: "plain" },
  refused: { text: "Refused by the host", tone: "bad" },
  denied: { text: "Denied", tone: "warn" },
  failed: { text: "Failed", tone: "bad" },
  released: { text: "Done", tone: "good" },
  open: { text: "Not known", tone: "plain" },
};

export type Deed = keyof typeof DEEDS;
export type Came = "signed_in" | "desktop_shown" | "refused" | "denied" | "failed" | "released" | "open";

export const REPORT_DEEDS = Object.keys(DEEDS) as Deed[];
export const REPORT_CAME = Object.keys(ENDS) as Came[];

/** What a row of a client report was. A word that is not known yet is said as it is. */
export function reportDeed(what: string): string {
  return DEEDS[what as Deed] ?? spelt(what);
}

/** What came of it. */
export function reportCame(outcome: string): { text: string; tone: Tone } {
  return ENDS[outcome] ?? { text: spelt(outcome), tone: "plain" };
}

function spelt(word: string): string {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
