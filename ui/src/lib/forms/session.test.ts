import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { RdpForm, SessionRow } from "../api/gen";
import { NOTHING_SET } from "../words/rdp";

const broker = vi.hoisted(() => ({ createSession: vi.fn(), changeSession: vi.fn(), listenToBroker: vi.fn(), snapshot: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { SessionForm } = await import("./session.svelte");
const { Vault } = await import("../vault/vault.svelte");

const YES = { may: "yes" } as const;
const row = (rdp: Partial<RdpForm>): SessionRow => ({ id: "s1", folder: "f", name: "DC01", host: "dc01", port: 3389, rdp: { ...NOTHING_SET, ...rdp }, credentials: { from: "linked", credential: "c1" }, resolved: "c1", inherited_from: null, version: 4, launch: YES, edit: YES, move_away: YES, duplicate: YES, delete: YES, last_launched: null });
const edit = (rdp: Partial<RdpForm> = {}): InstanceType<typeof SessionForm> => new SessionForm(new Vault(), row(rdp), "f");
/** What was sent of the Remote Desktop part. */
const sent = (): RdpForm => broker.changeSession.mock.calls[0]?.[2].rdp;

beforeEach(() => {
  vi.clearAllMocks();
  broker.changeSession.mockResolvedValue(undefined);
});

describe("the Remote Desktop part of a session", () => {
  it("is what the entry says, and nothing is typed yet", async () => {
    const rdp: RdpForm = { devices: ["drives", "camera"], clipboard: "off", size: { size: "pixels", width: 1280, height: 720 }, all_monitors: false, dynamic_resolution: false, kerberos: true, gateway: "rdgw.example" };
    const form = edit(rdp);
    expect(form.dirty).toBe(false);
    expect(await form.save()).toBe("s1");
    expect(sent()).toEqual(rdp);
  });

  it("names devices in one order, however they were ticked", async () => {
    const form = edit();
    form.rdp.allow("camera", true);
    form.rdp.allow("drives", true);
    form.rdp.allow("sound", false);
    expect(form.dirty).toBe(true);
    await form.save();
    expect(sent().devices).toEqual(["drives", "camera"]);
    form.rdp.allow("camera", false);
    form.rdp.allow("drives", false);
    form.rdp.allow("sound", true);
    expect(form.dirty).toBe(false);
  });

  it.each([
    ["199", "900", false],
    ["200", "8192", true],
    ["8193", "900", false],
    ["1600", "", false],
    ["16e2", "900", false],
    ["-1600", "900", false],
    [" 1600 ", "900", true],
  ])("a window of %j by %j can be: %s", async (width, height, can) => {
    const form = edit();
    form.rdp.setSize("pixels");
    form.rdp.setWidth(width);
    form.rdp.setHeight(height);
    expect(await form.save()).toBe(can ? "s1" : null);
    expect(form.errors.of("size")).toBe(can ? null : "Width and height are 200 to 8192 pixels each.");
    expect([form.rdp.wrong, broker.changeSession.mock.calls.length]).toEqual([!can, can ? 1 : 0]);
  });

  it("a size that is not meant any more is not wrong", async () => {
    const form = edit();
    form.rdp.setSize("pixels");
    form.rdp.setWidth("1");
    form.rdp.checkSize();
    expect(form.rdp.wrong).toBe(true);
    form.rdp.setSize("full_screen");
    expect([form.rdp.wrong, await form.save()]).toEqual([false, "s1"]);
  });

  it("spans all monitors in full screen only", async () => {
    const form = edit({ size: { size: "full_screen" }, all_monitors: true });
    form.rdp.setSize("client");
    await form.save();
    expect(sent().all_monitors).toBe(false);
  });

  it("an empty gateway is none, and one that the broker does not take is said at its field", async () => {
    const form = edit({ gateway: "rdgw.example" });
    form.rdp.setGateway("  ");
    await form.save();
    expect(sent().gateway).toBeNull();
    broker.changeSession.mockRejectedValue(new Refusal({ code: "invalid", detail: { of: "field", field: "gateway", rule: "not_a_host" } }));
    form.rdp.setGateway("-x");
    expect(await form.save()).toBeNull();
    expect([form.errors.of("gateway"), form.rdp.wrong, form.errors.message]).toEqual([expect.stringContaining("not a host name"), true, null]);
    form.rdp.setGateway("x");
    expect(form.rdp.wrong).toBe(false);
  });
});

describe("where a session's credential comes from", () => {
  it("Ask me needs no entry, and says so", async () => {
    const form = edit();
    form.setFrom("ask_me");
    expect(await form.save()).toBe("s1");
    expect(broker.changeSession.mock.calls[0]?.[2].credentials).toEqual({ from: "ask_me" });
  });

  it.each<[string, boolean, (form: InstanceType<typeof SessionForm>) => void]>([
    ["nothing is changed", false, () => undefined],
    ["it is renamed", false, (form) => form.setName("Other")],
    ["the host is another one", true, (form) => form.setHost("dc02")],
    ["the port is another one", true, (form) => (form.port = "3390")],
    ["another credential is linked", true, (form) => (form.credential = "c2")],
    ["it asks me from now on", true, (form) => form.setFrom("ask_me")],
    ["nothing signs in any more", false, (form) => form.setFrom("none")],
    ["a gateway stands in between", false, (form) => { form.setHost("dc02"); form.rdp.setGateway("rdgw.example"); }],
  ])("leads a credential to another host where %s: %s", (_, elsewhere, change) => {
    const form = edit();
    change(form);
    expect(form.leadsElsewhere).toBe(elsewhere);
  });

  it("a new session that signs in leads somewhere", () => {
    const form = new SessionForm(new Vault(), null, "f");
    form.setHost("dc01");
    expect([form.from, form.leadsElsewhere]).toEqual(["linked", true]);
    form.setFrom("none");
    expect(form.leadsElsewhere).toBe(false);
  });
});
