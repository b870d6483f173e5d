import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Countdown } from "./countdown.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("seconds that were told once", () => {
  it("go down, and say once that they have passed", () => {
    const onend = vi.fn();
    const countdown = new Countdown(onend);
    countdown.set(2);
    expect(countdown.left).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(countdown.left).toBe(1);
    expect(onend).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(onend).toHaveBeenCalledTimes(1);
  });

  it("never claim that the wait is over: that is the broker's word", () => {
    const countdown = new Countdown();
    countdown.set(1);
    vi.advanceTimersByTime(60_000);
    expect(countdown.left).toBe(1);
    countdown.set(null);
    expect(countdown.left).toBeNull();
  });

  it("leave no timer behind", () => {
    const countdown = new Countdown();
    countdown.set(10);
    countdown.set(20);
    expect(vi.getTimerCount()).toBe(1);
    countdown.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
