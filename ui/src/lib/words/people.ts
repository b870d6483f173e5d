// People, groups and devices as administrators read them.

import type { PersonCard, Standing } from "../api/gen";
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
  if (!person.enrolled) return invitedAbout(person.invited_until, now);
  const seen = person.last_unlocked === null ? "Never unlocked here" : `Last unlocked ${ago(person.last_unlocked, now)}`;
  return person.has_pin ? `${seen} · has a PIN` : seen;
}

function invitedAbout(until: number | null, now: number): string {
  if (until === null) return "Has nothing to come in with yet";
  return `Has not come in yet · code ${until < now ? "was " : ""}good until ${onDay(until)}`;
}

export function membersWords(names: readonly string[]): string {
  return names.length === 0 ? "Nobody yet" : names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${count(names.length - 3, "more", "more")}`;
}

/** What Offboard does, before it is done. */
export const OFFBOARD_ABOUT =
  "They can no longer come in, and everything is sealed with new keys. Their rights, their places in groups, their PIN and their own API keys are deleted. Running sessions go on. You get the list of passwords to change in IT Glue.";
