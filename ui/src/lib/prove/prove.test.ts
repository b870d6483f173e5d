import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reply } from "../api/gen";

const commands = vi.hoisted(() => ({ ask: vi.fn() }));
vi.mock("../api/gen", () => ({ commands, events: {} }));

const { ask, proveWith } = await import("../api/ask");
const { Refusal } = await import("../api/error");
const { removeGroup } = await import("../api/people");
const { Prover } = await import("./prover.svelte");

const lacks: Reply = { reply: "failed", failure: { code: "denied", detail: { of: "denied", why: { missing: "passphrase" }, ask: [] } } };
const denied: Reply = { reply: "failed", failure: { code: "denied", detail: { of: "denied", why: { missing: "administrator" }, ask: [] } } };
const done: Reply = { reply: "done" };
const wrong: Reply = { reply: "failed", failure: { code: "locked", detail: { of: "fault", fault: "wrong_passphrase" } } };
const PASSPHRASE = crypto.randomUUID();

/** The invented broker's answers to the deed, and to each proof. */
function answers(deeds: Reply[], proofs: Reply[] = [done]): void {
  commands.ask.mockImplementation(({ ask: what }: { ask: string }) => Promise.resolve((what === "prove" ? proofs : deeds).shift() ?? done));
}
const asked = (): string[] => commands.ask.mock.calls.map(([request]) => (request as { ask: string }).ask);

beforeEach(() => vi.resetAllMocks());
afterEach(() => proveWith(null));

describe("what needs the passphrase after an unlock by PIN", () => {
  it("is asked, proved, and asked again by itself", async () => {
    answers([lacks, done]);
    const prover = new Prover();
    proveWith(() => prover.want());
    const deed = removeGroup("g1");
    await vi.waitFor(() => expect(prover.asking).toBe(true));
    prover.setText(PASSPHRASE);
    await prover.prove();
    await deed;
    expect(asked()).toEqual(["remove_group", "prove", "remove_group"]);
    expect([prover.asking, prover.text]).toEqual([false, ""]);
  });

  it("given up, stays refused and is not asked again", async () => {
    answers([lacks]);
    const prover = new Prover();
    proveWith(() => prover.want());
    const deed = removeGroup("g1");
    await vi.waitFor(() => expect(prover.asking).toBe(true));
    prover.cancel();
    await expect(deed).rejects.toBeInstanceOf(Refusal);
    expect(asked()).toEqual(["remove_group"]);
  });

  it("a wrong passphrase keeps the question open", async () => {
    answers([lacks, done], [wrong, done]);
    const prover = new Prover();
    proveWith(() => prover.want());
    const deed = removeGroup("g1");
    await vi.waitFor(() => expect(prover.asking).toBe(true));
    prover.setText("mistyped");
    await prover.prove();
    expect([prover.asking, prover.message?.title]).toEqual([true, "The passphrase is not right"]);
    expect(asked()).toEqual(["remove_group", "prove"]);
    prover.setText(PASSPHRASE);
    await prover.prove();
    await deed;
  });

  it("several deeds share one question", async () => {
    answers([lacks, lacks, done, done]);
    const prover = new Prover();
    proveWith(() => prover.want());
    const deeds = [removeGroup("g1"), removeGroup("g2")];
    await vi.waitFor(() => expect(commands.ask).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(prover.asking).toBe(true));
    prover.setText(PASSPHRASE);
    await prover.prove();
    await Promise.all(deeds);
    expect(asked().filter((what) => what === "prove")).toHaveLength(1);
  });

  it("any other refusal is not asked about", async () => {
    answers([denied]);
    const want = vi.fn();
    proveWith(want);
    expect(await ask({ ask: "rekey" })).toEqual(denied);
    expect(want).not.toHaveBeenCalled();
  });
});
