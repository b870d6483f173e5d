import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { Code, Detail, RunEnd, RunRow, SessionRow, TypedForm } from "../api/gen";
import { Toasts } from "../toasts/toasts.svelte";
import { NOTHING_SET } from "../words/rdp";

const broker = vi.hoisted(() => ({ prepareLaunch: vi.fn(), launch: vi.fn(), trustCertificate: vi.fn(), pickerPage: vi.fn(), closePicker: vi.fn(), listenToBroker: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Launcher } = await import("./launcher.svelte");
const { Vault } = await import("../vault/vault.svelte");

const YES = { may: "yes" } as const;
const NO_TICKET = { policy: "off", pattern: null, last: null } as const;
const NOTHING = { proof: null, ticket: null };
const session: SessionRow = { id: "s1", folder: "f", name: "DC01", host: "dc01", port: 3389, rdp: NOTHING_SET, credentials: { from: "ask_me" }, resolved: null, inherited_from: null, version: 1, launch: YES, edit: YES, move_away: YES, duplicate: YES, delete: YES, last_launched: null };
const asks = { next: "ask_me", host: "dc01:3389", ticket: NO_TICKET, proof: false } as const;
const pick = { next: "pick", picker: "p1", organization: "Contoso", host: "dc01:3389", ticket: NO_TICKET, proof: false } as const;
const certificate = { subject: "CN=a", issuer: "CN=a", sha256: "ab".repeat(32), not_before: 0, not_after: 1, publicly_trusted: false };
const needsTrust = { is: "needs_trust", shown: certificate, before: null, host: "dc01", trust: YES, ask: [] };
const refusal = (code: Code, detail: Detail = { of: "plain" }): Refusal => new Refusal({ code, detail });

type Made = { launcher: InstanceType<typeof Launcher>; toasts: Toasts; vault: InstanceType<typeof Vault> };

function made(ask_me = true): Made {
  const vault = new Vault();
  vault.status = "open";
  vault.data = { ...vault.data, sessions: [session], settings: { ...vault.data.settings, ask_me } };
  const toasts = new Toasts();
  return { vault, toasts, launcher: new Launcher(vault, toasts) };
}

function promptOf({ launcher }: Made) {
  if (launcher.step.is !== "typing") throw new Error(`the step is ${launcher.step.is}`);
  return launcher.step.prompt;
}

/** Types and submits; answers what is sent, with where the person saw it would go. */
async function submit(scene: Made, user = "CORP\\ada"): Promise<TypedForm> {
  const password = crypto.randomUUID();
  promptOf(scene).setUser(user);
  promptOf(scene).setPassword(password);
  await scene.launcher.submit();
  return { user, password, host: session.host, port: session.port };
}

const offers = ({ toasts }: Made): string[][] => toasts.list.map((toast) => toast.actions.map((action) => action.label));

beforeEach(() => {
  vi.resetAllMocks();
  broker.closePicker.mockResolvedValue(undefined);
  broker.trustCertificate.mockResolvedValue(undefined);
  broker.prepareLaunch.mockResolvedValue(asks);
  broker.launch.mockResolvedValue({ is: "started", run: "r1", held_back: [], stale: [] });
});

describe("Ask me", () => {
  it("asks for user and password, sends them once, and keeps neither", async () => {
    const scene = made();
    await scene.launcher.start(session);
    const prompt = promptOf(scene);
    expect(prompt.host).toBe("dc01:3389");
    const typed = await submit(scene);
    expect(broker.launch).toHaveBeenCalledExactlyOnceWith("s1", null, null, NOTHING, { typed, byHand: false });
    expect([scene.launcher.step.is, prompt.password]).toEqual(["idle", ""]);
  });

  it("empties the password's field before the broker has answered", async () => {
    const scene = made();
    await scene.launcher.start(session);
    const prompt = promptOf(scene);
    let seen = "not asked";
    broker.launch.mockImplementation(() => {
      seen = prompt.password;
      return Promise.resolve({ is: "started", run: "r1", held_back: [], stale: [] });
    });
    await submit(scene);
    expect(seen).toBe("");
  });

  it.each([
    ["", "", ["The user name is missing.", "The password is missing."]],
    ["  ", "x", ["The user name is missing.", null]],
    ["ada", "", [null, "The password is missing."]],
  ])("with %j and %j goes nowhere", async (user, password, wrong) => {
    const scene = made();
    await scene.launcher.start(session);
    const prompt = promptOf(scene);
    prompt.setUser(user);
    prompt.setPassword(password);
    await scene.launcher.submit();
    expect([prompt.wrong.user, prompt.wrong.password]).toEqual(wrong);
    expect(broker.launch).not.toHaveBeenCalled();
  });

  it("says at the field what is wrong with a user name, and has the password typed again", async () => {
    broker.launch.mockRejectedValueOnce(refusal("invalid", { of: "field", field: "user", rule: "unsafe" }));
    const scene = made();
    await scene.launcher.start(session);
    await submit(scene, "a\tb");
    const prompt = promptOf(scene);
    expect([prompt.wrong.user, prompt.user, prompt.password, scene.toasts.list]).toEqual([expect.stringContaining("The user name"), "a\tb", "", []]);
    const typed = await submit(scene);
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, null, NOTHING, { typed, byHand: false });
  });

  it("at an unknown certificate goes on with what was typed once that is trusted", async () => {
    broker.launch.mockResolvedValueOnce(needsTrust);
    const scene = made();
    await scene.launcher.start(session);
    const typed = await submit(scene);
    expect(scene.launcher.step.is).toBe("trust");
    await scene.launcher.trust();
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, null, NOTHING, { typed, byHand: false });
    expect(scene.launcher.step).toEqual({ is: "idle" });
  });

  it.each(["cancel", "forget"] as const)("keeps nothing after %s at the certificate", async (leaves) => {
    broker.launch.mockResolvedValueOnce(needsTrust);
    const scene = made();
    await scene.launcher.start(session);
    await submit(scene);
    scene.launcher[leaves]();
    expect(scene.launcher.step).toEqual({ is: "idle" });
    expect(broker.launch).toHaveBeenCalledTimes(1);
  });

  it("comes after what stands before a launch, and a wrong proof does not ask for the password again", async () => {
    broker.prepareLaunch.mockResolvedValue({ ...asks, proof: true });
    broker.launch.mockRejectedValueOnce(refusal("locked", { of: "fault", fault: "wrong_passphrase" }));
    const scene = made();
    await scene.launcher.start(session);
    const pass = async (proof: string): Promise<void> => {
      if (scene.launcher.step.is === "gate") scene.launcher.step.gate.setProof(proof);
      await scene.launcher.pass();
    };
    await pass("mistyped");
    const typed = await submit(scene);
    expect(scene.launcher.step.is).toBe("gate");
    await pass("right");
    expect(broker.launch).toHaveBeenLastCalledWith("s1", null, null, { proof: "right", ticket: null }, { typed, byHand: false });
  });
});

describe("a password typed instead", () => {
  const gone = (): RunRow => ({ run: "r", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state: { state: "ended", end: { end: "failed", failure: { code: "timed_out", detail: { of: "plain" } } } }, audited: true, credential_name: "Admin", by_hand: false, can_sign_in_again: false });

  it.each<[string, Refusal, string[]]>([
    ["IT Glue cannot be reached", refusal("unreachable"), ["Try again", "Type a password instead…"]],
    ["IT Glue does not answer", refusal("timed_out"), ["Try again", "Type a password instead…"]],
    ["the host cannot be reached", refusal("unreachable", { of: "fault", fault: "host_refused_connection" }), ["Try again"]],
    ["the host does not answer", refusal("timed_out", { of: "fault", fault: "host_timed_out" }), ["Try again"]],
    ["IT Glue's limit is used up", refusal("rate_limited"), ["Try again"]],
    ["the key is refused", refusal("key_refused"), []],
  ])("where %s: %j", async (_, thrown, expected) => {
    broker.prepareLaunch.mockRejectedValue(thrown);
    const scene = made();
    await scene.launcher.start(session);
    expect(offers(scene)).toEqual([expected]);
  });

  it("is not offered where people may not", async () => {
    broker.prepareLaunch.mockRejectedValue(refusal("unreachable"));
    const scene = made(false);
    await scene.launcher.start(session);
    scene.vault.hear({ number: 1, event: { event: "run", run: gone() } });
    expect(offers(scene).flat()).toEqual(["Try again"]);
  });

  it("is offered where a running launch got no answer, and then no list is opened", async () => {
    const scene = made();
    scene.vault.hear({ number: 1, event: { event: "run", run: gone() } });
    expect(offers(scene)).toEqual([["Type a password instead…"]]);
    broker.prepareLaunch.mockResolvedValue(pick);
    scene.toasts.list[0]?.actions[0]?.run();
    await vi.waitFor(() => expect(scene.launcher.step.is).toBe("typing"));
    expect(broker.closePicker).toHaveBeenCalledExactlyOnceWith("p1");
    const typed = await submit(scene);
    expect(broker.launch).toHaveBeenCalledExactlyOnceWith("s1", null, null, NOTHING, { typed, byHand: false });
  });

  it("is asked for although nothing can be prepared without IT Glue", async () => {
    broker.prepareLaunch.mockRejectedValue(refusal("unreachable"));
    const scene = made();
    await scene.launcher.start(session, { types: true });
    expect([promptOf(scene).host, scene.toasts.list]).toEqual(["dc01:3389", []]);
  });

  it("takes the place of a list that cannot be filled", async () => {
    broker.prepareLaunch.mockResolvedValue(pick);
    broker.pickerPage.mockResolvedValue({ rows: [], matching: 0, progress: { loaded: 0, total: null, done: true, failure: { code: "unreachable", detail: { of: "plain" } }, organization: "Contoso", waiting_seconds: null } });
    const scene = made();
    await scene.launcher.start(session);
    expect(scene.launcher.step.is).toBe("picking");
    scene.launcher.typeInstead();
    expect([scene.launcher.step.is, broker.closePicker.mock.calls]).toEqual(["typing", [["p1"]]]);
  });
});

describe("a host that refuses what was typed", () => {
  it("has it typed again by a click, and by nothing else", async () => {
    const scene = made();
    const end: RunEnd = { end: "host_refused", reason: "logon_failure", record: "", changed: null, choose_again: false, others: [], refusals: 2, typed: true };
    const run: RunRow = { run: "r", session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: "CORP\\ada", since: 0, state: { state: "ended", end }, audited: true, credential_name: null, by_hand: false, can_sign_in_again: false };
    scene.vault.hear({ number: 1, event: { event: "run", run } });
    const [toast] = scene.toasts.list;
    expect([toast?.message.next.startsWith("The host has refused this account twice within 10 minutes; another wrong try may lock it."), offers(scene)]).toEqual([true, [["Type it again…"]]]);
    expect([broker.prepareLaunch.mock.calls, broker.launch.mock.calls]).toEqual([[], []]);
    toast?.actions[0]?.run();
    await vi.waitFor(() => expect([promptOf(scene).user, promptOf(scene).password]).toEqual(["CORP\\ada", ""]));
  });
});
