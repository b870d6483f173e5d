// Rights, policies and their reach, as people read them.

import type { Approval, BelowRow, KeepsRow, LockPersonRow, LockPreview, ReachRow, Right, RightsSheet, TicketPolicy } from "../api/gen";
import { rightName } from "./denied";
import { unreachableCase } from "./message";
import { count, number } from "./names";

/** "View and Edit"; nothing is said in words too. */
export function rightsWords(rights: readonly Right[]): string {
  const names = rights.map(rightName);
  if (names.length < 2) return names[0] ?? "Nothing";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** What a right allows. */
export function rightAbout(right: Right): string {
  switch (right) {
    case "view":
      return "See the entry and launch with it";
    case "view_password":
      return "Show and copy the password";
    case "edit":
      return "Rename, change, link and delete";
    default:
      return unreachableCase(right);
  }
}

export function approvalName(word: Approval): string {
  switch (word) {
    case "auto":
      return "Nothing more";
    case "verify":
      return "Prove who you are";
    case "approval":
      return "Another person agrees";
    default:
      return unreachableCase(word);
  }
}

export function approvalAbout(word: Approval): string {
  switch (word) {
    case "auto":
      return "The rights alone decide.";
    case "verify":
      return "The person types their passphrase or PIN once more.";
    case "approval":
      return "Not available yet.";
    default:
      return unreachableCase(word);
  }
}

export function ticketName(word: TicketPolicy): string {
  switch (word) {
    case "off":
      return "Off";
    case "optional":
      return "Optional";
    case "required":
      return "Required";
    default:
      return unreachableCase(word);
  }
}

/** Before a change and after it. */
type Can = "can" | "can now";

/** "8 people can sign in with any of 214 passwords of Contoso." */
export function reachWords({ people, passwords, organization }: ReachRow, can: Can = "can"): string {
  const who = count(people.length, "person", "people");
  const which = passwords === null ? "any password in the list" : passwords === 1 ? "the one password" : `any of ${number(passwords)} passwords`;
  return `${who} ${can} sign in with ${which} of ${organization}.`;
}

/** "8 people can sign in with passwords of the 3 lists in this folder." */
function belowWords({ people, lists }: BelowRow, can: Can): string {
  const which = lists === 1 ? "the one list" : `the ${number(lists)} lists`;
  return `${count(people.length, "person", "people")} ${can} sign in with passwords of ${which} in this folder.`;
}

/** How far an entry or folder reaches; `null` where that says nothing: a session entry, a folder without lists. */
export function sheetReach({ reach, below }: Pick<RightsSheet, "reach" | "below">, can: Can = "can"): string | null {
  if (reach !== null) return reachWords(reach, can);
  return below === null ? null : belowWords(below, can);
}

/** What somebody keeps beyond View, and why. */
export function keepsWords({ on, rights, because }: KeepsRow): string {
  return `${rightsWords(rights)} on ${on}, ${becauseWords(because)}`;
}

/** The line of one person in the preview. */
export function lockedSees({ sees }: LockPersonRow, of: number): string {
  if (sees === 0) return "Sees nothing of it";
  return sees === of ? (of === 1 ? "Sees and launches it" : `Sees and launches all ${number(of)}`) : `Sees and launches ${number(sees)} of ${number(of)}`;
}

/** What Lock for technicians is about to do: it narrows the rights where they are given, so what inherits goes on inheriting. */
export function lockAbout({ entries }: LockPreview): string {
  const [what, one] = entries === 1 ? ["the one entry", "it"] : [`these ${number(entries)} entries`, "one of them"];
  return `Whoever sees ${what} keeps View: they launch, but neither see a password nor repoint ${one}. Administrators keep what they have.`;
}

/** "With 3 IT Glue entries, technicians can do more than launch." */
export function driftNotice(n: number): string {
  return `With ${count(n, "IT Glue entry", "IT Glue entries")}, technicians can do more than launch.`;
}

/** Why somebody keeps more: as administrator, outside of what is locked, or through whom the rights are given to. */
function becauseWords(because: string): string {
  if (because === "administrator") return "as an administrator";
  return because === "outside_scope" ? "which lies outside of what is locked" : `given to ${because}`;
}
