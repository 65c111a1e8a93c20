import type { Work } from "@omnibase/core";
import { effectWork, graphOf } from "@omnibase/testkit";
import { memoryStore } from "@omnibase/infra/memory";
import type { Answer, Store } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { call, done, exit, key, openWorld, settle, start, workflow } from "./world.ts";

const unknown: Answer = { kind: "unknown", failure: { code: "NO_ANSWER", message: "silence" } };

it("goes on when a person says what happened", async () => {
  const world = openWorld({ answer: () => Promise.resolve(unknown), effect: { idempotent: false } });
  await world.host.start(start("e1"));
  await world.host.wait(key("e1"));
  const resolution = { kind: "done", outcome: "SUCCESS", value: {} } as const;
  await world.host.resolve({ ...key("e1"), by: "ada", resolution });
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect(await world.host.resolve({ ...key("e1"), by: "ada", resolution })).toMatchObject({
    value: { status: "ended" },
  });
  for (const other of [{ by: "bob" }, { place: "CC_PAY/other" }, { resolution: { kind: "retry" } as const }]) {
    expect(await world.host.resolve({ ...key("e1"), by: "ada", resolution, ...other })).toMatchObject({
      error: { code: "NOT_RUNNING" },
    });
  }
});

it("does not take what a person said of one incident as said of the next", async () => {
  const world = openWorld({ answer: () => Promise.resolve(unknown), effect: { idempotent: false } });
  await world.host.start(start("e1"));
  await world.host.wait(key("e1"));
  const again = { ...key("e1"), by: "ada", resolution: { kind: "retry" } } as const;
  await world.host.resolve(again);
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "incident" } });
  const refused = await world.host.resolve(again);
  expect(refused).toMatchObject({ error: { code: "PLACE_NEEDED" } });
  expect(world.calls).toHaveLength(2);
  const place = refused.ok || refused.error.code !== "PLACE_NEEDED" ? "" : refused.error.place;
  await world.host.resolve({ ...again, by: "bob" });
  await world.host.wait(key("e1"));
  await world.host.resolve({ ...again, place });
  await world.host.wait(key("e1"));
  expect(world.calls).toHaveLength(4);
});

/** A host that is handed what its store said before somebody else had asked. */
async function outdated(stale: (store: Store, until: Promise<void>) => Partial<Store>): Promise<readonly unknown[]> {
  const store = memoryStore();
  const effect = { idempotent: false };
  await openWorld({ store, effect, answer: () => new Promise(() => undefined) }).host.start(start("e1"));
  await settle();
  const releases: (() => void)[] = [];
  const until = new Promise<void>((resolve) => void releases.push(resolve));
  const { clock, host } = openWorld({ store: { ...store, ...stale(store, until) }, effect, answer: done });
  const before = await host.wait(key("e1"));
  for (const release of releases) release();
  await clock.pass(1);
  return [before, await host.wait(key("e1"))];
}

describe("an execution that stands still is not waited for without end", () => {
  const standsStill = { ok: true, value: { ...key("e1"), status: "incident" } };

  it("where it was listed as open before it came to rest", async () => {
    const replies = await outdated((store, until) => ({
      open: async (after, limit) => {
        const rows = await store.open(after, limit);
        await until;
        return rows;
      },
    }));
    expect(replies).toEqual([standsStill, standsStill]);
  });

  it("where a timer fires that it had set before", async () => {
    let told = 0;
    const replies = await outdated((_, until) => ({
      open: () => Promise.resolve([]),
      due: async () => {
        await until;
        told += 1;
        return told === 1 ? [{ ...key("e1"), place: "CC/pay", dueMs: 0 }] : [];
      },
    }));
    expect(replies).toEqual([standsStill, standsStill]);
  });
});

it("is the one that is open, or is named where there are several", async () => {
  const pay = call(effectWork({ handler: "pay", idempotent: false }), { SUCCESS: { to: "JOIN" } });
  const anything: Work = { kind: "admit", fields: {}, open: true };
  const graph = graphOf({
    IN: call(anything, { ACK: { to: "SECOND", also: ["THIRD"] }, NACK: { to: "END" } }),
    SECOND: pay,
    THIRD: pay,
    JOIN: { ...exit("BOTH"), join: "all" },
  });
  const world = openWorld({ graph: { ...graph, workflow }, answer: () => Promise.resolve(unknown) });
  await world.host.start(start("e1"));
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "incident" } });
  const resolved = { ...key("e1"), by: "ada", resolution: { kind: "done", outcome: "SUCCESS", value: {} } } as const;
  expect(await world.host.resolve(resolved)).toMatchObject({ error: { code: "PLACE_AMBIGUOUS" } });
  await world.host.resolve({ ...resolved, place: "THIRD" });
  expect(await world.host.resolve(resolved)).toMatchObject({ value: { status: "ended" } });
});
