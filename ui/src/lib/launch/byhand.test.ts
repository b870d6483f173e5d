import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { RunRow, SessionRow } from "../api/gen";
import { Toasts } from "../toasts/toasts.svelte";
import { NOTHING_SET } from "../words/rdp";

const broker = vi.hoisted(() => ({ prepareLaunch: vi.fn(), launch: vi.fn(), endSession: vi.fn(), copyByHand: vi.fn(), listenToBroker: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { Launcher } = await import("./launcher.svelte");
const { Vault } = await import("../vault/vault.svelte");

const YES = { may: "yes" } as const;
const NO_TICKET = { policy: "off", pattern: null, last: null } as const;
const session: SessionRow = { id: "s1", folder: "f", name: "DC01", host: "dc01", port: 3389, rdp: NOTHING_SET, credentials: { from: "linked", credential: "c1" }, resolved: "c1", inherited_from: null, version: 1, launch: YES, edit: YES, move_away: YES, duplicate: YES, delete: YES, last_launched: null };

type Made = { launcher: InstanceType<typeof Launcher>; toasts: Toasts; hear: (state: RunRow["state"], run?: string) => void };

function made(): Made {
  const vault = new Vault();
  vault.status = "open";
  vault.data = { ...vault.data, sessions: [session] };
  const toasts = new Toasts();
  const launcher = new Launcher(vault, toasts);
  let number = 0;
  const hear = (state: RunRow["state"], run = "r1"): void => {
    number += 1;
    vault.hear({ number, event: { event: "run", run: { run, session: "s1", name: "DC01", client: "Contoso", host: "dc01", account: null, since: 0, state, audited: true, credential_name: "Admin", by_hand: true, can_sign_in_again: false } } });
  };
  return { launcher, toasts, hear };
}

function handOf({ launcher }: Made) {
  if (launcher.step.is !== "by_hand") throw new Error(`the step is ${launcher.step.is}`);
  return launcher.step.hand;
}

/** Launched by hand, the one-time sign-in on the screen. */
async function launched(): Promise<Made> {
  const scene = made();
  await scene.launcher.start(session, { byHand: true });
  scene.hear({ state: "waiting_for_client" });
  return scene;
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.useFakeTimers();
  broker.endSession.mockResolvedValue(undefined);
  broker.copyByHand.mockResolvedValue(undefined);
  broker.prepareLaunch.mockResolvedValue({ next: "ready", ticket: NO_TICKET, proof: false, signs_in_as: "a", user_name: null });
  broker.launch.mockImplementation(() => Promise.resolve({ is: "by_hand", run: "r1", address: "127.1.2.3:50114", user: "ot-1", password: crypto.randomUUID(), seconds: 120, stale: [] }));
});
afterEach(() => void vi.useRealTimers());

describe("a launch by hand", () => {
  it("shows address, user and password for as long as they are good", async () => {
    const scene = await launched();
    expect(broker.launch).toHaveBeenCalledExactlyOnceWith("s1", null, null, { proof: null, ticket: null }, { typed: null, byHand: true });
    const hand = handOf(scene);
    expect([hand.state, hand.left.left, hand.shown.address, hand.shown.password.length]).toEqual(["waiting", 120, "127.1.2.3:50114", 36]);
    vi.advanceTimersByTime(119_000);
    expect([hand.state, hand.left.left]).toEqual(["waiting", 1]);
  });

  it("closes by itself when the client has signed in", async () => {
    const scene = await launched();
    scene.hear({ state: "signing_in" });
    expect([handOf(scene).state, handOf(scene).left.left]).toEqual(["signing_in", null]);
    scene.hear({ state: "active" });
    expect([scene.launcher.step.is, scene.toasts.list.map((toast) => toast.message.title), vi.getTimerCount()]).toEqual(["idle", ["Signed in to DC01"], 1]);
  });

  it("does not mind what becomes of other sessions", async () => {
    const scene = await launched();
    scene.hear({ state: "active" }, "r2");
    expect(handOf(scene).state).toBe("waiting");
  });

  it("says once that the time is over, forgets the password, and offers to launch again", async () => {
    const scene = await launched();
    const hand = handOf(scene);
    vi.advanceTimersByTime(120_000);
    expect([hand.state, hand.shown.user, hand.shown.password]).toEqual(["over", "", ""]);
    scene.hear({ state: "ended", end: { end: "client_never_came" } });
    expect([hand.state, scene.toasts.list]).toEqual(["over", []]);
    await scene.launcher.again();
    expect(broker.endSession).not.toHaveBeenCalled();
    expect(handOf(scene).shown.password).toHaveLength(36);
    expect(broker.launch).toHaveBeenCalledTimes(2);
    expect(broker.launch.mock.calls[1]?.[4]).toEqual({ typed: null, byHand: true });
  });

  it("that ends otherwise says why, and its dialog goes", async () => {
    const scene = await launched();
    scene.hear({ state: "ended", end: { end: "too_many_attempts" } });
    expect([scene.launcher.step.is, scene.toasts.list.map((toast) => toast.message.title)]).toEqual(["idle", ["The session's local door was closed"]]);
  });

  it("that is given up is ended, so that nobody signs in with it any more", async () => {
    const scene = await launched();
    const hand = handOf(scene);
    scene.launcher.cancel();
    expect([broker.endSession.mock.calls, scene.launcher.step.is, hand.shown.password]).toEqual([[["r1"]], "idle", ""]);
  });

  it("that cannot be ended says so", async () => {
    broker.endSession.mockRejectedValue(new Refusal({ code: "not_found", detail: { of: "not_found", what: "run" } }));
    const scene = await launched();
    scene.launcher.cancel();
    await vi.waitFor(() => expect(scene.toasts.list.map((toast) => toast.message.undone)).toEqual(["The session was not ended."]));
  });

  it("leaves nothing in the window when the vault is locked, and the session to the broker", async () => {
    const scene = await launched();
    const hand = handOf(scene);
    scene.launcher.forget();
    expect([scene.launcher.step.is, hand.shown.password, broker.endSession.mock.calls, vi.getTimerCount()]).toEqual(["idle", "", [], 0]);
  });

  it("copies the password through the shell, and says where that did not work", async () => {
    const scene = await launched();
    expect(await scene.launcher.copyByHand()).toBe(true);
    broker.copyByHand.mockRejectedValue(new Refusal({ code: "storage", detail: { of: "fault", fault: "clipboard_unavailable" } }));
    expect(await scene.launcher.copyByHand()).toBe(false);
    expect(broker.copyByHand.mock.calls).toEqual([["r1"], ["r1"]]);
  });
});

describe("with a sign-in that another tool has stored in Windows", () => {
  const stale = [{ target: "TERMSRV/dc01", user: "CORP\\adm" }];
  const notice = /TERMSRV\/dc01 \(CORP\\adm\) in Windows' Credential Manager\. This session does not use it/;

  it("a launch says so until it was read, and goes on", async () => {
    broker.launch.mockResolvedValueOnce({ is: "started", run: "r1", held_back: [], stale });
    const { launcher, toasts } = made();
    await launcher.start(session);
    vi.advanceTimersByTime(60_000);
    expect(toasts.list.map((toast) => toast.message.text)).toEqual([expect.stringMatching(notice)]);
    expect(launcher.step.is).toBe("idle");
  });

  it("a launch with a code to type says so as well", async () => {
    broker.launch.mockResolvedValueOnce({ is: "by_hand", run: "r1", address: "127.77.0.3:50114", user: "ot-1", password: crypto.randomUUID(), seconds: 120, stale });
    const scene = made();
    await scene.launcher.start(session);
    expect(scene.toasts.list.map((toast) => toast.message.text)).toEqual([expect.stringMatching(notice)]);
    expect(handOf(scene).state).toBe("waiting");
  });
});

describe("where Windows denies outgoing NTLM", () => {
  it("the policy and the exception are named, and another client is offered", async () => {
    broker.launch.mockRejectedValueOnce(new Refusal({ code: "client_missing", detail: { of: "fault", fault: "outgoing_ntlm_denied" } }));
    const scene = made();
    await scene.launcher.start(session);
    const [toast] = scene.toasts.list;
    expect(toast?.message.text).toContain("Outgoing NTLM traffic to remote servers");
    expect([toast?.message.undone, toast?.message.next]).toEqual(["Nothing was fetched, and no client was started.", expect.stringContaining("TERMSRV/127.77.*")]);
    expect(toast?.actions.map((action) => action.label)).toEqual(["Launch by hand…"]);
  });
});

describe("without an RDP client", () => {
  it("a launch by hand is offered", async () => {
    broker.launch.mockRejectedValueOnce(new Refusal({ code: "client_missing", detail: { of: "plain" } }));
    const scene = made();
    await scene.launcher.start(session);
    const [toast] = scene.toasts.list;
    expect(toast?.actions.map((action) => action.label)).toEqual(["Launch by hand…"]);
    toast?.actions[0]?.run();
    await vi.waitFor(() => expect(handOf(scene).state).toBe("waiting"));
  });
});
