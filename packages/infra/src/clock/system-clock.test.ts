import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "./system-clock.ts";

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    systemClock().after(ms, resolve);
  });

describe("systemClock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("tells wall time in whole milliseconds", () => {
    const now = systemClock().nowMs();
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
  });

  it("never calls before the delay has passed on its own monotonic clock", async () => {
    const clock = systemClock();
    for (let round = 0; round < 50; round += 1) {
      const before = clock.monotonicMs();
      await sleep(round % 4);
      expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(round % 4);
    }
  });

  it("calls once after a delay that the platform cannot count", () => {
    vi.useFakeTimers();
    let calls = 0;
    const days = 60 * 86_400_000;
    systemClock().after(days, () => {
      calls += 1;
    });
    vi.advanceTimersByTime(days - 1);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(days);
    expect(calls).toBe(1);
  });

  it("does not call what was cancelled, twice or late", () => {
    vi.useFakeTimers();
    let calls = 0;
    const clock = systemClock();
    const call = (): void => {
      calls += 1;
    };
    const cancel = clock.after(5_000_000_000, call);
    vi.advanceTimersByTime(3_000_000_000);
    cancel();
    cancel();
    const done = clock.after(1, call);
    vi.advanceTimersByTime(10_000_000_000);
    done();
    expect(calls).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
