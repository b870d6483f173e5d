import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PersonCard, RotationRow } from "../api/gen";
import type { Toasts } from "../toasts/toasts.svelte";

const broker = vi.hoisted(() => ({ offboard: vi.fn(), people: vi.fn(), sources: vi.fn() }));
vi.mock("../api/people", () => broker);

const { Roster } = await import("./roster.svelte");

const BOB = { id: "h2", name: "Bob", standing: "revoked" } as PersonCard;
const ROW: RotationRow = { organization: "Contoso", password: "Domain Admin", list: false, entry: "Admin", why: "seen", last: 1 };

async function listed(rows: RotationRow[]): Promise<InstanceType<typeof Roster>> {
  broker.offboard.mockResolvedValue({ rows, csv: "" });
  broker.people.mockResolvedValue({ people: [BOB], groups: [], devices: [] });
  broker.sources.mockResolvedValue([]);
  const roster = new Roster({ thrown: vi.fn(), good: vi.fn() } as unknown as Toasts);
  await roster.offboard(BOB);
  return roster;
}

beforeEach(() => vi.resetAllMocks());

describe("the passwords to change after somebody left", () => {
  it("are not left unsaved without a question", async () => {
    const list = (await listed([ROW])).rotation;
    expect([list?.mayClose(), list?.asking]).toEqual([false, true]);
    list?.keep();
    expect([list?.mayClose(), list?.asking]).toEqual([true, false]);
  });

  it("an empty list asks nothing", async () => {
    const list = (await listed([])).rotation;
    expect([list?.mayClose(), list?.asking]).toEqual([true, false]);
  });

  it("come again for somebody who was offboarded before", async () => {
    const roster = await listed([ROW]);
    roster.rotation = null;
    await roster.offboard(BOB);
    expect(broker.offboard).toHaveBeenCalledWith("h2");
    expect(roster.rotation).toMatchObject({ name: "Bob", rows: [ROW] });
  });
});
