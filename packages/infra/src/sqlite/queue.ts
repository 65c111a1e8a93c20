import type { Answered, GroupAnswer, GroupWrite } from "./group.ts";

/** Where groups are committed. */
export interface GroupCommitting {
  /** Commits one group; the next is sent when this one is answered. */
  readonly send: (group: readonly GroupWrite[], answered: GroupAnswered) => void;
  /** Groups are committed elsewhere, so that this thread can go on meanwhile. */
  readonly elsewhere: boolean;
  /** Hears how many commits share each group. */
  readonly grouped?: ((writes: number) => void) | undefined;
}

/** How long the committer took by itself, not counting how long its answer waited for this thread. */
export type GroupAnswered = (answers: readonly GroupAnswer[], committingMs: number) => void;

export interface GroupQueue {
  readonly write: (one: GroupWrite) => Promise<Answered>;
  /** Resolves when nothing waits and nothing is under way. */
  readonly drained: () => Promise<void>;
}

interface Waiting {
  readonly write: GroupWrite;
  readonly resolve: (answer: Answered) => void;
  readonly reject: (fault: Error) => void;
}

/** Below this a group is not worth a second sync. */
const SPLIT_MIN = 8;

/** One commit in some takes ten times as long, because what was logged is written to its place: that says little of the next. */
const averaged = (average: number, ms: number): number => average + (ms - average) / 8;

/**
 * One group is under way at a time; what waits when it is answered is the next one. Nobody waits for a group to fill: the
 * more there is to do, the longer the queue, the larger the group.
 *
 * Whoever goes on from an answer soon commits again, and all who were answered together would do so together: this thread
 * and the committing one would take turns, each waiting for the other. Where going on takes long enough to pay for a sync
 * more, a group is therefore answered in two halves, and from then on one is committed while the other goes on.
 */
export function groupQueue({ send, elsewhere, grouped }: GroupCommitting): GroupQueue {
  let waiting: Waiting[] = [];
  let busy = false;
  /** How long this thread lately took to go on from the answers to a group, and the committer to commit one. */
  let goingOnMs = 0;
  let committingMs = 0;
  const idlers: (() => void)[] = [];

  function flush(): void {
    const group = waiting;
    busy = group.length > 0;
    if (!busy) {
      for (const idle of idlers.splice(0)) idle();
      return;
    }
    waiting = [];
    grouped?.(group.length);
    send(
      group.map(({ write }) => write),
      (answers, ms) => {
        committingMs = averaged(committingMs, ms);
        goOn(group, answers);
      },
    );
  }

  function goOn(group: readonly Waiting[], answers: readonly GroupAnswer[]): void {
    const overlap = elsewhere && goingOnMs > committingMs / 2;
    const sendNow = overlap && waiting.length > 0;
    const first = overlap && !sendNow && group.length >= SPLIT_MIN ? group.length >> 1 : group.length;
    if (sendNow) flush();
    const beginMs = performance.now();
    for (let index = 0; index < first; index += 1) give(group[index], answers[index]);
    setImmediate(() => {
      goingOnMs = averaged(goingOnMs, ((performance.now() - beginMs) * group.length) / first);
      if (!sendNow) flush();
      for (let index = first; index < group.length; index += 1) give(group[index], answers[index]);
    });
  }

  return {
    write: (one) =>
      new Promise((resolve, reject) => {
        waiting.push({ write: one, resolve, reject });
        if (busy) return;
        busy = true;
        setImmediate(flush);
      }),

    async drained() {
      if (!busy) return;
      await new Promise<void>((resolve) => {
        idlers.push(resolve);
      });
    },
  };
}

function give(one: Waiting | undefined, answer: GroupAnswer | undefined): void {
  if (answer === undefined) one?.reject(new Error("impossible: a write without an answer"));
  else if (answer instanceof Error) one?.reject(answer);
  else one?.resolve(answer);
}
