import type { ExecutionKey } from "@omnibase/spi";
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
      await fireDue();
      const dueMs = (await store.nextDue()) ?? Number.POSITIVE_INFINITY;
      // A timer that would not fire, because its log is damaged, is asked again in a while and starves nobody.
      return dueMs <= clock.nowMs() ? clock.nowMs() + hostLimits.storeRetryMs : dueMs;
    } catch {
      return clock.nowMs() + hostLimits.storeRetryMs;
    }
  };

  const fireDue = async (): Promise<void> => {
    for (const { execution, place, tenant } of await store.due(clock.nowMs(), hostLimits.timersPerLook)) {
      if (stopped) return;
      await fire({ tenant, execution }, place);
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
