// The message for every failed request. Codes and details come as data; the prose is here.

import type { At, Code, Damage, Detail, Failure, Fault, NotFoundWhat } from "../api/gen";
import { deniedReason } from "./denied";
import { faultWords } from "./fault";
import { fieldLabel, fieldMessage } from "./field";
import { anyOf, askWhom, undoneWhile, unreachableCase, type Doing, type Message } from "./message";
import { count, number, regionName, thing } from "./names";
import { onDay } from "./time";

/** What to say about a failed request. */
export function failureMessage(failure: Failure, doing: Doing): Message {
  return detailMessage(failure.code, failure.detail, doing) ?? codeMessage(failure.code, doing);
}

function detailMessage(code: Code, detail: Detail, doing: Doing): Message | null {
  switch (detail.of) {
    case "plain":
      return null;
    case "denied":
      return message(doing, "You may not do this", deniedReason(detail.why), askWhom(detail.ask, "for it"));
    case "field":
      if (detail.rule === "in_use") return inUse(detail.field, doing);
      if (detail.rule === "last_administrator") return lastAdministrator(doing);
      return fieldFailure(detail.field, fieldMessage(detail.field, detail.rule), doing);
    case "not_found":
      return notFound(detail.what, doing);
    case "account":
      return accountMessage(code, detail, doing);
    case "organizations":
      return organizationsMessage(detail.fault, detail.names, detail.count, doing);
    case "wait":
      return waitMessage(code, detail.seconds, doing);
    case "fault":
      return faultMessage(detail.fault, doing);
    case "damage":
      return damageMessage(detail, doing);
    case "record":
      return recordMessage(detail.fault, detail.record, detail.changed, doing);
    default:
      return codeMessage(code, doing);
  }
}

function message(doing: Doing, title: string, text: string, next: string, causes: string[] = []): Message {
  return { title, text, undone: undoneWhile(doing), next, causes };
}

function fieldFailure(field: string, text: string, doing: Doing): Message {
  return message(doing, `${fieldLabel(field)} needs a change`, text, "Correct it and try again.");
}

function lastAdministrator(doing: Doing): Message {
  return message(doing, "The last administrator stays", "A vault without an administrator could not be managed by anybody.", "Make somebody else an administrator first, then try again.");
}

const USERS: Record<string, string> = {
  folder: "It still holds folders, sessions or credential entries.",
  credential: "A session or a folder still signs in with it.",
  connection: "A credential entry or a folder still names it.",
};

function inUse(field: string, doing: Doing): Message {
  const text = USERS[field] ?? "Something still uses it.";
  return message(doing, `${fieldLabel(field)} is still in use`, text, "Change or delete what uses it first, then try again.");
}

function notFound(what: NotFoundWhat, doing: Doing): Message {
  const title = `${capital(thing(what))} was not found`;
  return message(doing, title, "It was deleted or moved meanwhile, or you may no longer see it.", "The window shows the current state; choose again from there.");
}

function faultMessage(fault: Fault, doing: Doing): Message {
  const words = faultWords(fault);
  return { title: words.title, text: words.text, undone: words.undone ?? undoneWhile(doing), next: words.next, causes: [] };
}

/** Names the row that is not as it was written. */
function damageMessage({ fault, table, row, read_only_offered }: Damage, doing: Doing): Message {
  const base = faultMessage(fault, doing);
  const where = row === null ? `the table “${table ?? ""}”` : `row ${row} of the table “${table ?? ""}”`;
  const text = table === null ? base.text : `${base.text} What does not verify is ${where}.`;
  return read_only_offered ? { ...base, text } : { ...base, text, next: "Restore the vault from a backup, or ask an administrator to look at it." };
}

function recordMessage(fault: Fault, record: string | null, changed: At | null, doing: Doing): Message {
  const base = faultMessage(fault, doing);
  const named = record === null ? "" : ` The record was “${record}”.`;
  const when = changed === null ? "" : ` Its password was last changed in IT Glue on ${onDay(changed)}.`;
  return { ...base, text: `${base.text}${named}${when}` };
}

/** The organizations by name, as many as are told, and how many more there are. */
function organizationsMessage(fault: Fault, names: readonly string[], all: number, doing: Doing): Message {
  const more = all - names.length;
  const causes = more > 0 ? [...names, `and ${number(more)} more`] : [...names];
  return { ...faultMessage(fault, doing), causes };
}

function waitMessage(code: Code, seconds: number | null, doing: Doing): Message {
  const base = codeMessage(code, doing);
  return seconds === null ? base : { ...base, next: `Try again in ${count(seconds, "second")}.` };
}

type AccountDetail = Extract<Detail, { of: "account" }>;

function accountMessage(code: Code, detail: AccountDetail, doing: Doing): Message {
  switch (code) {
    case "key_refused":
      return keyRefused(detail, doing);
    case "no_password_access":
      return noPasswordAccess(detail, doing);
    default: {
      const base = codeMessage(code, doing);
      return { ...base, text: `${base.text} The account is “${detail.account}”.` };
    }
  }
}

/** The account's key, or the one that a person has of their own. */
function whichKey({ account, person }: AccountDetail): string {
  return person === null ? `the API key of the account “${account}”` : `${person}'s own API key for the account “${account}”`;
}

function keyRefused(detail: AccountDetail, doing: Doing): Message {
  if (!detail.may_replace) {
    const text = `IT Glue no longer accepts ${whichKey(detail)}. The key was kept.`;
    return message(doing, "IT Glue refuses the account's key", text, askWhom(detail.ask, "to check or replace the key"));
  }
  const said = doing === "save" || doing === "account" || doing === "person_key";
  const kept = said ? "" : " The key was kept.";
  return keyRefusedFor(`IT Glue refuses ${whichKey(detail)} and does not say why. It was asked in the region ${regionName(detail.region)}.${kept}`, doing);
}

function keyRefusedFor(text: string, doing: Doing): Message {
  return message(doing, "IT Glue refuses the API key", text, "Check these in IT Glue under Account (or Admin) → Settings → API Keys, then try again or use Replace key.", [
    "The key belongs to an account in another region (US, EU or Australia).",
    "The key is mistyped, was revoked, or expired because it was not used for a long time.",
    "IT Glue only takes requests from listed IP addresses, and this one is not on the list.",
    "The account's IT Glue plan does not include API access.",
  ]);
}

function noPasswordAccess(detail: AccountDetail, doing: Doing): Message {
  const text = `${capital(whichKey(detail))} was made without the Password Access box, so IT Glue lists passwords but does not give them out.`;
  const next = detail.may_replace
    ? "Make a new key with the Password Access box ticked, under Account (or Admin) → Settings → API Keys, then use Replace key."
    : `Ask ${detail.ask.length === 0 ? "an administrator" : anyOf(detail.ask)} to replace the key with one made with the Password Access box.`;
  return message(doing, "The key has no Password Access", text, next);
}

function codeMessage(code: Code, doing: Doing): Message {
  switch (code) {
    case "denied":
      return message(doing, "You may not do this", "Your rights do not allow it.", "Ask an administrator for it.");
    case "locked":
      return message(doing, "The vault is locked", "The vault has to be open for this.", "Open the vault, then try again.");
    case "not_found":
      return message(doing, "It was not found", "It was deleted or moved meanwhile.", "The window shows the current state; choose again from there.");
    case "unreachable":
      return message(doing, "IT Glue cannot be reached", "No connection to IT Glue came about.", "Check this machine's network connection, DNS and proxy, then try again.");
    case "timed_out":
      return message(doing, "No answer in time", "The other side did not answer in time.", "Try again. If it stays so, check the network connection.");
    case "key_refused":
      return keyRefusedFor("IT Glue refuses the API key and does not say why.", doing);
    case "no_password_access":
      return message(doing, "The key has no Password Access", "The API key was made without the Password Access box, so IT Glue lists passwords but does not give them out.", "Make a new key with the Password Access box ticked and use Replace key.");
    case "rate_limited":
      return message(doing, "Too many requests to IT Glue", "IT Glue allows 3,000 requests in 5 minutes per account. They are used up, or Usher's own share of them is.", "Wait a few minutes, then try again.");
    case "foreign_answer":
      return message(doing, "IT Glue's answer cannot be used", "The answer belongs to another organization or record, or is incomplete, so it was thrown away.", "Try again, and tell an administrator if it happens again.");
    case "untrusted_host":
      return message(doing, "The host's certificate is not trusted", "The certificate is unknown or has changed.", "Launch again to see the certificate, and trust it only if you expected it.");
    case "refused_by_host":
      return message(doing, "The host refuses the sign-in", "The host did not accept the user name and password.", "Check the record in IT Glue, or choose another one.");
    case "client_missing":
      return message(doing, "No RDP client is installed", "Usher found no FreeRDP on this machine.", "Install the package freerdp2-x11 or freerdp3-x11, then launch again, or launch by hand with another client.");
    case "invalid":
      return message(doing, "Something is not right yet", "What was entered breaks a rule.", "Correct it and try again.");
    case "conflict":
      return message(doing, "Somebody else changed it first", "The entry was changed after you opened it.", "Close this, look at the current version, and make your change again.");
    case "storage":
      return message(doing, "The vault could not be used", "Reading or writing the vault or the keyring did not work.", "Try again.");
    case "audit_unavailable":
      return message(doing, "The audit log cannot be written", "Nothing is released that the audit log cannot record.", "Free some disk space or check the vault's folder, then try again.");
    default:
      return message(doing, "Something went wrong", unreachableCase(code), "Try again.");
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
