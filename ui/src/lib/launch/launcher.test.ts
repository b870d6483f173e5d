import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { CredentialRow, RunRow, SessionRow } from "../api/gen";
import { Toasts } from "../toasts/toasts.svelte";

const broker = vi.hoisted(() => ({
  prepareLaunch: vi.fn(),
  launch: vi.fn(),
  trustCertificate: vi.fn(),
  pickerPage: vi.fn(),
  closePicker: vi.fn(),
  endSession: vi.fn(),
  dismissRun: vi.fn(),
  listenToBroker: vi.fn(),
}));
vi.mock("../api/commands", () => broker);

const { Launcher } = await import("./launcher.svelte");
const { Vault } = await import("../vault/vault.svelte");

const YES = { may: "yes" } as const;
const session: SessionRow = { id: "s1", folder: "f", name: "DC01", host: "dc01", port: 3389, credentials: { from: "inherited" }, resolved: "c1", inherited_from: "Contoso", version: 1, launch: YES, edit: YES, last_launched: null };
const choice = { id: "90017", name: "Admin", username: "u", category: null, resource: null, changed: null, signs_in_as: "u", archived: false, vaulted: false, restricted: false, otp: false, matched: [] };
const certificate = { subject: "CN=a", issuer: "CN=a", sha256: "ab".repeat(32), not_before: 0, not_after: 1, publicly_trusted: false };
const needsTrust = { is: "needs_trust", shown: certificate, before: null, host: "dc01", trust: YES, ask: [] };

function made(): { launcher: InstanceType<typeof Launcher>; toasts: Toasts; vault: InstanceType<typeof Vault> } {
  const vault = new Vault();
  const toasts = new Toasts();
  return { vault, toasts, launcher: new Launcher(vault, toasts) };
}

beforeEach(() => {
  vi.clearAllMocks();
  broker.closePicker.mockResolvedValue(undefined);
  broker.trustCertificate.mockResolvedValue(undefined);
  broker.pickerPage.mockResolvedValue({ rows: [choice], matching: 1, progress: { loaded: 1, total: 1, done: true, failure: null, organization: "Contoso", waiting_seconds: null } });
  broker.launch.mockResolvedValue({ is: "started", run: "r1" });
});

describe("a launch", () => {
  it("without a list starts right away", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready" });
    const { launcher } = made();
    await launcher.start(session);
    expect(broker.launch).toHaveBeenCalledWith("s1", null, null);
    expect(launcher.step.is).toBe("idle");
  });

  it("with a list can open its records in IT Glue, by the entry that the session signs in with", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01" });
    const { launcher, vault } = made();
    const entry = { id: "c2", connection: "a1", organization: { id: "4000", name: "Contoso" } } as CredentialRow;
    vault.data = { ...vault.data, credentials: [entry], sessions: [session] };
    await launcher.start(session, "c2");
    expect(launcher.step.is === "picking" && launcher.step.picker.listed).toEqual({ connection: "a1", organization: "4000" });
    launcher.cancel();
    await launcher.start(session);
    expect(launcher.step.is === "picking" && launcher.step.picker.listed).toBeNull();
  });

  it("with a list waits for OK, then sends the choice and closes the list", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01" });
    const { launcher } = made();
    await launcher.start(session);
    expect(launcher.step.is).toBe("picking");
    expect(broker.launch).not.toHaveBeenCalled();
    await launcher.choose(choice);
    expect(broker.launch).toHaveBeenCalledWith("s1", null, "90017");
    expect(broker.closePicker).toHaveBeenCalledWith("p1");
  });

  it("at an unknown certificate trusts the one that was seen, and keeps the choice", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01" });
    broker.launch.mockResolvedValueOnce(needsTrust);
    const { launcher } = made();
    await launcher.start(session);
    await launcher.choose(choice);
    expect(launcher.step.is).toBe("trust");
    await launcher.trust();
    expect(broker.trustCertificate).toHaveBeenCalledWith("s1", certificate.sha256);
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, "90017");
  });

  it("cancelled at the certificate sends nothing", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready" });
    broker.launch.mockResolvedValueOnce(needsTrust);
    const { launcher } = made();
    await launcher.start(session);
    launcher.cancel();
    expect(broker.trustCertificate).not.toHaveBeenCalled();
    expect(broker.launch).toHaveBeenCalledTimes(1);
  });

  it("is not started twice by a second Enter", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready" });
    const { launcher } = made();
    await Promise.all([launcher.start(session), launcher.start(session)]);
    expect(broker.launch).toHaveBeenCalledTimes(1);
  });

  it("that fails says so, and offers to try again where that can help", async () => {
    broker.prepareLaunch.mockRejectedValue(new Refusal({ code: "unreachable", detail: { of: "plain" } }));
    const { launcher, toasts } = made();
    await launcher.start(session);
    expect(launcher.step.is).toBe("idle");
    expect(toasts.list.map((toast) => toast.actions.map((action) => action.label))).toEqual([["Try again"]]);
  });
});

describe("a host that refuses", () => {
  it("offers another record and other entries, and sends nothing by itself", async () => {
    const { toasts, vault } = made();
    vault.status = "open";
    const state: RunRow["state"] = { state: "ended", end: { end: "host_refused", reason: "logon_failure", record: "Admin", changed: 0, choose_again: true, others: ["c2"] } };
    vault.hear({ number: 1, event: { event: "run", run: { run: "r", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state, audited: true } } });
    const [toast] = toasts.list;
    expect(toast?.tone).toBe("bad");
    expect(toast?.actions.map((action) => action.label)).toEqual(["Choose another…", "Launch with c2"]);
    expect(broker.launch).not.toHaveBeenCalled();
  });
});
