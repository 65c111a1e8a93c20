import type { Commit } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import type { GroupAnswer, GroupWrite } from "./group.ts";
import { groupQueue } from "./queue.ts";

const commit = (execution: string): Commit => ({ key: { tenant: "t", execution }, expected: 1, records: [] });
const committed: GroupAnswer = { kind: "committed" };

/** A committer that answers when it is told to, and shows what it was sent. */
function bench(elsewhere: boolean) {
  const groups: (readonly GroupWrite[])[] = [];
  const answers: (() => void)[] = [];
  const queue = groupQueue({
    elsewhere,
    send(group, answered) {
      groups.push(group);
      answers.push(() =>
        answered(
          group.map(() => committed),
          0.1,
        ),
      );
    },
  });
  return { queue, groups, answer: () => answers.shift()?.() };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe("the queue of groups", () => {
  it("sends what comes in one turn as one group, and what waits meanwhile as the next", async () => {
    const { queue, groups, answer } = bench(false);
    const first = [queue.write(commit("a")), queue.write(commit("b"))];
    await turn();
    const second = [queue.write(commit("c")), queue.write(commit("d")), queue.write(commit("e"))];
    await turn();
    expect(groups.map((group) => group.length)).toEqual([2]);
    answer();
    await Promise.all(first);
    await turn();
    expect(groups.map((group) => group.length)).toEqual([2, 3]);
    answer();
    expect(await Promise.all(second)).toEqual([committed, committed, committed]);
  });

  it("is drained when nothing waits and nothing is under way", async () => {
    const { queue, answer } = bench(false);
    await queue.drained();
    const write = queue.write(commit("a"));
    let drained = false;
    const draining = (async () => {
      await queue.drained();
      drained = true;
    })();
    await turn();
    expect(drained).toBe(false);
    answer();
    await Promise.all([write, draining]);
    expect(drained).toBe(true);
  });

  it("answers in halves where going on takes longer than a commit elsewhere, so that both threads work", async () => {
    const { queue, groups, answer } = bench(true);
    const clients = Array.from({ length: 40 }, async (_, index) => {
      for (let round = 0; round < 8; round += 1) {
        await queue.write(commit(String(index)));
        for (const until = performance.now() + 0.05; performance.now() < until;);
      }
    });
    const done = Promise.all(clients);
    for (let round = 0; round < 100; round += 1) {
      await turn();
      answer();
    }
    await done;
    expect(groups[0]).toHaveLength(40);
    expect(groups.some((group) => group.length === 20)).toBe(true);
    expect(groups.flat()).toHaveLength(320);
  });
});
