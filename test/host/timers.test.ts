import { expect, it } from "vitest";
import type { Graph } from "@omnibase/core";
import { memoryStore } from "@omnibase/infra/memory";
import type { Store } from "@omnibase/spi";
import { callTo, graphOf } from "@omnibase/testkit";
import { done, key, openWorld, start, workflow } from "./world.ts";
import type { TestWorld } from "./world.ts";

/** Waits for ten minutes, which is long enough to be let go from memory meanwhile. */
const waitMs = 600_000;

const pause = callTo({ kind: "wait", forMs: waitMs }, { outcomes: ["ELAPSED"], edges: { ELAPSED: { to: "END" } } });
const graph: Graph = { ...graphOf({ PAUSE: pause }), workflow };

const worldOver = (store: Store): TestWorld => openWorld({ answer: done, graph, store });

const statusOf = async ({ store }: TestWorld, execution: string): Promise<string | undefined> =>
  (await store.find(key(execution)))?.status;

const firesFor = ({ records }: Parameters<Store["commit"]>[0]): boolean =>
  records.some((line) => line.includes('"type":"TimerFired"'));

it("fires a timer that comes due while another one is fired, as soon as that is done", async () => {
  const plain = memoryStore();
  const world = worldOver({
    ...plain,
    async commit(commit) {
      if (firesFor(commit)) await new Promise<void>((resolve) => void world.clock.after(20, resolve));
      return plain.commit(commit);
    },
  });
  await world.host.start(start("first"));
  await world.clock.pass(5);
  await world.host.start(start("second"));
  await world.clock.pass(waitMs - 5 + 20);
  expect([await statusOf(world, "first"), await statusOf(world, "second")]).toEqual(["ended", "parked"]);
  await world.clock.pass(20);
  expect(await statusOf(world, "second")).toBe("ended");
});

it("fires a timer in time beside one that cannot be fired, because its log is damaged", async () => {
  const plain = memoryStore();
  const world = worldOver({
    ...plain,
    read: (of, after) => (of.execution === "damaged" ? Promise.resolve(["{}"]) : plain.read(of, after)),
  });
  await world.host.start(start("damaged"));
  await world.clock.pass(100);
  await world.host.start(start("sound"));
  await world.clock.pass(waitMs);
  expect([await statusOf(world, "damaged"), await statusOf(world, "sound")]).toEqual(["parked", "ended"]);
});

it("asks a timer that could not be fired again in a while", async () => {
  const plain = memoryStore();
  let damaged = true;
  const world = worldOver({
    ...plain,
    read: (of, after) => (damaged ? Promise.resolve(["{}"]) : plain.read(of, after)),
  });
  await world.host.start(start("e1"));
  await world.clock.pass(waitMs + 100);
  expect(await statusOf(world, "e1")).toBe("parked");
  damaged = false;
  await world.clock.pass(250);
  expect(await statusOf(world, "e1")).toBe("ended");
});

it("fires many that are due at once, not one after the other, and not all at once", async () => {
  const plain = memoryStore();
  let [underWay, most] = [0, 0];
  const world = worldOver({
    ...plain,
    async commit(commit) {
      if (!firesFor(commit)) return plain.commit(commit);
      most = Math.max(most, (underWay += 1));
      await new Promise<void>((resolve) => void world.clock.after(1, resolve));
      underWay -= 1;
      return plain.commit(commit);
    },
  });
  const names = Array.from({ length: 250 }, (_, index) => `e${String(index)}`);
  for (const name of names) await world.host.start(start(name));
  await world.clock.pass(waitMs + 3);
  const statuses = await Promise.all(names.map((name) => statusOf(world, name)));
  expect(new Set(statuses)).toEqual(new Set(["ended"]));
  expect(most).toBe(100);
});
