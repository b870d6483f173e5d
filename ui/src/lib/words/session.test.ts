import { describe, expect, it } from "vitest";
import type { CertificateRow, CredentialRow, HostLook, RunEnd, SessionRow } from "../api/gen";
import { BY_HAND_STEPS, clockWords, overText } from "./byhand";
import { bytesWords } from "./bytes";
import { changeWords, dayTrouble, fingerprintGroups, lookWords, takesWords } from "./certificate";
import { waitingSessions } from "./door";
import { STATES, TAKES, USER_NAME_FAULTS } from "./every";
import { NOTHING_SET, notYet } from "./rdp";
import { endMessage, runningAbout, signInAgainText, stateAbout } from "./run";
import { signsIn, userNameWords } from "./signin";

const SENTENCE = /^[A-Z0-9].*\.$/s;
const UNFINISHED = /undefined|null|\[object|does not know|_/;
const DAY = 86_400_000;
const certificate = (more: Partial<CertificateRow> = {}): CertificateRow => ({ subject: "CN=dc01", issuer: "CN=dc01", sha256: "ab".repeat(32), not_before: 100 * DAY, not_after: 300 * DAY, publicly_trusted: false, ...more });

describe("a host's certificate", () => {
  it("is said in groups of four digits", () => {
    expect(fingerprintGroups("ab".repeat(32))).toEqual(Array.from({ length: 16 }, () => "abab"));
  });

  it.each([
    [99, "Not valid yet"],
    [100, null],
    [300, null],
    [301, "Expired"],
  ])("on day %i: %s", (day, trouble) => {
    expect(dayTrouble(certificate(), day * DAY)).toBe(trouble);
  });

  it("that changed is judged by name and days", () => {
    const shown = certificate({ not_before: 200 * DAY });
    expect(changeWords(certificate(), shown)).toMatch(/newer one for the same name.*six months/);
    expect(changeWords(shown, certificate())).toMatch(/not newer/);
    expect(changeWords(certificate(), certificate())).toMatch(/not newer/);
    expect(changeWords(certificate(), certificate({ subject: "CN=evil", not_before: 200 * DAY }))).toContain("“CN=evil” instead of “CN=dc01”");
  });

  it("has words of its own for each verdict, and says plainly where there is no NLA", () => {
    const looks: Exclude<HostLook, { is: "unreachable" }>[] = [
      { is: "trusted", certificate: certificate(), takes: "nla" },
      { is: "public", certificate: certificate(), takes: "nla" },
      { is: "unknown", shown: certificate(), takes: "nla", trust: { may: "yes" }, ask: [] },
      { is: "changed", shown: certificate(), before: certificate(), takes: "nla", trust: { may: "yes" }, ask: [] },
    ];
    const said = looks.map(lookWords);
    expect(new Set(said.map((words) => words.badge)).size).toBe(4);
    expect(said.map((words) => words.tone)).toEqual(["good", "good", "warn", "bad"]);
    for (const { text } of said) expect(text).toMatch(SENTENCE);
    expect(TAKES.map(takesWords)).toEqual([expect.stringContaining("(NLA)"), expect.stringContaining("Inside TLS")]);
    expect(takesWords("tls")).toContain("(no NLA)");
  });
});

describe("whom a session signs in as", () => {
  const session = (from: "linked" | "ask_me"): SessionRow => ({ credentials: from === "linked" ? { from, credential: "c1" } : { from } }) as SessionRow;
  const entry = (more: Partial<CredentialRow>): CredentialRow => ({ target: { kind: "specific", password: "9", name: "a", username: null }, signs_in_as: null, user_name: null, ...more }) as CredentialRow;

  it("is known of one password, and else when it will be", () => {
    expect(signsIn(session("linked"), entry({ signs_in_as: "CORP\\adm" }))).toEqual({ as: "CORP\\adm" });
    expect(signsIn(session("linked"), entry({}))).toEqual({ text: "Not known before the launch", tone: "soft" });
    expect(signsIn(session("linked"), entry({ target: { kind: "always_prompt_with_list", category: null } }))).toMatchObject({ text: expect.stringContaining("choose") });
    expect(signsIn(session("ask_me"), undefined)).toMatchObject({ text: expect.stringContaining("type") });
    expect(signsIn(session("linked"), undefined)).toBeNull();
  });

  it("is nobody where the user name cannot be used, and why is said", () => {
    const words = USER_NAME_FAULTS.map(userNameWords);
    expect(new Set(words).size).toBe(USER_NAME_FAULTS.length);
    for (const word of words) expect(word).toMatch(/^Nobody: .*IT Glue.*\.$/);
    expect(signsIn(session("linked"), entry({ user_name: "empty", signs_in_as: null }))).toEqual({ text: words[0], tone: "warn" });
  });

  it("what no launch can do yet is said before it", () => {
    expect(notYet(NOTHING_SET)).toBeNull();
    const both = notYet({ ...NOTHING_SET, kerberos: true, gateway: "rdgw.example" });
    expect([both?.text, both?.undone]).toEqual([expect.stringContaining("Kerberos and the RD Gateway rdgw.example"), "Usher says so at launch and sends nothing."]);
    expect(notYet({ ...NOTHING_SET, gateway: "rdgw.example" })?.text).not.toContain("Kerberos");
  });
});

describe("a session that runs", () => {
  it.each([
    [undefined, "–"],
    [null, "–"],
    [0, "0 B"],
    [840, "840 B"],
    [999_499, "999 kB"],
    [12_345, "12 kB"],
    [3_440_000, "3.4 MB"],
    [348_000_000, "348 MB"],
    [2_500_000_000, "2.5 GB"],
    [9_000_000_000_000_000, "9000 TB"],
  ])("%s bytes are %s", (bytes, words) => {
    expect(bytesWords(bytes)).toBe(words);
  });

  it("says what a state means that is not the usual one", () => {
    const said = STATES.filter((state) => state.state !== "ended").map((state) => [state.state, stateAbout({ state, by_hand: false })] as const);
    expect(said.filter(([, about]) => about === null).map(([state]) => state)).toEqual(["signing_in", "active"]);
    for (const [, about] of said) expect(about ?? "Fine.").toMatch(SENTENCE);
    expect(stateAbout({ state: { state: "waiting_for_client" }, by_hand: true })).toContain("by hand");
    expect([0, 1, 3].map(runningAbout)).toEqual(["No session runs.", expect.stringMatching(/^1 session runs\./), expect.stringMatching(/^3 sessions run\./)]);
    for (const word of ["fetches the password anew", "same desktop", "lock screen", "audit log"]) expect(signInAgainText("DC01", "dc01")).toContain(word);
  });

  it("that fails after a sign-in does not claim that no password was sent", () => {
    const end: RunEnd = { end: "failed", failure: { code: "refused_by_host", detail: { of: "fault", fault: "host_redirects" } } };
    expect([false, true].map((begun) => endMessage(end, "DC01", "dc01", begun).undone)).toEqual(["The session was not started and no password was sent.", "The session is over. No further password was sent."]);
  });

  it.each(["certificate_changed", "too_many_attempts"] as const)("that ends with %s after a sign-in does not claim so either", (end) => {
    const [before, after] = [false, true].map((begun) => endMessage({ end }, "DC01", "dc01", begun).undone);
    expect(before).toMatch(/^(Nothing was|No password was)/);
    expect(after).toMatch(/^You had been signed in before/);
  });

  it("waits for an unlock without saying whose it is", () => {
    expect([0, 1, 3].map(waitingSessions)).toEqual([null, "A session waits for you to unlock.", "3 sessions wait for you to unlock."]);
  });

  it("by hand: what to do where, and what is left of the time", () => {
    expect([clockWords(120), clockWords(9), clockWords(61)]).toEqual(["2:00", "0:09", "1:01"]);
    expect(BY_HAND_STEPS.map((step) => step.client)).toEqual(["Remmina", "mstsc", "Windows App"]);
    for (const { steps } of BY_HAND_STEPS) expect(steps).toMatch(SENTENCE);
    expect(overText(120)).toMatch(/within 120 seconds.*No password was fetched or sent\.$/);
  });
});

describe("a host that refuses", () => {
  const end = (refusals: number, reason = "logon_failure", typed = false): RunEnd => ({ end: "host_refused", reason, record: typed ? "" : "Domain admin", changed: null, choose_again: false, others: [], refusals, typed });
  const warning = /refused this account (twice|3 times) within 10 minutes/;

  it("warns of a lock-out from the second time on, and not before", () => {
    expect(endMessage(end(1), "DC01", "dc01").next).not.toMatch(warning);
    expect(endMessage(end(2), "DC01", "dc01").next).toContain("The host has refused this account twice within 10 minutes; another wrong try may lock it.");
    expect(endMessage(end(2), "DC01", "dc01").title).toContain("may be locked out");
    expect(endMessage(end(3), "DC01", "dc01").next).toContain("3 times");
    expect(endMessage(end(2, "account_unusable"), "DC01", "dc01").next).toContain("may be locked already");
  });

  it("says of what was typed that it is forgotten, and names no record", () => {
    const typed = endMessage(end(1, "logon_failure", true), "DC01", "dc01");
    expect([typed.text, typed.undone]).toEqual(["dc01 refused what you typed: the user name or password is wrong.", "You are not signed in. What you typed is forgotten."]);
    for (const text of Object.values(typed)) expect(String(text)).not.toMatch(UNFINISHED);
    expect(typed.next).not.toContain("IT Glue");
    expect(endMessage(end(1), "DC01", "dc01").undone).toContain("without your click");
  });
});
