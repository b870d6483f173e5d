import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api/error";
import { makeRoom } from "./room";
import { Toasts } from "./toasts.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a message", () => {
  it("that something went well goes by itself, later where there is something to decide", () => {
    const toasts = new Toasts();
    toasts.good("Saved");
    toasts.good("Deleted", "", [{ label: "Undo", run: () => undefined }]);
    vi.advanceTimersByTime(5_000);
    expect(toasts.list.map((toast) => toast.message.title)).toEqual(["Deleted"]);
    vi.advanceTimersByTime(7_000);
    expect(toasts.list).toEqual([]);
  });

  it.each(["needs_kerberos", "needs_gateway"] as const)("that a launch was refused (%s) stays until it is dismissed", (fault) => {
    const toasts = new Toasts();
    toasts.thrown(new Refusal({ code: "refused_by_host", detail: { of: "fault", fault } }), "launch");
    toasts.good("Saved");
    vi.advanceTimersByTime(24 * 3_600_000);
    expect(toasts.list.map((toast) => [toast.tone, toast.message.undone])).toEqual([["bad", "The session was not started and no password was sent."]]);
    toasts.dismiss(toasts.list[0]?.id ?? 0);
    expect(toasts.list).toEqual([]);
  });
});

describe("below the page", () => {
  it("as much is kept free as messages take, and given back when they go", () => {
    const styles = new Map<string, string>();
    const style = {
      setProperty: (name: string, value: string | null) => void styles.set(name, value ?? ""),
      removeProperty: (name: string) => {
        styles.delete(name);
        return "";
      },
    };
    const giveBack = makeRoom(style, 97.4);
    expect([...styles]).toEqual([["--taken-below", "98px"]]);
    giveBack();
    expect(styles.size).toBe(0);
  });
});
