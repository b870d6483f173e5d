import { describe, expect, it } from "vitest";
import type { PersonCard, RotationRow } from "../api/gen";
import { AUDIT_WORDS, auditDetails, auditSentence } from "./audit";
import { LOCK_WHYS, doorMessage, keyringMessage, lockedWhy, noteWords, pinLaterWords } from "./door";
import { APPROVALS, CODES, DETAILS, DOORS, KEYRINGS, NOTES, PINS, ROTATION_WHYS, STANDINGS, TICKETS } from "./every";
import { OFFBOARD_ABOUT, personAbout, personState, standingWord } from "./people";
import { REPORT_CAME, REPORT_DEEDS, reportCame, reportDeed } from "./report";
import { approvalAbout, approvalName, driftNotice, keepsWords, lockAbout, reachWords, rightsWords, ticketName } from "./rights";
import { rotationCells, rotationWhy } from "./rotation";
import { STRENGTH_SUGGESTIONS, STRENGTH_WARNINGS, strengthAdvice, strengthWord } from "./strength";
import { undoneWords } from "./undo";
import { LOG_FAULTS, verdictMessage } from "./verdict";
import { reasonOf } from "./denied";

const SENTENCE = /^[A-Z].*\.$/s;
const UNFINISHED = /undefined|null|\[object|does not know|_/;

describe("every closed list of the vault has its words", () => {
  it.each(DOORS)("every failure at the door: %s", (at) => {
    for (const code of CODES) {
      for (const detail of [{ of: "plain" } as const, ...DETAILS]) {
        const message = doorMessage({ code, detail }, at);
        expect(message.title).not.toMatch(UNFINISHED);
        expect(message.undone).toMatch(SENTENCE);
        expect(message.next).toMatch(SENTENCE);
      }
    }
  });

  it("why it was locked, notes, keyring", () => {
    const said = [...LOCK_WHYS.map(lockedWhy), ...NOTES.map((note) => noteWords(note).text)];
    for (const text of said) expect(text).toMatch(SENTENCE);
    expect(new Set(said).size).toBe(said.length);
    const titles = KEYRINGS.map((state) => keyringMessage(state)?.title ?? "ok");
    expect(new Set(titles).size).toBe(KEYRINGS.length);
    expect(keyringMessage("ok")).toBeNull();
    for (const state of KEYRINGS) expect(keyringMessage(state)?.next ?? "Fine.").toMatch(SENTENCE);
  });

  it("standings, reasons of a rotation, approval, tickets", () => {
    for (const words of [STANDINGS.map(standingWord), ROTATION_WHYS.map(rotationWhy), APPROVALS.map(approvalName), APPROVALS.map(approvalAbout), TICKETS.map(ticketName)]) {
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).not.toMatch(UNFINISHED);
    }
  });

  it("what zxcvbn says, in whichever case its words come", () => {
    for (const word of [...STRENGTH_WARNINGS, ...STRENGTH_SUGGESTIONS]) {
      const camel = word.replaceAll(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
      for (const spelt of [word, camel]) expect(strengthAdvice({ score: 1, enough: false, guesses_log10: 3, warning: spelt, suggestions: [] })).toMatch(SENTENCE);
    }
    expect(strengthAdvice({ score: 1, enough: false, guesses_log10: 3, warning: "a_new_word", suggestions: [] })).toContain("Make it longer");
    const digits = { score: 4, enough: false, guesses_log10: 20, warning: null, suggestions: [] };
    expect([strengthWord(digits), strengthAdvice(digits)]).toEqual(["Looks like a PIN", "A passphrase needs more than digits."]);
    expect(strengthAdvice({ score: 4, enough: true, guesses_log10: 30, warning: null, suggestions: [] })).toBe("");
  });
});

describe("at the door", () => {
  it("a wrong try reads by what was tried, and never says which part was wrong", () => {
    const titles = DOORS.map((at) => doorMessage({ code: "locked", detail: { of: "fault", fault: "wrong_passphrase" } }, at).title);
    expect(new Set(titles)).toEqual(new Set(["The passphrase is not right", "The PIN is not right", "The enrolment code does not open the vault", "The recovery kit does not open the vault", "The passphrase or PIN is not right"]));
  });

  it("a PIN that is not offered has its reason, and one that is has none", () => {
    const said = PINS.map((pin) => [pin, pinLaterWords(pin)] as const);
    expect(said.filter(([, words]) => words === null).map(([pin]) => pin)).toEqual(["none", "opens"]);
    const reasons = said.flatMap(([, words]) => words ?? []);
    expect(new Set(reasons).size).toBe(2);
    for (const words of reasons) expect(words).toMatch(SENTENCE);
  });

  it("what is only asked for on the way does not disable a control", () => {
    expect(reasonOf({ may: "no", why: { missing: "passphrase" } })).toBeNull();
    expect(reasonOf({ may: "no", why: { missing: "ticket" } })).toBeNull();
    expect(reasonOf({ may: "no", why: { missing: "administrator" } })).toMatch(SENTENCE);
  });

  it("what a read-only vault holds shut is disabled with that reason", () => {
    expect(reasonOf({ may: "no", why: { missing: "read_only" } })).toBe("The vault is open read-only, as it was found.");
  });
});

describe("people and rights", () => {
  const card = (more: Partial<PersonCard>): PersonCard => ({ id: "h", name: "Ada", administrator: false, standing: "active", invited_until: null, enrolled: false, has_pin: false, has_recovery_kit: false, groups: [], last_unlocked: null, you: false, ...more });

  it("an invitation ends", () => {
    expect(personAbout(card({ invited_until: 10 }), 5)).toMatch(/^Has not come in yet · code good until /);
    expect(personAbout(card({ invited_until: 10 }), 15)).toMatch(/ code was good until /);
    expect(personState(card({ invited_until: 10 }), 5).text).toBe("Invited");
    expect(personState(card({ invited_until: 10 }), 15).text).toBe("Invitation expired");
    expect(personState(card({ enrolled: true }), 15).text).toBe("Active");
    expect(personState(card({ enrolled: true, standing: "disabled" }), 15).text).toBe("Disabled");
  });

  it("a list of passwords is said to be one, and no cell of the list is blank", () => {
    const row = (more: Partial<RotationRow>): RotationRow => ({ organization: "Contoso", password: "Servers", list: false, entry: "Some", why: "could_pick", last: null, ...more });
    const said = (more: Partial<RotationRow>): [string, boolean] => {
      const { password, named } = rotationCells(row(more));
      return [password, named];
    };
    const unnamed = "; IT Glue could not be asked for their names";
    expect(said({ password: "", list: true })).toEqual([`Any password of the list of Contoso${unnamed}`, false]);
    expect(said({ list: true })).toEqual([`Any password of the list of Contoso in the category Servers${unnamed}`, false]);
    expect(said({})).toEqual(["Servers", true]);
    expect(said({ password: "", why: "launched" })).toEqual(["One whose name is not on record", false]);
    for (const why of ROTATION_WHYS) {
      const cells = rotationCells(row({ organization: "", password: "", entry: "", why }));
      for (const text of [cells.organization, cells.password, cells.entry, cells.why]) expect(text).toMatch(/^[A-Z]/);
    }
  });

  it("offboarding and locking promise what they do, and no more", () => {
    expect(OFFBOARD_ABOUT).not.toMatch(/favourite/i);
    expect(OFFBOARD_ABOUT).toMatch(SENTENCE);
    for (const entries of [1, 214]) {
      expect(lockAbout({ entries, people: [] })).toMatch(SENTENCE);
      expect(lockAbout({ entries, people: [] })).not.toMatch(/of their own/);
    }
  });

  it("reach, rights and drift are counted", () => {
    expect(reachWords({ people: Array.from({ length: 8 }, String), passwords: 214, organization: "Contoso" })).toBe("8 people can sign in with any of 214 passwords of Contoso.");
    expect(reachWords({ people: ["Ada"], passwords: null, organization: "Contoso" })).toBe("1 person can sign in with any password in the list of Contoso.");
    expect(["administrator", "outside_scope", "Leads"].map((because) => keepsWords({ on: "DC01", rights: ["edit"], because }))).toEqual(["Edit on DC01, as an administrator", "Edit on DC01, which lies outside of what is locked", "Edit on DC01, given to Leads"]);
    expect(rightsWords([])).toBe("Nothing");
    expect(rightsWords(["view", "view_password", "edit"])).toBe("View, View password and Edit");
    expect([driftNotice(1), driftNotice(3)]).toEqual(["With 1 IT Glue entry, technicians can do more than launch.", "With 3 IT Glue entries, technicians can do more than launch."]);
  });
});

describe("the audit log", () => {
  it("has a sentence for each word, done or not", () => {
    for (const { id, label } of AUDIT_WORDS) {
      expect(label).toMatch(/^[A-Z][^_{}]+$/);
      for (const outcome of ["done", "intended", "denied", "refused", "failed"]) {
        expect(auditSentence({ number: 1, at: 0, person: "Ada", what: id, on: "DC01", outcome, details: [], run: null })).toMatch(/^Ada [a-z]/);
      }
    }
  });

  it("a verdict names the first bad row, and says what is not signed", () => {
    const good = verdictMessage({ rows: 412, good: true, first_bad: null, fault: null, signed_to: 409, unsigned: 3, anchored: true });
    expect([good.tone, good.text]).toEqual(["good", expect.stringContaining("newest 3 are not signed yet")]);
    for (const anchored of [false, null]) {
      const unsure = verdictMessage({ rows: 412, good: true, first_bad: null, fault: null, signed_to: 409, unsigned: 3, anchored });
      expect(unsure.text).toContain("rows at the end may be missing");
    }
    expect(good.text).not.toContain("may be missing");
    for (const fault of [...LOG_FAULTS, "a_new_word", null]) {
      const bad = verdictMessage({ rows: 412, good: false, first_bad: 407, fault, signed_to: 406, unsigned: 6, anchored: true });
      expect(bad.tone).toBe("bad");
      expect(bad.text).toContain("It begins at row 407.");
      expect(bad.text).not.toMatch(UNFINISHED);
    }
  });

  it("a client report has words of its own for each deed and for what came of it, a new word too", () => {
    const deeds = REPORT_DEEDS.map(reportDeed);
    const came = REPORT_CAME.map((word) => reportCame(word).text);
    expect([deeds.length, came.length]).toEqual([4, 7]);
    for (const words of [deeds, came]) {
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).toMatch(/^[A-Z][^_]+$/);
    }
    expect([reportCame("signed_in").text, reportCame("open").text, reportCame("moon_landed").text, reportDeed("moon_landed")]).toEqual(["Signed in", "Not known", "Moon landed", "Moon landed"]);
  });

  it("facts read as people say them", () => {
    const said = (name: string, value: string): string[] => auditDetails({ number: 1, at: 0, person: "Ada", what: "launch", on: "x", outcome: "done", details: [{ name, value }], run: null });
    expect(said("fields", "name,allowed_hosts")).toEqual(["changed name, allowed hosts"]);
    expect(said("ticket", "INC1")).toEqual(["ticket INC1"]);
    expect(said("ticket_reason", "Patch")).toEqual(["“Patch”"]);
    expect(said("rights", "view,view_password")).toEqual(["view, view password"]);
    expect(said("undone", "session_deleted")).toEqual(["The deletion of a session"]);
    expect(said("administrator", "false")).toEqual(["no administrator"]);
    expect(said("from", "Contoso")).toEqual(["from Contoso"]);
    expect(said("to", "1700000000000")[0]).toMatch(/^to .*2023/);
    expect([said("rotate", "1"), said("report_rows", "7"), said("organization_id", "all")]).toEqual([["1 password to change"], ["7 rows in the report"], ["all organizations"]]);
    expect(said("moon_phase", "full")).toEqual(["moon phase full"]);
  });

  it("what was taken back is said, a new word too", () => {
    expect(undoneWords("session_deleted")).toBe("The deletion of a session.");
    expect(undoneWords("moon_landed")).toBe("moon landed.");
  });
});
