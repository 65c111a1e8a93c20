import type { Clock } from "@omnibase/spi";

/** Time that passes when it is told to. */
export interface VirtualClock extends Clock {
  /** Everything that is due on the way happens at its time, and what follows from it. */
  pass(ms: number): Promise<void>;
}

interface Alarm {
  readonly dueMs: number;
  readonly call: () => void;
}

/** `settle` lets whatever can go on go on, until everything waits. */
export function virtualClock(beginMs: number, settle: () => Promise<void>): VirtualClock {
  let nowMs = beginMs;
  const alarms = new Set<Alarm>();
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: (delayMs, call) => {
      const alarm = { dueMs: nowMs + delayMs, call };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        await settle();
        const [next] = [...alarms].filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        alarms.delete(next);
        nowMs = Math.max(nowMs, next.dueMs);
        next.call();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}
