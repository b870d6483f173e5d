import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { RunRow, TrafficRow } from "../api/gen";
import { Toasts } from "../toasts/toasts.svelte";
import { STATES } from "../words/every";
import { hasWindow, isLive, toneOf } from "./tone";

const broker = vi.hoisted(() => ({ traffic: vi.fn(), endSession: vi.fn(), dismissRun: vi.fn(), showWindow: vi.fn(), signInAgain: vi.fn(), snapshot: vi.fn(), listenToBroker: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Runs } = await import("./runs.svelte");
const { Traffic } = await import("./traffic.svelte");
const { Vault } = await import("../vault/vault.svelte");

const run = (state: RunRow["state"], by_hand = false): RunRow => ({ run: "r1", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state, audited: true, credential_name: "Admin", by_hand, can_sign_in_again: true });
const row = (to_host: number): TrafficRow => ({ run: "r1", to_host, to_client: 0 });

beforeEach(() => {
  vi.resetAllMocks();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("what has passed", () => {
  it("is asked for at once, then every 2 seconds, until it is not looked at", async () => {
    broker.traffic.mockResolvedValueOnce([row(1)]).mockResolvedValue([row(2)]);
    const traffic = new Traffic();
    traffic.start();
    traffic.start();
    await vi.advanceTimersByTimeAsync(0);
    expect([broker.traffic.mock.calls.length, traffic.rows.get("r1")?.to_host]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect([broker.traffic.mock.calls.length, traffic.rows.get("r1")?.to_host]).toEqual([3, 2]);
    traffic.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([broker.traffic.mock.calls.length, traffic.rows.get("r1")?.to_host, vi.getTimerCount()]).toEqual([3, 2, 0]);
  });

  it("is not asked for twice while an answer is on its way", async () => {
    let answer: (rows: TrafficRow[]) => void = () => undefined;
    broker.traffic.mockReturnValueOnce(new Promise<TrafficRow[]>((resolve) => (answer = resolve))).mockResolvedValue([row(2)]);
    const traffic = new Traffic();
    traffic.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(broker.traffic).toHaveBeenCalledTimes(1);
    answer([row(1)]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(broker.traffic).toHaveBeenCalledTimes(2);
    traffic.stop();
  });

  it("is shown as not known where there was no answer, and asked for again", async () => {
    broker.traffic.mockResolvedValueOnce([row(1)]).mockRejectedValueOnce(new Refusal({ code: "locked", detail: { of: "plain" } })).mockResolvedValue([row(3)]);
    const traffic = new Traffic();
    traffic.start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(traffic.rows.size).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(traffic.rows.get("r1")?.to_host).toBe(3);
    traffic.stop();
  });
});

describe("a launch on the list", () => {
  it("is signed in to again only once the person has said yes", async () => {
    const runs = new Runs(new Vault(), new Toasts());
    runs.wantSignIn(run({ state: "active" }));
    expect(broker.signInAgain).not.toHaveBeenCalled();
    runs.forget();
    await runs.signInAgain();
    expect(broker.signInAgain).not.toHaveBeenCalled();
    runs.wantSignIn(run({ state: "active" }));
    await runs.signInAgain();
    expect([broker.signInAgain.mock.calls, runs.asking, runs.proving]).toEqual([[["r1", null]], null, null]);
  });

  it("is signed in to again with a proof where the one of its launch is too old, and stays as it is without", async () => {
    const lacking = new Refusal({ code: "denied", detail: { of: "denied", why: { missing: "confirmation" }, ask: [] } });
    const wrong = new Refusal({ code: "locked", detail: { of: "wait", seconds: null } });
    const toasts = new Toasts();
    const runs = new Runs(new Vault(), toasts);
    runs.wantSignIn(run({ state: "active" }));
    broker.signInAgain.mockRejectedValueOnce(lacking);
    await runs.signInAgain();
    expect([runs.asking, runs.proving?.gate.proves]).toEqual([null, true]);
    await runs.prove();
    expect([runs.proving?.gate.missing, broker.signInAgain.mock.calls.length]).toEqual(["Type your passphrase or PIN.", 1]);
    broker.signInAgain.mockRejectedValueOnce(wrong);
    runs.proving?.gate.setProof("123");
    await runs.prove();
    expect([runs.proving?.gate.proof, runs.proving?.gate.message === null]).toEqual(["", false]);
    runs.proving?.gate.setProof("135790");
    await runs.prove();
    expect([runs.proving, broker.signInAgain.mock.lastCall, toasts.list]).toEqual([null, ["r1", "135790"], []]);
  });

  it.each([
    ["show", "showWindow", "No window was brought to the front; the session goes on."],
    ["end", "endSession", "The session was not ended."],
    ["dismiss", "dismissRun", "The session was not ended."],
  ] as const)("%s that does not work says what was not done", async (deed, asked, undone) => {
    broker[asked].mockRejectedValue(new Refusal({ code: "not_found", detail: { of: "fault", fault: "client_has_no_window" } }));
    const toasts = new Toasts();
    await new Runs(new Vault(), toasts)[deed](run({ state: "active" }));
    expect([broker[asked].mock.calls, toasts.list[0]?.message.undone]).toEqual([[["r1"]], undone]);
  });

  it("looks by its state: what needs attention stands out", () => {
    const tones = STATES.map((state) => [state.state, toneOf(run(state))]);
    expect(new Map(tones.filter(([state]) => state !== "ended").map(([state, tone]) => [state, tone] as const))).toEqual(
      new Map([["waiting_for_client", "coming"], ["signing_in", "coming"], ["active", "active"], ["desktop_only", "active"], ["dropped", "stuck"], ["needs_unlock", "stuck"]]),
    );
    expect(toneOf(run({ state: "ended", end: { end: "closed", seconds: 1 } }))).toBe("over");
    expect(toneOf(run({ state: "ended", end: { end: "client_never_came" } }))).toBe("failed");
  });

  it("has a window to show while it runs, in a client that Usher started", () => {
    expect([hasWindow(run({ state: "active" })), hasWindow(run({ state: "active" }, true)), hasWindow(run({ state: "ended", end: { end: "ended_by_person" } }))]).toEqual([true, false, false]);
    expect(isLive(run({ state: "dropped" }))).toBe(true);
  });
});
