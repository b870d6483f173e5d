import { beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import type { HostLook, SessionRow } from "../api/gen";
import { Clock } from "../app/clock.svelte";
import { Toasts } from "../toasts/toasts.svelte";
import { dayTrouble } from "../words/certificate";
import { NOTHING_SET } from "../words/rdp";

const broker = vi.hoisted(() => ({ lookAtHost: vi.fn(), trustCertificate: vi.fn() }));
vi.mock("../api/commands", () => broker);

const { HostCheck } = await import("./look.svelte");

const YES = { may: "yes" } as const;
const row = (id: string, host = "dc01"): SessionRow => ({ id, folder: "f", name: "DC01", host, port: 3389, rdp: NOTHING_SET, credentials: { from: "inherited" }, resolved: "c1", inherited_from: null, version: 1, launch: YES, edit: YES, move_away: YES, duplicate: YES, delete: YES, last_launched: null });
const certificate = { subject: "CN=a", issuer: "CN=a", sha256: "ab".repeat(32), not_before: 0, not_after: 1, publicly_trusted: false };
const unknown: HostLook = { is: "unknown", shown: certificate, takes: "nla", trust: YES, ask: [] };
const trusted: HostLook = { is: "trusted", certificate, takes: "nla" };

beforeEach(() => {
  vi.resetAllMocks();
  broker.trustCertificate.mockResolvedValue(undefined);
  broker.lookAtHost.mockResolvedValue(unknown);
});

describe("a look at the host", () => {
  it("is judged by the moment it arrived, not by the last tick of the window's clock", async () => {
    vi.useFakeTimers({ now: 1_000 });
    const clock = new Clock();
    vi.setSystemTime(9_000);
    const made: HostLook = { is: "trusted", certificate: { ...certificate, not_before: 8_000, not_after: 99_000 }, takes: "nla" };
    broker.lookAtHost.mockResolvedValue(made);
    const host = new HostCheck(new Toasts());
    await host.look(row("s1"));
    const at = host.of(row("s1"))?.at ?? 0;
    expect([clock.now, at]).toEqual([1_000, 9_000]);
    expect([clock.now, clock.notBefore(at)].map((now) => dayTrouble(made.certificate, now))).toEqual(["Not valid yet", null]);
    clock.now = 100_000;
    expect(dayTrouble(made.certificate, clock.notBefore(at))).toBe("Expired");
    vi.useRealTimers();
  });

  it("is shown on the page of its session, as long as that leads there", async () => {
    const host = new HostCheck(new Toasts());
    await host.look(row("s1"));
    expect([host.of(row("s1"))?.look, host.busy]).toEqual([unknown, null]);
    expect([host.of(row("s2")), host.of(row("s1", "dc02"))]).toEqual([null, null]);
    host.forget();
    expect(host.of(row("s1"))).toBeNull();
  });

  it("that comes after a newer one does not count", async () => {
    let answer: (look: HostLook) => void = () => undefined;
    broker.lookAtHost.mockReturnValueOnce(new Promise<HostLook>((resolve) => (answer = resolve))).mockResolvedValueOnce(trusted);
    const host = new HostCheck(new Toasts());
    const slow = host.look(row("s1"));
    await host.look(row("s2"));
    answer(unknown);
    await slow;
    expect([host.of(row("s2"))?.look, host.of(row("s1")), host.busy]).toEqual([trusted, null, null]);
  });

  it("that fails says that no credential was sent", async () => {
    broker.lookAtHost.mockRejectedValue(new Refusal({ code: "denied", detail: { of: "denied", why: { missing: "on_session", right: "view" }, ask: [] } }));
    const host = new HostCheck(new Toasts());
    await host.look(row("s1"));
    expect([host.of(row("s1"))?.look, host.of(row("s1"))?.message?.undone]).toEqual([null, "No credential was sent to the host."]);
  });

  it("trusts the certificate that was seen, then looks again", async () => {
    broker.lookAtHost.mockResolvedValueOnce(unknown).mockResolvedValueOnce(trusted);
    const host = new HostCheck(new Toasts());
    await host.look(row("s1"));
    await host.trust(row("s1"));
    expect(broker.trustCertificate).toHaveBeenCalledExactlyOnceWith("s1", certificate.sha256);
    expect(host.of(row("s1"))?.look).toEqual(trusted);
  });

  it("has nothing to trust where it is trusted, and what is refused leaves it in sight", async () => {
    const toasts = new Toasts();
    const host = new HostCheck(toasts);
    broker.lookAtHost.mockResolvedValueOnce(trusted);
    await host.look(row("s1"));
    await host.trust(row("s1"));
    expect(broker.trustCertificate).not.toHaveBeenCalled();
    await host.look(row("s1"));
    broker.trustCertificate.mockRejectedValue(new Refusal({ code: "conflict", detail: { of: "plain" } }));
    await host.trust(row("s1"));
    expect([host.of(row("s1"))?.look, host.busy, toasts.list[0]?.message.undone]).toEqual([unknown, null, "The certificate was not trusted and no password was sent."]);
  });
});
