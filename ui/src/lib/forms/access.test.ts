import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { AccountRow } from "../api/gen";

const broker = vi.hoisted(() => ({ testPasswordAccess: vi.fn(), organizations: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { AccessTest } = await import("./access.svelte");

const ACCOUNT = { id: "a1", name: "Northstar", password_access: "unknown" } as AccountRow;
const RECORD = { id: "90017", name: "Guest Wi-Fi", username: null };

async function chosen(): Promise<InstanceType<typeof AccessTest>> {
  const test = new AccessTest(ACCOUNT);
  await vi.waitFor(() => expect(test.organizations.rows.length).toBe(2));
  test.setOrganization("4000");
  test.setPassword(RECORD);
  return test;
}

beforeEach(() => {
  vi.clearAllMocks();
  broker.organizations.mockResolvedValue([{ id: "4000", name: "Contoso" }, { id: "4001", name: "Fabrikam" }]);
  broker.testPasswordAccess.mockResolvedValue({ account: { ...ACCOUNT, password_access: "granted" }, organizations: null });
});

describe("testing Password Access", () => {
  it("fetches nothing before organization and record are picked", async () => {
    const test = new AccessTest(ACCOUNT);
    expect(await test.run()).toBe(false);
    expect(test.errors.of("organization")).toBe("The organization is missing.");
    expect(test.errors.of("record")).toBe("The password record is missing.");
    expect(broker.testPasswordAccess).not.toHaveBeenCalled();
  });

  it("asks for the one record that was picked, and says what came of it", async () => {
    const test = await chosen();
    expect(await test.run()).toBe(true);
    expect(broker.testPasswordAccess.mock.calls).toEqual([["a1", "4000", "90017"]]);
    expect(test.outcome).toBe("granted");
  });

  it("forgets the record when another organization is picked", async () => {
    const test = await chosen();
    test.setOrganization("4001");
    expect(test.password).toBeNull();
  });

  it("forgets the outcome when another record is picked", async () => {
    const test = await chosen();
    await test.run();
    test.setPassword({ ...RECORD, id: "90018" });
    expect(test.outcome).toBeNull();
  });

  it("a failure is no verdict", async () => {
    broker.testPasswordAccess.mockRejectedValue(new Refusal({ code: "timed_out", detail: { of: "plain" } }));
    const test = await chosen();
    expect(await test.run()).toBe(false);
    expect(test.outcome).toBeNull();
    expect(test.errors.message?.undone).toContain("was not tested");
    expect(test.busy).toBe(false);
  });
});
