import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { CredentialRow } from "../api/gen";
import { Toasts } from "../toasts/toasts.svelte";

const broker = vi.hoisted(() => ({ showPassword: vi.fn(), copyPassword: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Reveal } = await import("./reveal.svelte");

const YES = { may: "yes" } as const;
const entry = (reveal_asks: boolean): CredentialRow => ({ id: "c1", folder: "f", name: "Admin", connection: "a", organization: { id: "1", name: "Contoso" }, target: { kind: "specific", password: "9", name: "Admin", username: null }, allowed_hosts: [], signs_in_as: null, user_name: null, version: 1, reveal_asks, ticket: { policy: "off", pattern: null, last: null }, move_away: YES, duplicate: YES, delete: YES, edit: YES, repoint: YES, show: YES, copy: YES });
const proof = `proof ${Math.random()}`;
const canary = `canary ${Math.random()}`;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  broker.showPassword.mockResolvedValue({ record: "Admin", username: null, password: canary, changed: null, seconds: 15 });
  broker.copyPassword.mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

describe("Show password", () => {
  it("asks nothing of the broker before the person has agreed", async () => {
    const reveal = new Reveal(() => entry(true), new Toasts());
    await reveal.want("show");
    await reveal.confirm();
    expect(reveal.asking?.gate.missing).toBe("Type your passphrase or PIN.");
    expect(broker.showPassword).not.toHaveBeenCalled();
    reveal.asking?.gate.setProof(proof);
    await reveal.confirm();
    expect(broker.showPassword).toHaveBeenCalledWith("c1", { proof, ticket: null });
    expect(reveal.asking).toBeNull();
    expect(reveal.shown?.password).toBe(canary);
  });

  it("is forgotten after its seconds", async () => {
    const reveal = new Reveal(() => entry(false), new Toasts());
    await reveal.want("show");
    await vi.advanceTimersByTimeAsync(14_000);
    expect(reveal.left).toBe(1);
    await vi.advanceTimersByTimeAsync(1_250);
    expect(reveal.shown).toBeNull();
  });

  it("is forgotten at once on hide", async () => {
    const reveal = new Reveal(() => entry(false), new Toasts());
    await reveal.want("show");
    reveal.hide();
    expect(reveal.shown).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("asks the person where the broker wants a confirmation after all", async () => {
    broker.showPassword.mockRejectedValueOnce(new Refusal({ code: "denied", detail: { of: "denied", why: { missing: "confirmation" }, ask: [] } }));
    const reveal = new Reveal(() => entry(false), new Toasts());
    await reveal.want("show");
    expect([reveal.asking?.what, reveal.asking?.gate.proves]).toEqual(["show", true]);
  });

  it("says a wrong proof where it was typed, and asks again", async () => {
    broker.showPassword.mockRejectedValueOnce(new Refusal({ code: "locked", detail: { of: "fault", fault: "wrong_passphrase" } }));
    const toasts = new Toasts();
    const reveal = new Reveal(() => entry(true), toasts);
    await reveal.want("show");
    const gate = reveal.asking?.gate;
    gate?.setProof("mistyped");
    await reveal.confirm();
    expect(gate?.message?.title).toBe("The passphrase or PIN is not right");
    expect([gate?.proof, reveal.shown, toasts.list]).toEqual(["", null, []]);
    gate?.setProof(proof);
    await reveal.confirm();
    expect(reveal.shown?.password).toBe(canary);
  });

  it("forgets the proof when the person gives up", async () => {
    const reveal = new Reveal(() => entry(true), new Toasts());
    await reveal.want("show");
    const gate = reveal.asking?.gate;
    gate?.setProof(proof);
    reveal.cancel();
    expect([gate?.proof, reveal.asking]).toEqual(["", null]);
    expect(broker.showPassword).not.toHaveBeenCalled();
  });

  it("that fails because the vault was locked meanwhile is no wrong proof", async () => {
    broker.showPassword.mockRejectedValueOnce(new Refusal({ code: "locked", detail: { of: "plain" } }));
    const toasts = new Toasts();
    const reveal = new Reveal(() => entry(true), toasts);
    await reveal.want("show");
    reveal.asking?.gate.setProof(proof);
    await reveal.confirm();
    expect([reveal.asking, toasts.list[0]?.message.title]).toEqual([null, "The vault is locked"]);
  });
});

describe("Copy", () => {
  it("passes no password through the window", async () => {
    const toasts = new Toasts();
    const reveal = new Reveal(() => entry(false), toasts);
    await reveal.want("copy");
    expect(broker.copyPassword).toHaveBeenCalledWith("c1", { proof: null, ticket: null });
    expect(reveal.shown).toBeNull();
    expect(toasts.list[0]?.message.text).toContain("30 seconds");
  });
});
