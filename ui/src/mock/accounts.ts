// The invented broker's accounts: every state of a key, and every verdict of a check.

import type { AccountRow, Code, Detail, KeyWatch, OrganizationRow, PersonKeyRow, PersonRow, Region, Reply, Request } from "../lib/api/gen";

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const NOW = Date.now();

const LABELS: Record<Region, string> = { us: "US / Global (api.itglue.com)", eu: "Europe (api.eu.itglue.com)", au: "Australia (api.au.itglue.com)" };

export const PEOPLE: PersonRow[] = ["Mara Lindqvist", "Jonas Brandt", "Tom Reyes", "Ines Okafor", "Pavel Novák", "Rosa Klein", "Dmitri Ivanov"].map((name, i) => ({ id: `h${i + 1}`, name, active: i < 5 }));

function watch(unusedMs: number | null): KeyWatch {
  if (unusedMs === null) return { last_used: null, unused_days: null, flagged: false, revoked_in_days: null };
  const days = Math.floor(unusedMs / DAY);
  return { last_used: NOW - unusedMs, unused_days: days, flagged: days >= 80, revoked_in_days: Math.max(0, 90 - days) };
}

const personKey = (person: PersonRow, unusedMs: number | null, refused: number | null = null): PersonKeyRow => ({ person: person.id, name: person.name, watch: watch(unusedMs), refused });

function account(id: string, name: string, region: Region, unusedMs: number | null, more: Partial<AccountRow> = {}): AccountRow {
  return {
    id,
    name,
    region,
    region_label: LABELS[region],
    password_access: "granted",
    last_accepted: unusedMs === null ? null : NOW - unusedMs,
    refused_since: null,
    watch: watch(unusedMs),
    keep_alive: false,
    requests: { left: 300, of: 300, paused_seconds: null },
    person_keys: [],
    administer: { may: "yes" },
    ...more,
  };
}

const [, JONAS, TOM] = PEOPLE as [PersonRow, PersonRow, PersonRow];

/** Two accounts of an ordinary day. */
export const ACCOUNTS: AccountRow[] = [
  account("a1", "Northstar IT", "eu", 12 * MIN, { requests: { left: 280, of: 300, paused_seconds: null }, keep_alive: true, person_keys: [personKey(JONAS, 2 * HOUR)] }),
  account("a2", "Northstar Sydney", "au", 3 * HOUR, { password_access: "missing", refused_since: NOW - 40 * MIN }),
];

/** Scene `accounts`: every state that a card knows. */
export const ALL_STATES: AccountRow[] = [
  account("a1", "Northstar IT", "eu", 12 * MIN, {
    requests: { left: 24, of: 300, paused_seconds: null },
    keep_alive: true,
    person_keys: [personKey(JONAS, 87 * DAY), personKey(TOM, 3 * DAY, NOW - 5 * HOUR)],
  }),
  account("a2", "Northstar Sydney", "au", 3 * HOUR, { password_access: "missing", refused_since: NOW - 40 * MIN }),
  account("a3", "Contoso Backup", "us", 84 * DAY, { password_access: "unknown" }),
  account("a4", "Fabrikam Managed", "us", 2 * MIN, { requests: { left: 0, of: 300, paused_seconds: 75 } }),
  account("a5", "Just added", "eu", null, { password_access: "unknown" }),
];

const failed = (code: Code, detail: Detail): Reply => ({ reply: "failed", failure: { code, detail } });
const field = (name: string, rule: "not_a_key" | "not_an_app_url"): Reply => failed("invalid", { of: "field", field: name, rule });

/** Words that a key can hold to get a verdict: type `ITG.proxy`, for example. */
function verdict(key: string, about: { account: string; region: Region; person: string | null }): Reply | null {
  if (!key.startsWith("ITG.")) return field("api_key", "not_a_key");
  if (key.includes("bad")) return failed("key_refused", { of: "account", may_replace: true, ask: [], ...about });
  if (key.includes("offline")) return failed("unreachable", { of: "plain" });
  if (key.includes("slow")) return failed("timed_out", { of: "plain" });
  if (key.includes("proxy")) return failed("untrusted_host", { of: "fault", fault: "it_glue_certificate" });
  if (key.includes("limit")) return failed("rate_limited", { of: "wait", seconds: 42 });
  if (key.includes("odd")) return failed("foreign_answer", { of: "fault", fault: "answer_malformed" });
  return null;
}

type Of<Ask extends Request["ask"]> = Extract<Request, { ask: Ask }>;
type AccountRequest = Of<"read_account_address" | "add_account" | "replace_key" | "check_account" | "test_password_access" | "set_person_key" | "remove_person_key" | "set_keep_alive">;

export class MockAccounts {
  rows: AccountRow[];
  #organizations: OrganizationRow[];
  #next = 1;

  constructor(rows: readonly AccountRow[], organizations: OrganizationRow[]) {
    this.rows = [...rows];
    this.#organizations = organizations;
  }

  answer(request: AccountRequest): Reply {
    if (request.ask === "read_account_address") return readAddress(request.text);
    if (request.ask === "add_account") return this.#add(request);
    const row = this.rows.find((one) => one.id === request.connection);
    if (row === undefined) return failed("not_found", { of: "not_found", what: "account" });
    switch (request.ask) {
      case "replace_key":
        return this.#replace(row, request.api_key);
      case "check_account":
        return this.#check(row);
      case "test_password_access":
        return this.#put({ ...row, password_access: row.password_access === "missing" ? "missing" : "granted" }, null);
      case "set_person_key":
        return this.#setPersonKey(row, request);
      case "remove_person_key":
        return this.#put({ ...row, person_keys: row.person_keys.filter((key) => key.person !== request.person) }, null);
      case "set_keep_alive":
        return this.#put({ ...row, keep_alive: request.on }, null);
    }
  }

  #add({ name, region, api_key }: Of<"add_account">): Reply {
    const refusal = verdict(api_key, { account: name, region, person: null });
    return refusal ?? this.#put(account(`a${10 + this.#next++}`, name, region, 0, { password_access: "unknown" }));
  }

  #replace(row: AccountRow, key: string): Reply {
    const refusal = verdict(key, { account: row.name, region: row.region, person: null });
    if (refusal !== null) return refusal;
    if (key.includes("other")) return this.#missing();
    return this.#used({ ...row, refused_since: null, password_access: "unknown" });
  }

  #missing(): Reply {
    const names = this.#organizations.slice(0, 20).map((row) => row.name);
    return failed("conflict", { of: "organizations", fault: "key_misses_organizations", names, count: 34 });
  }

  #check(row: AccountRow): Reply {
    if (row.refused_since === null) return this.#used(row);
    return failed("key_refused", { of: "account", account: row.name, region: row.region, may_replace: true, ask: [], person: null });
  }

  #setPersonKey(row: AccountRow, { person, api_key }: Of<"set_person_key">): Reply {
    const who = PEOPLE.find((one) => one.id === person);
    if (who === undefined) return failed("not_found", { of: "not_found", what: "person" });
    const refusal = verdict(api_key, { account: row.name, region: row.region, person: who.name });
    if (refusal !== null) return refusal;
    if (api_key.includes("other")) return this.#missing();
    const rest = row.person_keys.filter((key) => key.person !== person);
    return this.#put({ ...row, person_keys: [...rest, personKey(who, 0)] });
  }

  #used(row: AccountRow): Reply {
    const now = { ...watch(0), last_used: Date.now() };
    return this.#put({ ...row, last_accepted: Date.now(), watch: now });
  }

  #put(row: AccountRow, organizations: number | null = this.#organizations.length): Reply {
    const known = this.rows.some((one) => one.id === row.id);
    this.rows = known ? this.rows.map((one) => (one.id === row.id ? row : one)) : [...this.rows, row];
    return { reply: "account", account: row, organizations };
  }
}

function readAddress(text: string): Reply {
  const host = text.replace(/^https:\/\//, "").split("/")[0] ?? "";
  const found = /^[a-z\d-]+(\.(eu|au))?\.itglue\.com$/.exec(host);
  if (found === null) return field("account_address", "not_an_app_url");
  return { reply: "account_address", region: (found[2] ?? "us") as Region };
}
