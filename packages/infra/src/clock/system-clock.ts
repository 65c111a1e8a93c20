import type { Cancel, Clock } from "@omnibase/spi";

/** The time of this machine. A timer that is set keeps the process alive, because someone waits for it. */
export function systemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    after,
  };
}

/** The platform takes a longer delay for none at all. */
const platformDelayMsMax = 2_147_483_647;

/** The platform counts in whole milliseconds, so it may call a fraction of one too early; the rest is waited for. */
function after(delayMs: number, call: () => void): Cancel {
  const dueMs = performance.now() + delayMs;
  let timer = setTimeout(look, Math.min(delayMs, platformDelayMsMax));
  function look(): void {
    const restMs = dueMs - performance.now();
    if (restMs <= 0) call();
    else timer = setTimeout(look, Math.min(Math.ceil(restMs), platformDelayMsMax));
  }
  return () => {
    clearTimeout(timer);
  };
}
