import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChoiceRow, PickerPage } from "../api/gen";

const broker = vi.hoisted(() => ({ pickerPage: vi.fn(), closePicker: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Picker } = await import("./picker.svelte");

const row = (id: string, more: Partial<ChoiceRow> = {}): ChoiceRow => ({ id, name: `record ${id}`, username: "u", category: null, resource: null, changed: null, signs_in_as: "u", archived: false, vaulted: false, restricted: false, otp: false, matched: [], ...more });

let all: ChoiceRow[] = [];
let waiting: number | null = null;
const page = (offset: number, limit: number): PickerPage => ({
  rows: all.slice(offset, offset + limit),
  matching: all.length,
  progress: { loaded: all.length, total: null, done: false, failure: null, organization: "Contoso", waiting_seconds: waiting },
});

const opened = { picker: "p", organization: "Contoso", host: "dc01", purpose: "launch", listed: null } as const;

beforeEach(() => {
  vi.clearAllMocks();
  waiting = null;
  all = ["a", "b", "c"].map((id) => row(id));
  broker.pickerPage.mockImplementation((_: string, __: string, offset: number, limit: number) => Promise.resolve(page(offset, limit)));
  broker.closePicker.mockResolvedValue(undefined);
});

describe("the IT Glue credentials list", () => {
  it("selects the first row that can be chosen", async () => {
    all = [row("x", { archived: true }), row("y", { vaulted: true }), row("z")];
    const picker = new Picker(opened);
    await picker.type("");
    expect(picker.choice?.id).toBe("z");
  });

  it("never asks for rows before the first, though an empty list has a last row of -1", async () => {
    all = [];
    const picker = new Picker(opened);
    await picker.see(0, -1);
    await picker.reload();
    const offsets = broker.pickerPage.mock.calls.map((call: unknown[]) => call[2]);
    expect(new Set(offsets)).toEqual(new Set([0]));
    expect(picker.failure).toBeNull();
  });

  it("takes nothing while what was typed is not answered", async () => {
    const picker = new Picker(opened);
    await picker.type("");
    const typed = picker.type("b");
    expect(picker.choice).toBeNull();
    await typed;
    expect(picker.choice?.id).toBe("a");
  });

  it("never takes an archived row, even when it is selected", async () => {
    all = [row("a"), row("x", { archived: true })];
    const picker = new Picker(opened);
    await picker.type("");
    await picker.move(1);
    expect(picker.selected?.id).toBe("x");
    expect(picker.choice).toBeNull();
    expect(picker.refusal).toContain("Archived");
  });

  it("drops an answer that was overtaken", async () => {
    const picker = new Picker(opened);
    let late: (page: PickerPage) => void = () => undefined;
    broker.pickerPage.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    const first = picker.type("o");
    await picker.type("ol");
    late({ ...page(0, 1), rows: [row("stale")], matching: 1 });
    await first;
    expect(picker.matching).toBe(3);
    expect(picker.rowAt(0)?.id).toBe("a");
  });

  it("keeps the selection on its record while rows stream in above it", async () => {
    const picker = new Picker(opened);
    await picker.type("");
    await picker.move(1);
    expect(picker.selected?.id).toBe("b");
    const shifts: number[] = [];
    picker.onShift = (by) => shifts.push(by);
    all = [...["1", "2", "3"].map((id) => row(id)), ...all];
    await picker.reload();
    expect(picker.selected?.id).toBe("b");
    expect(picker.index).toBe(4);
    expect(shifts).toEqual([3]);
  });

  it("finds the selected record again when it moved to a page that was not read", async () => {
    const picker = new Picker(opened);
    await picker.type("");
    all = [...Array.from({ length: 450 }, (_, i) => row(`n${i}`)), ...all];
    await picker.reload();
    expect(picker.selected?.id).toBe("a");
    expect(picker.index).toBe(450);
  });

  it("stops at both ends, and reads the page it jumps to", async () => {
    all = Array.from({ length: 450 }, (_, i) => row(String(i)));
    const picker = new Picker(opened);
    await picker.type("");
    await picker.move(-1);
    expect(picker.index).toBe(0);
    await picker.moveTo(10_000);
    expect(picker.selected?.id).toBe("449");
  });

  it("counts a wait down, though the broker tells it once and again with each page", async () => {
    vi.useFakeTimers();
    const picker = new Picker(opened);
    waiting = 40;
    await picker.type("");
    await vi.advanceTimersByTimeAsync(3000);
    await picker.reload();
    expect(picker.waiting.left).toBe(37);
    expect(picker.choice?.id).toBe("a");
    waiting = null;
    await picker.reload();
    expect(picker.waiting.left).toBeNull();
    vi.useRealTimers();
  });

  it("counts anew when the broker tells of another wait as long as the one before", async () => {
    vi.useFakeTimers();
    const picker = new Picker(opened);
    waiting = 40;
    await picker.type("");
    await vi.advanceTimersByTimeAsync(41_000);
    expect(picker.waiting.left).toBe(1);
    await picker.heard(page(0, 1).progress);
    expect(picker.waiting.left).toBe(40);
    await picker.close();
    vi.useRealTimers();
  });

  it("stops counting when it is closed while it waits", async () => {
    vi.useFakeTimers();
    const picker = new Picker(opened);
    waiting = 40;
    await picker.type("");
    await picker.close();
    expect(broker.closePicker).toHaveBeenCalledWith("p");
    expect(picker.waiting.left).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it("a failure stands instead of rows", async () => {
    broker.pickerPage.mockRejectedValueOnce(new Error("gone"));
    const picker = new Picker(opened);
    await picker.type("");
    expect(picker.failure?.code).toBe("storage");
    expect(picker.choice).toBeNull();
  });
});
