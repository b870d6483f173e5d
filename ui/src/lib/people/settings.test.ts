import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { FolderRow } from "../api/gen";

const people = vi.hoisted(() => ({ saveSettings: vi.fn() }));
const commands = vi.hoisted(() => ({ changeFolder: vi.fn() }));
vi.mock("../api/people", () => people);
vi.mock("../api/commands", () => commands);

const { MINUTES_WRONG, SettingsForm } = await import("./settings.svelte");

const YES = { may: "yes" } as const;
const SETTINGS = { technicians_trust_on_first_use: false, idle_lock_minutes: 15, ask_me: true };
const client = { connection: "a1", organization: { id: "7", name: "Own" } };
const ROOT: FolderRow = { id: "f1", parent: null, name: "Northstar", client, credential: "c1", version: 4, edit: YES, move_away: YES };
const form = (): InstanceType<typeof SettingsForm> => new SettingsForm(SETTINGS, () => ROOT);

beforeEach(() => {
  vi.clearAllMocks();
});

describe("the vault's settings", () => {
  it("a new name is that of the top folder, of which nothing else changes", async () => {
    const renamed = form();
    expect(renamed.dirty).toBe(false);
    renamed.setName("  Northstar IT ");
    expect(renamed.dirty).toBe(true);
    expect(await renamed.save()).toBe(true);
    expect(commands.changeFolder).toHaveBeenCalledExactlyOnceWith("f1", 4, { name: "Northstar IT", client: { connection: "a1", organization: "7" }, credential: "c1" });
    expect(people.saveSettings).not.toHaveBeenCalled();
  });

  it("without a new name only the settings are saved", async () => {
    const changed = form();
    changed.setMinutes("20");
    expect(await changed.save()).toBe(true);
    expect(people.saveSettings).toHaveBeenCalledExactlyOnceWith({ technicians_trust_on_first_use: false, idle_lock_minutes: 20, ask_me: true });
    expect(commands.changeFolder).not.toHaveBeenCalled();
    expect(changed.dirty).toBe(false);
  });

  it("Ask me is turned off for everybody by one switch", async () => {
    const changed = form();
    changed.askMe = false;
    expect([changed.dirty, await changed.save()]).toEqual([true, true]);
    expect(people.saveSettings).toHaveBeenCalledExactlyOnceWith({ technicians_trust_on_first_use: false, idle_lock_minutes: 15, ask_me: false });
  });

  it("no name and no minutes are said at their fields, and nothing is sent", async () => {
    const wrong = form();
    wrong.setName(" ");
    wrong.setMinutes("0");
    expect(await wrong.save()).toBe(false);
    expect([wrong.errors.of("name"), wrong.errors.of("idle_lock_minutes")]).toEqual(["The name is missing.", MINUTES_WRONG]);
    expect(commands.changeFolder).not.toHaveBeenCalled();
    expect(people.saveSettings).not.toHaveBeenCalled();
  });

  it("a name that is refused is said at its field, and what was typed stays", async () => {
    commands.changeFolder.mockRejectedValue(new Refusal({ code: "invalid", detail: { of: "field", field: "name", rule: "too_long" } }));
    const refused = form();
    refused.setName("x".repeat(300));
    refused.setMinutes("20");
    expect(await refused.save()).toBe(false);
    expect(refused.errors.of("name")).toMatch(/^The name /);
    expect([refused.busy, refused.dirty, refused.minutes]).toEqual([false, true, "20"]);
    expect(people.saveSettings).not.toHaveBeenCalled();
  });
});
