import type { Committed } from "@omnibase/spi";
import type { GroupAnswer, GroupWrite } from "./group.ts";

/** Commits one group; the next is sent when this one is answered. */
export type Send = (group: readonly GroupWrite[], answered: (answers: readonly GroupAnswer[]) => void) => void;

export interface GroupQueue {
  readonly write: (one: GroupWrite) => Promise<Committed>;
  /** Resolves when nothing waits and nothing is under way. */
  readonly drained: () => Promise<void>;
}

interface Waiting {
  readonly write: GroupWrite;
  readonly resolve: (answer: Committed) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * One group is under way at a time; what waits when it is answered is the next one. Nobody waits for a group to fill: the
 * more there is to do, the longer the queue, the larger the group.
 *
 * The next group leaves one turn of the event loop after the answers, so that whoever goes on from an answer is in it.
 */
export function groupQueue(send: Send): GroupQueue {
  let waiting: Waiting[] = [];
  let busy = false;
  const idlers: (() => void)[] = [];

  function flush(): void {
    const group = waiting;
    if (group.length === 0) {
      busy = false;
      for (const idle of idlers.splice(0)) idle();
      return;
    }
    waiting = [];
    send(
      group.map(({ write }) => write),
      (answers) => {
        for (const [index, one] of group.entries()) give(one, answers[index]);
        setImmediate(flush);
      },
    );
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

function give({ resolve, reject }: Waiting, answer: GroupAnswer | undefined): void {
  if (answer === undefined) reject(new Error("impossible: a write without an answer"));
  else if (answer instanceof Error) reject(answer);
  else resolve(answer);
}
