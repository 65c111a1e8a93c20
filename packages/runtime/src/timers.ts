import type { ExecutionKey, Timer } from "@omnibase/spi";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";

/** Timers live in the store; in memory there is only the time of the next look. */
export interface Timers {
  /** A timer was stored that is due then. */
  note(dueMs: number): void;
  stop(): void;
}

export function startTimers(
  { clock, store }: Pick<HostParts, "clock" | "store">,
  fire: (key: ExecutionKey, place: string) => Promise<void>,
): Timers {
  let nextMs = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | undefined;
  let stopped = false;
  let looking = false;

  const aim = (dueMs: number): void => {
    if (stopped || dueMs >= nextMs) return;
    cancel?.();
    nextMs = dueMs;
    cancel = clock.after(Math.min(Math.max(0, dueMs - clock.nowMs()), hostLimits.timerLookMsMax), look);
  };

  const look = (): void => {
    nextMs = Number.POSITIVE_INFINITY;
    if (looking || stopped) return;
    looking = true;
    void lookOnce();
  };

  const lookOnce = async (): Promise<void> => {
    const dueMs = await nextAfterFiring();
    looking = false;
    aim(dueMs);
  };

  /** A store that is unwell says so to whoever asks it for something; here a later look tries again. */
  const nextAfterFiring = async (): Promise<number> => {
    try {
      const stuck = await fireDue();
      if (stuck === 0) return (await store.nextDue()) ?? Number.POSITIVE_INFINITY;
      // A timer that would not fire, because its log is damaged, is asked again in a while and makes no other late.
      const next = (await store.due(Number.MAX_SAFE_INTEGER, stuck + 1))[stuck];
      return Math.min(next?.dueMs ?? Number.POSITIVE_INFINITY, clock.nowMs() + hostLimits.storeRetryMs);
    } catch {
      return clock.nowMs() + hostLimits.storeRetryMs;
    }
  };

  /**
   * Fires what is due, and what comes due meanwhile, many at a time, so that they share commits. Says how many were told
   * and stayed: those are the first that the store names.
   */
  const fireDue = async (): Promise<number> => {
    let told = new Set<string>();
    for (;;) {
      const due = await store.due(clock.nowMs(), told.size + hostLimits.timersPerLook);
      const fresh = due.filter((timer) => !told.has(nameOf(timer))).slice(0, hostLimits.timersPerLook);
      const stuck = due.filter((timer) => told.has(nameOf(timer)));
      if (stopped || fresh.length === 0) return stuck.length;
      await Promise.all(fresh.map(({ execution, place, tenant }) => fire({ tenant, execution }, place)));
      told = new Set([...stuck, ...fresh].map(nameOf));
    }
  };

  aim(clock.nowMs());
  return {
    note: aim,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

/** One that is set anew is another one. */
const nameOf = ({ dueMs, execution, place, tenant }: Timer): string =>
  JSON.stringify([tenant, execution, place, dueMs]);
