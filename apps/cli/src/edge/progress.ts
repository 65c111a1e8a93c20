import { printable } from "@omnibase/core";
import type { Io } from "./io.ts";

/** What is told to whoever watches while something goes on. Results never come this way. */
export interface Progress {
  /** A line that stays. */
  say(line: string): void;
  /** What keeps this process from answering for a moment, said before it begins. */
  working(label: string): Told;
  /** What is waited for, and for how long already. Short waits are not worth a word. */
  waiting(label: string): Told;
}

/** Takes back what was said, when it is over. */
export interface Told {
  done(): void;
}

const silence: Told = { done: () => undefined };
export const silent: Progress = { say: () => undefined, working: () => silence, waiting: () => silence };

/** Fewer records than these are over before anybody could read that they are looked at. */
const recordsMany = 2_000;

/** Says of a long log how long it is. */
export const overRecords = (progress: Progress, count: number, label: string): Told =>
  count < recordsMany ? silence : progress.working(`${label} ${String(count)} records`);

const [firstMs, everyMs] = [400, 1_000];
const columns = 79;
const rewrite = "\r\u001B[2K";

/** On a terminal one line is written over and over, and gone at the end; elsewhere every line stays. */
export function progressOn(io: Pick<Io, "env" | "err" | "terminal">): Progress {
  const isLive = io.terminal && io.env["TERM"] !== "dumb" && (io.env["CI"] ?? "") === "";
  const plainly = (line: string): void => io.err(`${printable(line, 500)}\n`);
  const shown = (line: string): void => io.err(`${rewrite}${printable(line, columns)}`);
  const gone = (): void => io.err(rewrite);
  return {
    say: plainly,
    working: (label) => {
      if (!isLive) plainly(label);
      else shown(`${label} …`);
      return isLive ? { done: gone } : silence;
    },
    waiting: (label) => {
      let seconds = 0;
      let ticking: NodeJS.Timeout | undefined;
      const first = setTimeout(() => {
        if (!isLive) return plainly(label);
        shown(`${label} …`);
        ticking = setInterval(() => shown(`${label} … ${String((seconds += 1))} s`), everyMs);
        ticking.unref();
      }, firstMs);
      first.unref();
      return {
        done: () => {
          clearTimeout(first);
          clearInterval(ticking);
          if (ticking !== undefined) gone();
        },
      };
    },
  };
}
