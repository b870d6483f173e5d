// An IT Glue account on its card: its keys, how long they were not used, what is left of its requests.

import type { AccountRow, KeyWatch, PasswordAccess, PersonKeyRow, Region, RequestsLeft } from "../api/gen";
import { count, number, regionName } from "./names";
import { ago, onDay } from "./time";

type Read = { host: string; region: Region };

/** What a pasted address came to. An account whose key is replaced (`fixed`) stays in its region. */
export function addressRead({ host, region }: Read, fixed: Region | null): { good: boolean; text: string } {
  if (fixed === null) return { good: true, text: `Region chosen from ${host}.` };
  if (fixed === region) return { good: true, text: `${host} is in this account's region.` };
  const text = `${host} is in the region ${regionName(region)}, but this account is in ${regionName(fixed)}. Add another account for it.`;
  return { good: false, text };
}

/** Said after it, until a key is typed. */
export const PASTE_KEY = "Now paste the API key.";

/** When a key was last used, as IT Glue counts it. */
export function lastUsed(watch: KeyWatch, now: number): string {
  return watch.last_used === null ? "Never used yet" : `Last used ${ago(watch.last_used, now)}`;
}

/** What is wrong with a key that was not used for long, and what cures it. */
export function unusedWarning(watch: KeyWatch): string | null {
  if (!watch.flagged) return null;
  const since = watch.unused_days === null ? "for a long time" : `for ${count(watch.unused_days, "day")}`;
  return `Not used ${since}. IT Glue revokes API keys that are not used for 90 days: ${revokedWhen(watch)}.`;
}

function revokedWhen({ revoked_in_days: days }: KeyWatch): string {
  if (days === null || days === 0) return "this one any moment, if it has not yet";
  return days === 1 ? "this one tomorrow" : `this one in ${count(days, "day")}`;
}

/** What cures the account's key. */
export const UNUSED_CURE = "Any use starts the 90 days anew, and a check is one.";

/** What cures a person's own key. */
export const unusedCureOf = (name: string): string => `They start anew when ${name} works with it.`;

/** What the switch *Keep key alive* does. */
export const KEEP_ALIVE_ABOUT =
  "IT Glue revokes API keys that are not used for 90 days. Where a key of this account was not used for 30 days, Usher makes one small call with it. Each call stands in the audit log.";

/** A flagged key in the notice that administrators see everywhere. */
export type UnusedKey = { account: string; person: string | null; watch: KeyWatch };

/** The flagged keys of accounts that this person may administer, soonest revoked first. */
export function unusedKeys(accounts: readonly AccountRow[]): UnusedKey[] {
  const keys = accounts
    .filter((account) => account.administer.may === "yes")
    .flatMap((account): UnusedKey[] => [
      { account: account.name, person: null, watch: account.watch },
      ...account.person_keys.map((key) => ({ account: account.name, person: key.name, watch: key.watch })),
    ]);
  return keys
    .filter((key) => key.watch.flagged)
    .sort((a, b) => (a.watch.revoked_in_days ?? 0) - (b.watch.revoked_in_days ?? 0));
}

/** The standing notice: which keys IT Glue is about to revoke. */
export function unusedNotice(keys: readonly UnusedKey[]): string {
  const [first] = keys;
  if (first === undefined) return "";
  const soonest = first.watch.revoked_in_days ?? 0;
  const when = soonest === 0 ? "any moment" : soonest === 1 ? "tomorrow" : `in ${count(soonest, "day")}`;
  if (keys.length > 1) return `${number(keys.length)} API keys were not used for 80 days or more. IT Glue revokes the first of them ${when}.`;
  const whose = first.person === null ? `The API key of ${first.account}` : `${first.person}'s own API key for ${first.account}`;
  const since = first.watch.unused_days === null ? "for a long time" : `for ${count(first.watch.unused_days, "day")}`;
  return `${whose} was not used ${since}. IT Glue revokes it ${when}.`;
}

/** "280 of 300 requests left in these 5 minutes". */
export function requestsWords({ left, of }: RequestsLeft): string {
  return `${number(left)} of ${count(of, "request")} left in these 5 minutes`;
}

/** While IT Glue's limit, or Usher's share of it, is used up. */
export function pausedWords(seconds: number): string {
  return `Paused for ${number(seconds)} s: the limit is used up. Usher asks again by itself.`;
}

/** What a test of Password Access came to. The password itself was never looked at. */
export function accessVerdict(access: PasswordAccess): { good: boolean; title: string; text: string } {
  switch (access) {
    case "granted":
      return { good: true, title: "Password Access: yes.", text: "IT Glue gave out the record's password, which was thrown away unread." };
    case "missing":
      return { good: false, title: "Password Access: no.", text: "IT Glue gave no password out. Make a key with the Password Access box ticked, then replace this one." };
    default:
      return { good: false, title: "Password Access is still not known.", text: "The answer did not tell. Try another record." };
  }
}

/** Who works with a key of their own, by name. */
export function peopleWithKeys(keys: readonly PersonKeyRow[], all: boolean): string {
  const names = keys.map((key) => key.name);
  const last = names.pop();
  if (last === undefined) return all ? "Nobody: everybody works with the account's key" : "None: you work with the account's key";
  if (names.length === 0) return `${last} works with a key of their own`;
  return `${names.join(", ")} and ${last} work with keys of their own`;
}

/** What keys of people are good for. */
export const PERSON_KEYS_ABOUT =
  "A person who has a key of their own works with it instead of the account's key. To take somebody off is then to revoke one key, and IT Glue's own log names the person.";

/** Where a person's own key comes from. */
export function personKeyHint(name: string | null): string {
  return `Make it in IT Glue under Account (or Admin) → Settings → API Keys and name it after ${name ?? "the person"}, so that one can tell whose it is. Tick Password Access.`;
}

/** What removing it does, and what it does not. */
export function personKeyRemoval(name: string): string {
  return `From then on ${name} works with the account's key again. The key itself still works until you revoke it in IT Glue.`;
}

/** After a person's own key was checked and kept. */
export function personKeySaved(name: string, organizations: number | null): string {
  const sees = organizations === null ? "" : ` It can see ${count(organizations, "organization")}.`;
  return `${name} now works with a key of their own.${sees}`;
}

/** How a person's own key stands, in two or three words, and how it is coloured. */
export function personKeyState(key: PersonKeyRow): { text: string; tone: "good" | "warn" | "bad" | "plain" } {
  if (key.refused !== null) return { text: "Key refused", tone: "bad" };
  if (key.watch.flagged) return { text: "Unused", tone: "warn" };
  return key.watch.last_used === null ? { text: "Not used yet", tone: "plain" } : { text: "Key accepted", tone: "good" };
}

/** Since when a refused key is refused. */
export const refusedSince = (at: number | null): string => `Refused by IT Glue since ${onDay(at)}`;
