import { describe, expect, it } from "vitest";
import type { AccountRow, Detail, Fault, KeyWatch, PersonKeyRow } from "../api/gen";
import { accessVerdict, addressRead, lastUsed, peopleWithKeys, personKeySaved, personKeyState, requestsWords, unusedKeys, unusedNotice, unusedWarning } from "./account";
import { auditDetails, auditSentence } from "./audit";
import { choiceNote } from "./choice";
import { ACCESS_WORDS, REGION_WORDS } from "./every";
import { failureMessage } from "./failure";
import { regionName } from "./names";
import { waitingWhy, waitingWords } from "./waiting";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21);
const SENTENCE = /^[A-Z].*\.$/s;

function watch(days: number | null): KeyWatch {
  if (days === null) return { last_used: null, unused_days: null, flagged: false, revoked_in_days: null };
  return { last_used: NOW - days * DAY, unused_days: days, flagged: days >= 80, revoked_in_days: Math.max(0, 90 - days) };
}
const key = (name: string, days: number | null, refused: number | null = null): PersonKeyRow => ({ person: name, name, watch: watch(days), refused });
const account = (name: string, days: number, more: Partial<AccountRow> = {}): AccountRow =>
  ({ name, watch: watch(days), person_keys: [], administer: { may: "yes" }, ...more }) as AccountRow;

describe("regions", () => {
  it("are told apart by the host their keys are for", () => {
    expect(regionName("us")).toBe("US / Global (api.itglue.com)");
    const hosts = REGION_WORDS.map((region) => /\((api\..*itglue\.com)\)$/.exec(regionName(region))?.[1]);
    expect(hosts).toEqual(["api.itglue.com", "api.eu.itglue.com", "api.au.itglue.com"]);
  });

  it("a pasted address says what it chose, and where it cannot choose", () => {
    const read = { host: "contoso.eu.itglue.com", region: "eu" } as const;
    expect(addressRead(read, null)).toEqual({ good: true, text: "Region chosen from contoso.eu.itglue.com." });
    expect(addressRead(read, "eu").good).toBe(true);
    const other = addressRead(read, "us");
    expect([other.good, other.text]).toEqual([false, expect.stringContaining("Add another account for it.")]);
  });
});

describe("a key that is not used", () => {
  it("is said only where it is flagged, with the day it ends", () => {
    expect(unusedWarning(watch(79))).toBeNull();
    expect(unusedWarning(watch(84))).toMatch(/^Not used for 84 days\..*90 days.*in 6 days\.$/);
    expect(unusedWarning(watch(89))).toContain("tomorrow");
    expect(unusedWarning(watch(95))).toContain("any moment, if it has not yet");
    expect(lastUsed(watch(null), NOW)).toBe("Never used yet");
  });

  it("stands in a notice for those who administer the account, a person's own key too", () => {
    const rows = [account("Northstar", 84, { person_keys: [key("Ada", 87), key("Grace", 2)] }), account("Sydney", 10)];
    expect(unusedKeys(rows).map((one) => one.person)).toEqual(["Ada", null]);
    const others = rows.map((row) => ({ ...row, administer: { may: "no", why: { missing: "administrator" } } as const }));
    expect(unusedKeys(others)).toEqual([]);
  });

  it("the notice names one key, counts several, and says when the first ends", () => {
    const [first, second] = unusedKeys([account("Northstar", 84), account("Sydney", 88)]);
    expect(first?.account).toBe("Sydney");
    if (first === undefined || second === undefined) throw new Error("two keys are flagged");
    expect(unusedNotice([second])).toBe("The API key of Northstar was not used for 84 days. IT Glue revokes it in 6 days.");
    expect(unusedNotice([{ ...second, person: "Ada" }])).toMatch(/^Ada's own API key for Northstar /);
    expect(unusedNotice([first, second])).toBe("2 API keys were not used for 80 days or more. IT Glue revokes the first of them in 2 days.");
    expect(unusedNotice([])).toBe("");
  });
});

describe("the account's card", () => {
  it("requests left", () => {
    expect(requestsWords({ left: 280, of: 300, paused_seconds: null })).toBe("280 of 300 requests left in these 5 minutes");
  });

  it("each outcome of a test of Password Access has its words, and only yes is good", () => {
    const verdicts = ACCESS_WORDS.map((access) => [access, accessVerdict(access)] as const);
    expect(verdicts.filter(([, verdict]) => verdict.good).map(([access]) => access)).toEqual(["granted"]);
    expect(new Set(verdicts.map(([, verdict]) => verdict.title)).size).toBe(ACCESS_WORDS.length);
    for (const [, { text }] of verdicts) expect(text).toMatch(SENTENCE);
    expect(accessVerdict("granted").text).toContain("thrown away unread");
  });

  it("people by name, and nothing said of others to those who see only themselves", () => {
    expect(peopleWithKeys([], true)).toContain("Nobody");
    expect(peopleWithKeys([], false)).toContain("you work with the account's key");
    expect(peopleWithKeys([key("Ada", 1)], true)).toBe("Ada works with a key of their own");
    expect(peopleWithKeys([key("Ada", 1), key("Grace", 1), key("Mary", 1)], true)).toBe("Ada, Grace and Mary work with keys of their own");
  });

  it("a person's key: refused before unused, unused before accepted", () => {
    expect(personKeyState(key("Ada", 85, NOW)).tone).toBe("bad");
    expect(personKeyState(key("Ada", 85)).tone).toBe("warn");
    expect(personKeyState(key("Ada", 1)).tone).toBe("good");
    expect(personKeyState(key("Ada", null)).tone).toBe("plain");
    expect(personKeySaved("Ada", 1)).toBe("Ada now works with a key of their own. It can see 1 organization.");
    expect(personKeySaved("Ada", null)).toBe("Ada now works with a key of their own.");
  });
});

describe("verdicts of a check", () => {
  const fault = (one: Fault): Detail => ({ of: "fault", fault: one });

  it("an untrusted certificate: a proxy is in the way, and nothing was sent", () => {
    const message = failureMessage({ code: "untrusted_host", detail: fault("it_glue_certificate") }, "save");
    expect(message.text).toContain("proxy or web filter");
    expect(message.undone).toMatch(/^Nothing was sent/);
    expect(message.next).toContain("api.eu.itglue.com");
  });

  it("a refused key says in which region it was asked, and whose it is", () => {
    const detail: Detail = { of: "account", account: "Northstar", region: "au", may_replace: true, ask: [], person: null };
    expect(failureMessage({ code: "key_refused", detail }, "save").text).toContain("in the region Australia (api.au.itglue.com)");
    const own = failureMessage({ code: "key_refused", detail: { ...detail, person: "Ada", may_replace: false, ask: ["Grace"] } }, "list");
    expect(own.text).toContain("Ada's own API key");
    expect(own.next).toContain("Grace");
  });

  it("each reads differently", () => {
    const all = [
      failureMessage({ code: "key_refused", detail: { of: "plain" } }, "account"),
      failureMessage({ code: "unreachable", detail: { of: "plain" } }, "account"),
      failureMessage({ code: "timed_out", detail: { of: "plain" } }, "account"),
      failureMessage({ code: "rate_limited", detail: { of: "wait", seconds: 42 } }, "account"),
      failureMessage({ code: "foreign_answer", detail: fault("answer_malformed") }, "account"),
      failureMessage({ code: "foreign_answer", detail: fault("server_fault") }, "account"),
      failureMessage({ code: "untrusted_host", detail: fault("it_glue_certificate") }, "account"),
    ];
    expect(new Set(all.map((message) => message.title)).size).toBe(all.length);
    expect(all[3]?.next).toBe("Try again in 42 seconds.");
  });
});

describe("the list that waits", () => {
  it("says for how long and how far it is", () => {
    expect(waitingWords(40, { loaded: 1000, total: 3000 })).toBe("Waiting for IT Glue: 40 s (1,000 of 3,000 loaded)");
    expect(waitingWords(40, { loaded: 0, total: null })).toBe("Waiting for IT Glue: 40 s (nothing loaded yet)");
    expect(waitingWords(1, { loaded: 50, total: null })).toBe("Waiting for IT Glue: 1 s (50 loaded)");
  });

  it("offers to choose meanwhile only where there is something to choose", () => {
    expect(waitingWhy(1000)).toContain("choose meanwhile");
    expect(waitingWhy(0)).not.toContain("choose meanwhile");
    for (const loaded of [0, 1000]) expect(waitingWhy(loaded)).toMatch(/Cancel closes it\.$/);
  });
});

describe("rows that come without something", () => {
  const row = { id: "1", name: "a", username: "u", category: null, resource: null, changed: null, signs_in_as: "u", archived: false, vaulted: false, restricted: false, otp: false, matched: [] };

  it("vaulted: IT Glue itself cannot decrypt it; OTP: no seed is handed out", () => {
    expect(choiceNote(row, "launch")).toBeNull();
    expect(choiceNote({ ...row, otp: true }, "launch")).toContain("does not hand out OTP seeds");
    expect(choiceNote({ ...row, otp: true, vaulted: true }, "browse")).toContain("IT Glue itself cannot decrypt");
  });
});

describe("accounts in the audit log", () => {
  const sentence = (what: string, outcome = "done"): string => auditSentence({ number: 1, at: 0, person: "Ada", what, on: "Northstar", outcome, details: [], run: null });

  it.each(["password_access_tested", "person_key_set", "person_key_removed", "keep_alive_on", "keep_alive_off", "kept_alive"])("%s is a sentence, done or not", (what) => {
    for (const outcome of ["done", "failed"]) {
      expect(sentence(what, outcome)).toMatch(/^Ada .*Northstar/);
      expect(sentence(what, outcome)).not.toContain("·");
    }
  });

  it("a test that found no Password Access is not said to have gone wrong", () => {
    expect(sentence("password_access_tested", "refused")).toBe("Ada tested the Password Access of Northstar: there is none");
    expect(sentence("password_access_tested", "failed")).toMatch(/could not/);
  });

  it("names the person a key is for", () => {
    const details = [{ name: "person", value: "Grace" }];
    expect(auditDetails({ number: 1, at: 0, person: "Ada", what: "person_key_set", on: "Northstar", outcome: "done", details, run: null })).toEqual(["for Grace"]);
  });
});
