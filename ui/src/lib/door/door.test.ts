import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { Detail, Door, DoorPerson, Strength } from "../api/gen";

const broker = vi.hoisted(() => ({ door: vi.fn(), createVault: vi.fn(), unlock: vi.fn(), passphraseStrength: vi.fn() }));
vi.mock("../api/door", () => broker);

const { Doorway } = await import("./doorway.svelte");
const { Unlock } = await import("./unlock.svelte");
const { Founding } = await import("./found.svelte");

const secret = (): string => `${crypto.randomUUID()} ${crypto.randomUUID()}`;
const KIT = secret();
const person = (id: string, more: Partial<DoorPerson> = {}): DoorPerson => ({ id, name: id.toUpperCase(), pin: "none", invited: false, wait_seconds: 0, ...more });
const door = (more: Partial<Door> = {}): Door => ({ state: "locked", people: [person("ada"), person("grace", { pin: "opens" }), person("mary", { invited: true })], keyring: "ok", damage: null, test_build: false, waiting: 0, path: "/v", ...more });
const opened = (recovery_kit: string | null = null) => ({ recovery_kit, read_only: false, notes: [] });
const strong: Strength = { score: 4, enough: true, guesses_log10: 20, warning: null, suggestions: [] };
const locked = (detail: Detail): Refusal => new Refusal({ code: "locked", detail });
const WRONG = locked({ of: "fault", fault: "wrong_passphrase" });
const DAMAGED = new Refusal({ code: "storage", detail: { of: "damage", fault: "vault_damaged", table: "grant", row: "7", read_only_offered: true } });

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  broker.door.mockResolvedValue(door());
  broker.unlock.mockResolvedValue(opened());
  broker.createVault.mockResolvedValue(opened(KIT));
  broker.passphraseStrength.mockResolvedValue(strong);
});
afterEach(() => vi.useRealTimers());

describe("the page before the vault", () => {
  it.each([["none", "create"], ["old", "upgrade"], ["locked", "unlock"]] as const)("a vault that is %s: %s", async (state, at) => {
    broker.door.mockResolvedValue(door({ state }));
    const doorway = new Doorway(() => undefined);
    await doorway.look();
    expect(doorway.page.at).toBe(at);
  });

  it("that cannot be looked at says so, and can be tried again", async () => {
    broker.door.mockRejectedValueOnce(new Refusal({ code: "storage", detail: { of: "fault", fault: "vault_on_network" } }));
    const doorway = new Doorway(() => undefined);
    await doorway.look("idle");
    expect(doorway.page.at).toBe("failed");
    await doorway.look();
    expect([doorway.page.at, doorway.why]).toEqual(["unlock", "idle"]);
  });

  it("says when a session comes to wait for an unlock, and keeps what is being typed", async () => {
    const doorway = new Doorway(() => undefined);
    await doorway.look("idle");
    const { page } = doorway;
    doorway.setWaiting(2);
    expect([doorway.door?.waiting, doorway.door?.people.length, doorway.page === page]).toEqual([2, 3, true]);
    doorway.setWaiting(0);
    expect(doorway.door?.waiting).toBe(0);
  });

  it("a new vault: the recovery kit stands before the way in until it is written down", async () => {
    broker.door.mockResolvedValue(door({ state: "none", people: [] }));
    const entered = vi.fn();
    const doorway = new Doorway(entered);
    await doorway.look();
    if (doorway.page.at !== "create") throw new Error("a vault is to be made");
    const { form } = doorway.page;
    const passphrase = secret();
    form.setVault(" Northstar ");
    form.setAdministrator("Ada");
    form.passphrase.setText(passphrase);
    form.passphrase.setAgain(passphrase);
    await doorway.go();
    expect(broker.createVault).toHaveBeenCalledWith("Northstar", "Ada", passphrase);
    expect(doorway.page).toEqual({ at: "kit", kit: KIT });
    expect(entered).not.toHaveBeenCalled();
    expect(form.passphrase.text).toBe("");
    doorway.written();
    expect(entered).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(doorway.page)).not.toContain(KIT);
  });

  it("an older vault is upgraded, not made anew", async () => {
    const form = new Founding(true);
    const passphrase = secret();
    form.setAdministrator("Ada");
    form.passphrase.setText(passphrase);
    form.passphrase.setAgain(passphrase);
    await form.save();
    expect(broker.unlock).toHaveBeenCalledWith({ kind: "upgrade", administrator: "Ada", passphrase }, false);
    expect(broker.createVault).not.toHaveBeenCalled();
  });
});

describe("a new passphrase", () => {
  const form = (): InstanceType<typeof Founding> => {
    const made = new Founding(false);
    made.setVault("V");
    made.setAdministrator("Ada");
    return made;
  };

  it.each([
    ["", "", "Choose a passphrase."],
    ["one", "two", null],
  ])("%j and %j are not sent", async (text, again, wrong) => {
    const made = form();
    made.passphrase.setText(text);
    made.passphrase.setAgain(again);
    expect(await made.save()).toBeNull();
    expect(made.passphrase.wrong.text).toBe(wrong);
    expect(made.passphrase.wrong.again).not.toBeNull();
    expect(broker.createVault).not.toHaveBeenCalled();
  });

  it("that is too weak is not sent, and what the broker finds too weak is said beside it", async () => {
    broker.passphraseStrength.mockResolvedValue({ ...strong, score: 1, enough: false });
    const made = form();
    made.passphrase.setText("abc");
    made.passphrase.setAgain("abc");
    await made.save();
    expect(broker.createVault).not.toHaveBeenCalled();
    broker.passphraseStrength.mockResolvedValue(strong);
    broker.createVault.mockRejectedValue(new Refusal({ code: "invalid", detail: { of: "field", field: "passphrase", rule: "too_weak" } }));
    await made.save();
    expect(made.passphrase.wrong.text).toContain("too easy to guess");
    expect([made.passphrase.text, made.message]).toEqual(["abc", null]);
  });

  it("the meter shows the newest text, whichever answer comes last", async () => {
    const answers: ((strength: Strength) => void)[] = [];
    broker.passphraseStrength.mockImplementation(() => new Promise((answer) => answers.push(answer)));
    const { passphrase } = form();
    passphrase.setText("a");
    passphrase.setText("ab");
    answers[0]?.({ ...strong, score: 0 });
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    expect(passphrase.strength).toBeNull();
    answers[1]?.({ ...strong, score: 3 });
    await vi.waitFor(() => expect(passphrase.strength?.score).toBe(3));
    expect(broker.passphraseStrength.mock.calls.map(([text]) => text)).toEqual(["a", "ab"]);
  });
});

describe("coming in", () => {
  it("the quickest way that is open comes first", () => {
    const unlock = new Unlock(door());
    expect([unlock.person, unlock.who]).toEqual([null, null]);
    expect(["ada", "grace", "mary"].map((who) => (unlock.choose(who), unlock.way))).toEqual(["passphrase", "pin", "enrolment_code"]);
  });

  it("without names only the recovery kit is left; one name is chosen by itself", () => {
    expect(new Unlock(door({ people: [] })).way).toBe("recovery_kit");
    expect(new Unlock(door({ people: [person("ada")] })).person).toBe("ada");
  });

  it("needs a name and something to come in with", async () => {
    const unlock = new Unlock(door());
    await unlock.try();
    expect(unlock.missing).toBe("Choose your name.");
    unlock.choose("ada");
    await unlock.try();
    expect(unlock.missing).toBe("Type your passphrase.");
    expect(broker.unlock).not.toHaveBeenCalled();
  });

  it("each way sends what it is, and forgets it", async () => {
    const typed = secret();
    const fresh = secret();
    const sent = async (who: string, way: "passphrase" | "pin" | "enrolment_code" | "recovery_kit") => {
      const unlock = new Unlock(door());
      unlock.choose(who);
      unlock.go(way);
      unlock.setSecret(typed);
      unlock.passphrase.setText(fresh);
      unlock.passphrase.setAgain(fresh);
      await unlock.try();
      expect([unlock.secret, unlock.passphrase.text]).toEqual(["", ""]);
      return broker.unlock.mock.lastCall?.[0] as unknown;
    };
    expect(await sent("ada", "passphrase")).toEqual({ kind: "passphrase", person: "ada", passphrase: typed });
    expect(await sent("grace", "pin")).toEqual({ kind: "pin", person: "grace", pin: typed });
    expect(await sent("mary", "enrolment_code")).toEqual({ kind: "enrolment_code", person: "mary", code: typed, passphrase: fresh });
    expect(await sent("ada", "recovery_kit")).toEqual({ kind: "recovery_kit", kit: typed, passphrase: fresh });
  });

  it("a wrong passphrase stays to be corrected; a wrong PIN is typed anew", async () => {
    broker.unlock.mockRejectedValue(WRONG);
    const unlock = new Unlock(door());
    unlock.choose("ada");
    unlock.setSecret("mistyped");
    expect(await unlock.try()).toBeNull();
    expect([unlock.message?.title, unlock.secret]).toEqual(["The passphrase is not right", "mistyped"]);
    unlock.choose("grace");
    unlock.setSecret("135790");
    await unlock.try();
    expect([unlock.message?.title, unlock.secret]).toEqual(["The PIN is not right", ""]);
  });

  it("waits as long as it is told, and tries nothing meanwhile", async () => {
    broker.unlock.mockRejectedValueOnce(locked({ of: "wait", seconds: 4 }));
    const unlock = new Unlock(door());
    unlock.choose("ada");
    unlock.setSecret("x");
    await unlock.try();
    expect(unlock.wait.left).toBe(4);
    await unlock.try();
    expect(broker.unlock).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(unlock.wait.left).toBeNull();
    await unlock.try();
    expect(broker.unlock).toHaveBeenCalledTimes(2);
  });

  it("after a wrong try counts down what the door says", async () => {
    broker.unlock.mockRejectedValueOnce(WRONG);
    broker.door.mockResolvedValue(door({ people: [person("ada", { wait_seconds: 8 })] }));
    const unlock = new Unlock(door());
    unlock.choose("ada");
    unlock.setSecret("mistyped");
    await unlock.try();
    await vi.waitFor(() => expect(unlock.wait.left).toBe(8));
    expect([unlock.secret, unlock.message?.title]).toEqual(["mistyped", "The passphrase is not right"]);
  });

  it("a wait from before a restart holds for whom it is", () => {
    const unlock = new Unlock(door({ people: [person("ada", { wait_seconds: 30 }), person("grace")] }));
    unlock.choose("ada");
    expect(unlock.wait.left).toBe(30);
    unlock.choose("grace");
    expect(unlock.wait.left).toBeNull();
  });

  it.each(["none", "after_passphrase", "spent"] as const)("a PIN that would not open now is not asked for: %s", (pin) => {
    const unlock = new Unlock(door({ people: [person("ada", { pin }), person("grace")] }));
    unlock.choose("ada");
    expect(unlock.way).toBe("passphrase");
  });

  it("a PIN that is used up leads to the passphrase", async () => {
    broker.unlock.mockRejectedValue(locked({ of: "fault", fault: "pin_needs_passphrase" }));
    const unlock = new Unlock(door());
    unlock.choose("grace");
    unlock.setSecret("135790");
    await unlock.try();
    expect([unlock.way, unlock.secret, unlock.message?.title]).toEqual(["passphrase", "", "The passphrase is needed first"]);
    expect(unlock.pinOut, "it is not offered again").toBe(true);
  });

  it("a damaged vault names the row, and is opened read-only only when that is asked for", async () => {
    broker.unlock.mockRejectedValueOnce(DAMAGED);
    const unlock = new Unlock(door());
    const typed = secret();
    unlock.choose("ada");
    unlock.setSecret(typed);
    await unlock.try();
    expect(unlock.damage?.detail).toMatchObject({ table: "grant", row: "7" });
    expect(unlock.secret).toBe(typed);
    await unlock.try(true);
    expect(broker.unlock.mock.calls.map(([, asFound]) => asFound)).toEqual([false, true]);
  });

  it("damage that shows before anybody came in stands there from the start, and stays", () => {
    const unlock = new Unlock(door({ damage: { fault: "vault_rolled_back", table: null, row: null, read_only_offered: true } }));
    unlock.choose("ada");
    unlock.go("recovery_kit");
    expect(unlock.damage?.detail).toMatchObject({ of: "damage", fault: "vault_rolled_back", read_only_offered: true });
    expect(new Unlock(door()).damage).toBeNull();
  });

  it("is not tried twice by a second Enter", async () => {
    const unlock = new Unlock(door());
    unlock.choose("ada");
    unlock.setSecret("x");
    await Promise.all([unlock.try(), unlock.try()]);
    expect(broker.unlock).toHaveBeenCalledTimes(1);
  });
});
