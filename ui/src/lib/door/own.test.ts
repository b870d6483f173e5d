import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";

const broker = vi.hoisted(() => ({ changePassphrase: vi.fn(), setPin: vi.fn(), newRecoveryKit: vi.fn(), setOwnIdleLock: vi.fn(), passphraseStrength: vi.fn() }));
vi.mock("../api/door", () => broker);

const { OwnForm } = await import("./own.svelte");
const CURRENT = crypto.randomUUID();
const KIT = crypto.randomUUID();

beforeEach(() => {
  vi.resetAllMocks();
  broker.newRecoveryKit.mockResolvedValue(KIT);
  broker.passphraseStrength.mockResolvedValue({ score: 4, enough: true, guesses_log10: 20, warning: null, suggestions: [] });
});

describe("one's own PIN", () => {
  it.each([
    ["12345", "12345", "pin"],
    ["12345x", "12345x", "pin"],
    ["777777", "777777", "pin"],
    ["135790", "135791", "again"],
  ])("%s and %s are not sent", async (pin, again, field) => {
    const form = new OwnForm("pin", "Ada");
    form.set("current", CURRENT);
    form.set("pin", pin);
    form.set("again", again);
    expect(await form.save()).toBe(false);
    expect(Object.keys(form.wrong)).toEqual([field]);
    expect(broker.setPin).not.toHaveBeenCalled();
  });

  it("is set and taken away with the passphrase", async () => {
    const form = new OwnForm("pin", "Ada");
    form.set("current", CURRENT);
    form.set("pin", "135790");
    form.set("again", "135790");
    expect(await form.save()).toBe(true);
    expect(await form.removePin()).toBe(true);
    expect(broker.setPin.mock.calls).toEqual([[CURRENT, "135790"], [CURRENT, null]]);
  });
});

describe("one's own passphrase, kit and idle limit", () => {
  it("a new passphrase needs the one so far", async () => {
    const form = new OwnForm("passphrase", "Ada");
    const next = crypto.randomUUID();
    form.passphrase.setText(next);
    form.passphrase.setAgain(next);
    expect(await form.save()).toBe(false);
    form.set("current", CURRENT);
    expect(await form.save()).toBe(true);
    expect(broker.changePassphrase).toHaveBeenCalledWith(CURRENT, next);
  });

  it("a wrong one says that nothing was changed, and stays", async () => {
    broker.newRecoveryKit.mockRejectedValue(new Refusal({ code: "locked", detail: { of: "fault", fault: "wrong_passphrase" } }));
    const form = new OwnForm("kit", "Ada");
    form.set("current", "mistyped");
    expect(await form.save()).toBe(false);
    expect([form.message?.title, form.message?.undone, form.current]).toEqual(["The passphrase is not right", "Nothing was changed.", "mistyped"]);
  });

  it("the kit is held until it is forgotten", async () => {
    const form = new OwnForm("kit", "Ada");
    form.set("current", CURRENT);
    expect(await form.save()).toBe(true);
    expect(form.kit).toBe(KIT);
    form.forget();
    expect([form.kit, form.current]).toEqual([null, ""]);
  });

  it.each([["0", false], ["", false], ["1.5", false], ["721", false], ["5", true]])("%s minutes", async (minutes, good) => {
    const form = new OwnForm("idle", "Ada");
    form.set("minutes", minutes);
    expect(await form.save()).toBe(good);
    expect(broker.setOwnIdleLock.mock.calls).toEqual(good ? [[5]] : []);
  });
});
