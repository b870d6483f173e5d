import { describe, expect, it } from "vitest";
import type { AuditRow, Detail } from "../api/gen";
import { auditDetails, auditSentence } from "./audit";
import { highlight, notChoosable } from "./choice";
import { deniedReason } from "./denied";
import { ACCESS_WORDS, CODES, DENIED, DETAILS, DOINGS, ENDS, FAULTS, REGION_WORDS, RULES, STATES } from "./every";
import { failureMessage } from "./failure";
import { faultWords } from "./fault";
import { fieldMessage } from "./field";
import type { Message } from "./message";
import { passwordAccessWords, regionName } from "./names";
import { endMessage, endedWell, stateWords } from "./run";
import { ago, lasting } from "./time";

const SENTENCE = /^[A-Z“0-9].*[.:…]$/s;
const UNFINISHED = /undefined|null|\[object|does not know|_/;

/** A message that says what happened, what was not done, and what to do. */
function expectWhole(message: Message): void {
  expect(message.title.length).toBeGreaterThan(5);
  expect(message.title).not.toMatch(/\.$/);
  expect(message.text).toMatch(SENTENCE);
  expect(message.undone).toMatch(SENTENCE);
  expect(message.next).toMatch(SENTENCE);
  for (const text of [message.title, message.text, message.undone, message.next]) expect(text).not.toMatch(UNFINISHED);
}

describe("every failure has a whole message", () => {
  it.each(CODES)("code %s, whatever the person was doing", (code) => {
    for (const doing of DOINGS) expectWhole(failureMessage({ code, detail: { of: "plain" } }, doing));
  });

  it.each(DETAILS.map((detail) => [JSON.stringify(detail), detail] as const))("detail %s", (_, detail) => {
    for (const code of CODES) expectWhole(failureMessage({ code, detail }, "launch"));
  });

  it("different faults read differently", () => {
    expect(new Set(FAULTS.map((fault) => faultWords(fault).title)).size).toBe(FAULTS.length);
    expect(new Set(CODES.map((code) => failureMessage({ code, detail: { of: "plain" } }, "launch").title)).size).toBe(CODES.length);
  });
});

describe("a refused key", () => {
  const detail = (may_replace: boolean): Detail => ({ of: "account", account: "Northstar", region: "eu", may_replace, ask: ["Ada", "Grace"], person: null });

  it("lists region, key, addresses and plan, and where to look", () => {
    const message = failureMessage({ code: "key_refused", detail: detail(true) }, "launch");
    const causes = message.causes.join(" ");
    for (const word of ["region", "revoked", "IP addresses", "plan"]) expect(causes).toContain(word);
    expect(message.next).toContain("Settings → API Keys");
  });

  it("tells a person who may not replace it whom to ask, not how keys are made", () => {
    const message = failureMessage({ code: "key_refused", detail: detail(false) }, "launch");
    expect(message.next).toContain("Ada or Grace");
    expect(JSON.stringify(message)).not.toContain("API Keys");
    expect(message.causes).toEqual([]);
  });

  it("a key without Password Access is said in those words", () => {
    for (const may of [true, false]) {
      const message = failureMessage({ code: "no_password_access", detail: detail(may) }, "launch");
      expect(message.text).toContain("made without the Password Access box");
    }
  });
});

describe("faults", () => {
  it("a missing keyring names what to start, and that nothing is in clear", () => {
    const message = failureMessage({ code: "storage", detail: { of: "fault", fault: "keyring_missing" } }, "open");
    expect(message.next).toMatch(/gnome-keyring.*KWallet/);
    expect(message.undone).toBe("Nothing was stored in clear text.");
  });

  it.each(["vault_newer", "vault_corrupt", "vault_on_network"] as const)("%s: the file is never overwritten", (fault) => {
    expect(failureMessage({ code: "storage", detail: { of: "fault", fault } }, "open").undone).toContain("never overwrites");
  });

  it("a missing client names the packages", () => {
    const message = failureMessage({ code: "client_missing", detail: { of: "plain" } }, "launch");
    expect(message.next).toMatch(/freerdp2-x11 or freerdp3-x11/);
  });

  it("a rate limit with a known wait says how long", () => {
    expect(failureMessage({ code: "rate_limited", detail: { of: "wait", seconds: 12 } }, "list").next).toContain("12 seconds");
  });
});

describe("every other closed list has its words", () => {
  it.each(DENIED.map((why) => [JSON.stringify(why), why] as const))("denied %s", (_, why) => {
    expect(deniedReason(why)).toMatch(SENTENCE);
    expect(deniedReason(why)).not.toMatch(UNFINISHED);
  });

  it.each(RULES)("field rule %s", (rule) => {
    for (const field of ["host", "api_key", "unheard-of"]) expect(fieldMessage(field, rule)).toMatch(SENTENCE);
    expect(fieldMessage("host", rule)).not.toMatch(UNFINISHED);
  });

  it.each(ENDS.map((end) => [JSON.stringify(end), end] as const))("end %s", (_, end) => {
    const message = endMessage(end, "PRG-DC01", "PRG-DC01.corp");
    if (endedWell(end)) expect(message.title).toContain("PRG-DC01");
    else expectWhole(message);
  });

  it("states, regions and key facts", () => {
    for (const state of STATES) expect(stateWords(state)).toMatch(/^[A-Z]/);
    for (const region of REGION_WORDS) expect(regionName(region)).toMatch(/^[A-Z]/);
    for (const access of ACCESS_WORDS) expect(passwordAccessWords(access)).toMatch(/^(Yes|No|Not known yet)$/);
  });

  it("a refused password says since when it stands in IT Glue", () => {
    const end = { end: "host_refused", reason: "logon_failure", record: "Domain admin", changed: Date.UTC(2024, 4, 3, 12), choose_again: true, others: [], refusals: 1, typed: false } as const;
    expect(endMessage({ ...end, others: [] }, "PRG-DC01", "prg").text).toMatch(/Domain admin.*last changed in IT Glue on .*2024/);
  });
});

describe("the audit log reads as sentences", () => {
  const row = (what: string, outcome: string, details: AuditRow["details"] = []): AuditRow => ({ number: 1, at: 0, person: "Ada", what, on: "Domain admin", outcome, details, run: null });

  it("says what was done, and what was not", () => {
    expect(auditSentence(row("password_shown", "done"))).toBe("Ada showed the password of Domain admin");
    expect(auditSentence(row("password_shown", "intended"))).toBe("Ada was about to show the password of Domain admin");
    expect(auditSentence(row("password_shown", "denied"))).toBe("Ada was not allowed to show the password of Domain admin");
    expect(auditSentence(row("sign_in", "failed", [{ name: "record", value: "90017" }]))).toBe("Ada could not have a password fetched for Domain admin");
  });

  it("says of a sign-in without a record that the person typed it", () => {
    expect(auditSentence(row("sign_in", "intended", [{ name: "username", value: "CORP\\ada" }]))).toBe("Ada was about to sign in to Domain admin with what they typed");
    expect(auditSentence(row("sign_in", "denied"))).toBe("Ada was not allowed to sign in to Domain admin with what they typed");
    expect(auditSentence(row("sign_in", "intended", [{ name: "record", value: "90017" }]))).toBe("Ada was about to have a password fetched for Domain admin");
    expect(auditSentence(row("typed_by_person", "done"))).toBe("Ada typed a password themselves for Domain admin");
  });

  it("shows a word it does not know", () => {
    expect(auditSentence(row("moon_landed", "done"))).toBe("Ada moon landed · Domain admin");
  });

  it("prefers a record's name to its id, and durations to numbers", () => {
    const details = [{ name: "record", value: "90017" }, { name: "record_name", value: "CORP admin" }, { name: "lasted_s", value: "4320" }];
    expect(auditDetails(row("session_ended", "done", details))).toEqual(["record CORP admin", "lasted 1 h 12 min"]);
  });
});

describe("small words", () => {
  it("times", () => {
    const now = Date.UTC(2026, 10, 21);
    expect(ago(now - 20_000, now)).toBe("just now");
    expect(ago(now - 5 * 60_000, now)).toBe("5 min ago");
    expect(ago(now - 26 * 3_600_000, now)).toBe("yesterday");
    expect(lasting(7_260)).toBe("2 h 1 min");
  });

  it("highlights by what a person sees as one character, as the broker counts them", () => {
    expect(highlight("Zoe\u0308 \u{1F469}\u{200D}\u{1F4BB} x", [2, 6])).toEqual([
      { text: "Zo", match: false },
      { text: "e\u0308", match: true },
      { text: " \u{1F469}\u{200D}\u{1F4BB} ", match: false },
      { text: "x", match: true },
    ]);
    expect(highlight("🔑Zoë", [1, 3])).toEqual([
      { text: "🔑", match: false },
      { text: "Z", match: true },
      { text: "o", match: false },
      { text: "ë", match: true },
    ]);
  });

  it("archived, vaulted and unusable rows cannot be chosen for a launch", () => {
    const row = { id: "1", name: "a", username: "u", category: null, resource: null, changed: null, signs_in_as: "u", archived: false, vaulted: false, restricted: true, otp: true, matched: [] };
    expect(notChoosable(row, "launch")).toBeNull();
    expect(notChoosable({ ...row, archived: true }, "browse")).toMatch(SENTENCE);
    expect(notChoosable({ ...row, vaulted: true }, "browse")).toMatch(SENTENCE);
    expect(notChoosable({ ...row, signs_in_as: null }, "launch")).toMatch(SENTENCE);
    expect(notChoosable({ ...row, signs_in_as: null }, "browse")).toBeNull();
  });
});
