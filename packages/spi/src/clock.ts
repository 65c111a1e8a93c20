/**
 * Time as an input.
 *
 * 1. `nowMs` is wall time in whole milliseconds; it may jump, and callers take the maximum with what they recorded.
 * 2. `monotonicMs` never goes back.
 * 3. `after` calls once, not before the delay has passed on the monotonic clock; cancelling is idempotent.
 */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  after(delayMs: number, call: () => void): Cancel;
}

export type Cancel = () => void;
