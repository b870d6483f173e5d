import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { CredentialRow, RunEnd, RunRow, SessionRow } from "../api/gen";
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
const session: SessionRow = { id: "s1", folder: "f", name: "DC01", host: "dc01", port: 3389, rdp: { devices: ["sound"], clipboard: "text", size: { size: "client" }, all_monitors: false, dynamic_resolution: true, kerberos: false, gateway: null }, credentials: { from: "inherited" }, resolved: "c1", inherited_from: "Contoso", version: 1, launch: YES, edit: YES, move_away: YES, duplicate: YES, delete: YES, last_launched: null };
const NO_TICKET = { policy: "off", pattern: null, last: null } as const;
const NOTHING = { proof: null, ticket: null };
const AS_USUAL = { typed: null, byHand: false };
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
  broker.launch.mockResolvedValue({ is: "started", run: "r1", held_back: [] });
});

describe("a launch", () => {
  it("without a list starts right away", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: false });
    const { launcher } = made();
    await launcher.start(session);
    expect(broker.launch).toHaveBeenCalledWith("s1", null, null, NOTHING, AS_USUAL);
    expect(launcher.step.is).toBe("idle");
  });

  it("with a list can open its records in IT Glue, by the entry that the session signs in with", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: NO_TICKET, proof: false });
    const { launcher, vault } = made();
    const entry = { id: "c2", connection: "a1", organization: { id: "4000", name: "Contoso" } } as CredentialRow;
    vault.data = { ...vault.data, credentials: [entry], sessions: [session] };
    await launcher.start(session, { credential: "c2" });
    expect(launcher.step.is === "picking" && launcher.step.picker.listed).toEqual({ connection: "a1", organization: "4000" });
    launcher.cancel();
    await launcher.start(session);
    expect(launcher.step.is === "picking" && launcher.step.picker.listed).toBeNull();
  });

  it("with a list waits for OK, then sends the choice and closes the list", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: NO_TICKET, proof: false });
    const { launcher } = made();
    await launcher.start(session);
    expect(launcher.step.is).toBe("picking");
    expect(broker.launch).not.toHaveBeenCalled();
    await launcher.choose(choice);
    expect(broker.launch).toHaveBeenCalledWith("s1", null, "90017", NOTHING, AS_USUAL);
    expect(broker.closePicker).toHaveBeenCalledWith("p1");
  });

  it("at an unknown certificate trusts the one that was seen, and keeps the choice", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: NO_TICKET, proof: false });
    broker.launch.mockResolvedValueOnce(needsTrust);
    const { launcher } = made();
    await launcher.start(session);
    const asked = Date.now();
    await launcher.choose(choice);
    expect(launcher.step.is === "trust" && launcher.step.at).toBeGreaterThanOrEqual(asked);
    await launcher.trust();
    expect(broker.trustCertificate).toHaveBeenCalledWith("s1", certificate.sha256);
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, "90017", NOTHING, AS_USUAL);
  });

  it("cancelled at the certificate sends nothing", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: false });
    broker.launch.mockResolvedValueOnce(needsTrust);
    const { launcher } = made();
    await launcher.start(session);
    launcher.cancel();
    expect(broker.trustCertificate).not.toHaveBeenCalled();
    expect(broker.launch).toHaveBeenCalledTimes(1);
  });

  it("is not started twice by a second Enter", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: false });
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

describe("what stands before a launch", () => {
  const asks = { policy: "required", pattern: "INC[0-9]{3}", last: "INC100" } as const;
  const wrong = new Refusal({ code: "locked", detail: { of: "fault", fault: "wrong_passphrase" } });

  function gateOf(launcher: InstanceType<typeof Launcher>) {
    if (launcher.step.is !== "gate") throw new Error(`the step is ${launcher.step.is}`);
    return launcher.step.gate;
  }

  it("a ticket is asked first, the last one offered again, and a wrong one goes nowhere", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: asks, proof: false });
    const { launcher } = made();
    await launcher.start(session);
    const { ticket } = gateOf(launcher);
    expect(ticket.number).toBe("INC100");
    ticket.setNumber("INC1000");
    await launcher.pass();
    expect(ticket.wrong).toContain("INC[0-9]{3}");
    expect(broker.launch).not.toHaveBeenCalled();
    ticket.setNumber(" INC204 ");
    ticket.reason = "Patch";
    await launcher.pass();
    expect(broker.launch).toHaveBeenCalledWith("s1", null, null, { proof: null, ticket: { number: "INC204", reason: "Patch" } }, AS_USUAL);
    expect(launcher.step.is).toBe("idle");
  });

  it("the list comes after it, and the choice goes with the ticket", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: asks, proof: false });
    const { launcher } = made();
    await launcher.start(session);
    await launcher.pass();
    expect(launcher.step.is).toBe("picking");
    await launcher.choose(choice);
    expect(broker.launch).toHaveBeenCalledWith("s1", null, "90017", { proof: null, ticket: { number: "INC100", reason: "" } }, AS_USUAL);
  });

  it("cancelled there closes the list that was opened for it", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: asks, proof: false });
    const { launcher } = made();
    await launcher.start(session);
    launcher.cancel();
    expect(broker.closePicker).toHaveBeenCalledWith("p1");
    expect(launcher.step.is).toBe("idle");
  });

  it("a wrong proof is asked again with the choice kept, and then goes on", async () => {
    const proof = `p ${Math.random()}`;
    broker.prepareLaunch.mockResolvedValue({ next: "pick", picker: "p1", organization: "Contoso", host: "dc01", ticket: NO_TICKET, proof: true });
    broker.launch.mockRejectedValueOnce(wrong);
    const { launcher, toasts } = made();
    await launcher.start(session);
    gateOf(launcher).setProof("mistyped");
    await launcher.pass();
    await launcher.choose(choice);
    expect(gateOf(launcher).message?.title).toBe("The passphrase or PIN is not right");
    expect(gateOf(launcher).proof).toBe("");
    expect(toasts.list).toEqual([]);
    gateOf(launcher).setProof(proof);
    await launcher.pass();
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, "90017", { proof, ticket: null }, AS_USUAL);
    expect(launcher.step.is).toBe("idle");
  });

  it("a proof that the window did not know of is asked for when the broker wants it", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: false });
    broker.launch.mockRejectedValueOnce(new Refusal({ code: "denied", detail: { of: "denied", why: { missing: "confirmation" }, ask: [] } }));
    const { launcher } = made();
    await launcher.start(session);
    expect(gateOf(launcher).proves).toBe(true);
  });

  it("a ticket that the broker does not take is asked for again where it was typed", async () => {
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: { ...asks, pattern: null }, proof: false });
    broker.launch.mockRejectedValueOnce(new Refusal({ code: "denied", detail: { of: "denied", why: { missing: "ticket" }, ask: [] } }));
    const { launcher, toasts } = made();
    await launcher.start(session);
    await launcher.pass();
    expect([gateOf(launcher).ticket.wrong, toasts.list]).toEqual(["This number is not taken.", []]);
  });

  it("too many wrong ones have to wait", async () => {
    vi.useFakeTimers();
    broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: true });
    broker.launch.mockRejectedValueOnce(new Refusal({ code: "locked", detail: { of: "wait", seconds: 3 } }));
    const { launcher } = made();
    await launcher.start(session);
    gateOf(launcher).setProof("x");
    await launcher.pass();
    gateOf(launcher).setProof("y");
    await launcher.pass();
    expect(broker.launch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(4_000);
    await launcher.pass();
    expect(broker.launch).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

describe("a host that refuses", () => {
  it("offers another record and other entries, and sends nothing by itself", async () => {
    const { toasts, vault } = made();
    vault.status = "open";
    const state: RunRow["state"] = { state: "ended", end: { end: "host_refused", reason: "logon_failure", record: "Admin", changed: 0, choose_again: true, others: ["c2"], refusals: 1, typed: false } };
    vault.hear({ number: 1, event: { event: "run", run: { run: "r", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state, audited: true, credential_name: "Contoso", by_hand: false, can_sign_in_again: false } } });
    const [toast] = toasts.list;
    expect(toast?.tone).toBe("bad");
    expect(toast?.actions.map((action) => action.label)).toEqual(["Choose another…", "Launch with c2"]);
    expect(broker.launch).not.toHaveBeenCalled();
  });
});

describe("a launch that is over for another reason", () => {
  const ended = (end: RunEnd): RunRow => ({ run: "r", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state: { state: "ended", end }, audited: true, credential_name: "Admin", by_hand: false, can_sign_in_again: false });

  it.each<[RunEnd["end"], RunEnd, string[]]>([
    ["certificate_changed", { end: "certificate_changed" }, ["Launch again"]],
    ["client_never_came", { end: "client_never_came" }, []],
    ["failed", { end: "failed", failure: { code: "refused_by_host", detail: { of: "fault", fault: "host_redirects" } } }, []],
    ["failed", { end: "failed", failure: { code: "refused_by_host", detail: { of: "fault", fault: "host_standard_security" } } }, []],
  ])("%s: stays until it is dismissed, and nothing is tried again by itself", (_, end, offers) => {
    const { toasts, vault } = made();
    vault.status = "open";
    vault.hear({ number: 1, event: { event: "run", run: ended(end) } });
    expect(toasts.list.map((toast) => [toast.tone, toast.actions.map((action) => action.label)])).toEqual([["bad", offers]]);
    expect([broker.prepareLaunch.mock.calls, broker.launch.mock.calls]).toEqual([[], []]);
  });
});
