// A row of the audit log as a sentence. The words come from a closed list in the broker; a word
// that this window does not know yet is shown as it is, never dropped.

import type { AuditRow } from "../api/gen";
import { auditFact } from "./fact";

/** `refused`: where a refusal is itself what was found out. */
type Phrase = { did: string; to: string; refused?: string };

/** A sign-in with what the person typed: nothing was fetched. */
const TYPED_SIGN_IN: Phrase = { did: "signed in to {on} with what they typed", to: "sign in to {on} with what they typed" };

/** Core's audit words: how each reads when it was done, and after "could not"; `{on}` is the name. */
const PHRASES: Record<string, Phrase> = {
  vault_upgraded: { did: "brought the vault up to date", to: "bring the vault up to date" },
  unlock_refused: { did: "tried to open the vault", to: "open the vault" },
  locked: { did: "locked the vault", to: "lock the vault" },
  opened_as_found: { did: "opened the vault read-only, as it was found", to: "open the vault as it was found" },
  accepted_as_found: { did: "accepted the vault as it was found", to: "accept the vault as it was found" },
  verify_failed: { did: "did not prove who they are", to: "prove who they are" },
  enrolled: { did: "came in with an enrolment code for the first time", to: "come in with an enrolment code" },
  passphrase_changed: { did: "changed their passphrase", to: "change their passphrase" },
  pin_set: { did: "set a PIN", to: "set a PIN" },
  pin_removed: { did: "removed their PIN", to: "remove their PIN" },
  recovery_kit_made: { did: "made a new recovery kit", to: "make a new recovery kit" },
  device_removed: { did: "removed the device {on}", to: "remove the device {on}" },
  rekeyed: { did: "sealed everything with new keys", to: "seal everything with new keys" },
  person_added: { did: "added {on}", to: "add {on}" },
  person_invited: { did: "invited {on}", to: "invite {on}" },
  person_changed: { did: "changed {on}", to: "change {on}" },
  person_disabled: { did: "disabled {on}", to: "disable {on}" },
  person_revoked: { did: "offboarded {on}", to: "offboard {on}" },
  could_use: { did: "put on record that somebody who was leaving could use {on}", to: "put on record that somebody who was leaving could use {on}" },
  group_saved: { did: "saved the group {on}", to: "save the group {on}" },
  group_removed: { did: "removed the group {on}", to: "remove the group {on}" },
  settings_changed: { did: "changed the vault's settings", to: "change the vault's settings" },
  policy_changed: { did: "changed the approval or ticket policy of {on}", to: "change the approval or ticket policy of {on}" },
  locked_for_technicians: { did: "locked {on} for technicians", to: "lock {on} for technicians" },
  moved: { did: "moved {on}", to: "move {on}" },
  duplicated: { did: "duplicated {on}", to: "duplicate {on}" },
  undone: { did: "took back a change of {on}", to: "take back a change of {on}" },
  revoked: { did: "took rights away on {on}", to: "take rights away on {on}" },
  source_granted: { did: "gave Source on {on}", to: "give Source on {on}" },
  source_revoked: { did: "took Source away on {on}", to: "take Source away on {on}" },
  typed_by_person: { did: "typed a password themselves for {on}", to: "type a password themselves for {on}" },
  exported: { did: "exported the audit log", to: "export the audit log" },
  report_made: { did: "made a client report about {on}", to: "make a client report about {on}" },
  log_verified: { did: "verified the audit log", to: "verify the audit log" },
  log_not_as_left: { did: "found the audit log not as it was left", to: "find the audit log as it was left" },
  vault_created: { did: "made the vault", to: "make the vault" },
  unlocked: { did: "opened the vault", to: "open the vault" },
  account_added: { did: "added the IT Glue account {on}", to: "add the IT Glue account {on}" },
  key_replaced: { did: "replaced the API key of {on}", to: "replace the API key of {on}" },
  keep_alive_on: { did: "let Usher keep the API key of {on} in use", to: "let Usher keep the API key of {on} in use" },
  keep_alive_off: { did: "no longer lets Usher keep the API key of {on} in use", to: "stop Usher from keeping the API key of {on} in use" },
  kept_alive: { did: "had Usher keep the API key of {on} in use", to: "have Usher keep the API key of {on} in use" },
  password_access_tested: { did: "tested the Password Access of {on}", to: "test the Password Access of {on}", refused: "tested the Password Access of {on}: there is none" },
  person_key_set: { did: "gave somebody a key of their own for {on}", to: "give somebody a key of their own for {on}" },
  person_key_removed: { did: "removed somebody's own key for {on}", to: "remove somebody's own key for {on}" },
  account_removed: { did: "removed the IT Glue account {on}", to: "remove the IT Glue account {on}" },
  folder_created: { did: "made the folder {on}", to: "make the folder {on}" },
  folder_changed: { did: "changed the folder {on}", to: "change the folder {on}" },
  folder_deleted: { did: "deleted the folder {on}", to: "delete the folder {on}" },
  credential_created: { did: "made the credential entry {on}", to: "make the credential entry {on}" },
  credential_changed: { did: "changed the credential entry {on}", to: "change the credential entry {on}" },
  credential_repointed: { did: "repointed the credential entry {on}", to: "repoint the credential entry {on}" },
  credential_deleted: { did: "deleted the credential entry {on}", to: "delete the credential entry {on}" },
  session_created: { did: "made the session {on}", to: "make the session {on}" },
  session_changed: { did: "changed the session {on}", to: "change the session {on}" },
  session_linked: { did: "linked the session {on}", to: "link the session {on}" },
  session_deleted: { did: "deleted the session {on}", to: "delete the session {on}" },
  granted: { did: "granted rights on {on}", to: "grant rights on {on}" },
  certificate_trusted: { did: "trusted the certificate of {on}", to: "trust the certificate of {on}" },
  launch: { did: "launched {on}", to: "launch {on}" },
  sign_in: { did: "had a password fetched for {on}", to: "have a password fetched for {on}" },
  host_accepted: { did: "was signed in to {on}", to: "be signed in to {on}" },
  host_refused: { did: "was refused by the host of {on}", to: "be signed in to {on}: the host refused" },
  connection_lost: { did: "lost the line to {on}", to: "stay signed in to {on}" },
  session_ended: { did: "ended the session {on}", to: "be signed in to {on}" },
  password_shown: { did: "showed the password of {on}", to: "show the password of {on}" },
  password_copied: { did: "copied the password of {on}", to: "copy the password of {on}" },
  account_page_opened: { did: "opened {on} in IT Glue", to: "open {on} in IT Glue" },
  account_checked: { did: "checked the API key of {on}", to: "check the API key of {on}" },
  account_browsed: { did: "looked through {on}", to: "look through {on}" },
  people_read: { did: "looked up people and their rights", to: "look up people and their rights" },
  log_read: { did: "read the audit log", to: "read the audit log" },
  record_page_opened: { did: "opened a record of {on} in IT Glue", to: "open a record of {on} in IT Glue" },
};

/** What stands between the person and the deed, by outcome. */
const LEADS: Record<string, string> = {
  intended: "was about to ",
  denied: "was not allowed to ",
  refused: "could not ",
  failed: "could not ",
  stopped: "was stopped by the host's certificate before they could ",
};

const OUTCOMES: Record<string, string> = {
  done: "Done",
  intended: "Intended",
  denied: "Denied",
  refused: "Refused",
  failed: "Failed",
  stopped: "Stopped",
};

export type Tone = "good" | "plain" | "warn" | "bad";

/** Who did what, without the outcome: "Mara Lindqvist showed the password of Domain admin". */
export function auditSentence(row: AuditRow): string {
  return auditParts(row)
    .map((part) => part.text)
    .join("");
}

/** The sentence in parts, so that names can be set apart. */
export function auditParts(row: AuditRow): { text: string; name: boolean }[] {
  const phrase = phraseOf(row);
  const [before = "", after = ""] = phrase.split("{on}");
  const parts = [
    { text: row.person, name: true },
    { text: ` ${before}`, name: false },
  ];
  if (phrase.includes("{on}")) parts.push({ text: row.on, name: true });
  if (after !== "") parts.push({ text: after, name: false });
  return parts;
}

function phraseOf(row: AuditRow): string {
  const { what, outcome } = row;
  const phrase = isTyped(row) ? TYPED_SIGN_IN : PHRASES[what];
  if (phrase === undefined) return `${what.replaceAll("_", " ")} · {on}`;
  if (outcome === "refused" && phrase.refused !== undefined) return phrase.refused;
  const lead = LEADS[outcome];
  return lead === undefined ? phrase.did : `${lead}${phrase.to}`;
}

/** A sign-in with a password of IT Glue's names the record; one with what a person typed has none. */
function isTyped({ what, details }: AuditRow): boolean {
  return what === "sign_in" && !details.some((detail) => detail.name === "record");
}

/** Every word that has a phrase, for the filter: as it is called there. */
export const AUDIT_WORDS: readonly { id: string; label: string }[] = Object.entries(PHRASES)
  .map(([id, { did }]) => ({ id, label: capital(did.replace(/\s*\{on\}/, "").replace(/:$/, "")) }))
  .sort((a, b) => a.label.localeCompare(b.label));

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The outcome in one word. */
export function outcomeWord(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

/** How an outcome is coloured. */
export function outcomeTone(outcome: string): Tone {
  if (outcome === "done") return "good";
  if (outcome === "intended" || outcome === "stopped") return "plain";
  return outcome === "denied" ? "warn" : "bad";
}

/** Facts in the order and words people read them; ids give way to names. */
export function auditDetails(row: AuditRow): string[] {
  const named = row.details.some((detail) => detail.name === "record_name");
  return row.details
    .filter((detail) => detail.value !== "" && !(named && detail.name === "record"))
    .map((detail) => auditFact(detail.name, detail.value));
}
