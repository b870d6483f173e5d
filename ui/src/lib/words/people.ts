// People, groups and devices as administrators read them.

import type { PersonCard, RotationRow, RotationWhy, Standing } from "../api/gen";
import { unreachableCase } from "./message";
import { count } from "./names";
import { ago, onDay } from "./time";

type Tone = "good" | "plain" | "warn" | "bad";

/** How somebody stands in the vault. */
export function standingWord(standing: Standing): string {
  switch (standing) {
    case "active":
      return "Active";
    case "disabled":
      return "Disabled";
    case "revoked":
      return "Offboarded";
    default:
      return unreachableCase(standing);
  }
}

/** The badge of a person: what stands out first. */
export function personState(person: PersonCard, now: number): { tone: Tone; text: string } {
  if (person.standing === "revoked") return { tone: "plain", text: standingWord("revoked") };
  if (person.standing === "disabled") return { tone: "warn", text: standingWord("disabled") };
  if (person.enrolled) return { tone: "good", text: standingWord("active") };
  if (person.invited_until === null) return { tone: "warn", text: "Not invited" };
  return person.invited_until < now ? { tone: "bad", text: "Invitation expired" } : { tone: "plain", text: "Invited" };
}

/** The line under a name. */
export function personAbout(person: PersonCard, now: number): string {
  if (person.standing === "revoked") return "Cannot come in any more; stays here for the audit log.";
  if (!person.enrolled) return person.invited_until === null ? "Has nothing to come in with yet." : `Has not come in yet. The code is good until ${onDay(person.invited_until)}.`;
  const seen = person.last_unlocked === null ? "Never unlocked here" : `Last unlocked ${ago(person.last_unlocked, now)}`;
  return person.has_pin ? `${seen} · has a PIN` : seen;
}

/** Why a password has to be changed. */
export function rotationWhy(why: RotationWhy): string {
  switch (why) {
    case "launched":
      return "Launched with it";
    case "seen":
      return "Saw or copied it";
    case "could_pick":
      return "Could choose it";
    default:
      return unreachableCase(why);
  }
}

/** Which password to change: one by its name, or any of a list that IT Glue could not be asked for. */
export function rotationPassword(row: RotationRow): string {
  if (!row.list) return row.password;
  const all = row.password === "" ? `Any password of ${row.organization}` : `Any password of ${row.organization} in the category ${row.password}`;
  return `${all} (IT Glue could not be asked for their names)`;
}

/** The list of passwords to change, for a spreadsheet. Names only; Usher holds no passwords. */
export function rotationCsv(rows: readonly RotationRow[]): string {
  const lines = rows.map((row) => [row.organization, rotationPassword(row), row.entry, rotationWhy(row.why), row.last === null ? "" : new Date(row.last).toISOString()]);
  return [["Organization", "Password", "Entry", "Why", "Last"], ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Quoted; a leading sign that a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

export function membersWords(names: readonly string[]): string {
  return names.length === 0 ? "Nobody yet" : names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${count(names.length - 3, "more", "more")}`;
}

/** What Offboard does, before it is done. */
export const OFFBOARD_ABOUT =
  "They can no longer come in, everything is sealed with new keys, and their PIN, favourites and own API keys are deleted. Running sessions go on. You get the list of passwords to change in IT Glue.";
