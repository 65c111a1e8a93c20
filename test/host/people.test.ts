import { decodeRecord } from "@omnibase/core";
import type { Graph, Place, Work } from "@omnibase/core";
import { memoryStore } from "@omnibase/infra/memory";
import type { Store } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { accounts, call, done, exit, key, openWorld, settle, start, workflow } from "./world.ts";
import type { TestWorld, WorldOptions } from "./world.ts";

const task = (change: Partial<Extract<Work, { kind: "task" }>> = {}): Work => ({
  kind: "task",
  summary: "look at it",
  actors: [],
  fields: { note: { type: "string", required: true } },
  ...change,
});

const keep: Work = { kind: "operate", capability: "CS", operation: "registry.REGISTER", store: accounts };
const named = { key: { kind: "payload", path: ["name"] } } as const;

const enter = call(
  { kind: "admit", fields: { name: { type: "string", required: true } } },
  { ACK: { to: "FIRST" }, NACK: { to: "EXIT" } },
);

const graphOf = (places: { readonly [name: string]: Place }, more: Partial<Graph> = {}): Graph => ({
  format: "omnibase-graph/1",
  workflow,
  start: "IN",
  scopes: {},
  ...more,
  places: { IN: enter, EXIT: exit("DONE"), EXIT_LATE: exit("LATE"), ...places },
});

/** Keeps something, and then a person looks at it. */
const kept = graphOf({
  FIRST: call(keep, { SUCCESS: { to: "LOOK" } }, named),
  LOOK: call(task({ timeoutMs: 3_600_000 }), { SEEN: { to: "EXIT" }, TIMED_OUT: { to: "EXIT_LATE" } }),
});

/** Two people look at once. */
const both = graphOf({
  FIRST: call(task(), { SEEN: { to: "SECOND", also: ["THIRD"] } }),
  SECOND: call(task(), { SEEN: { to: "JOIN" } }),
  THIRD: call(task(), { SEEN: { to: "JOIN" } }),
  JOIN: { ...exit("BOTH"), join: "all" },
});

/** Somebody looks, and then somebody pays. */
const paid = graphOf(
  {
    FIRST: call(task(), { SEEN: { to: "PAYMENT" } }),
    PAYMENT: call({ kind: "wait", signal: "PAID" }, { RECEIVED: { to: "EXIT" } }),
  },
  { signals: { PAID: { cents: { type: "integer", required: true } } } },
);

const opened = (graph: Graph, more: Partial<WorldOptions> = {}): TestWorld =>
  openWorld({ answer: done, graph, ...more });

const begun = async (world: TestWorld): Promise<unknown> => {
  await world.host.start(start("e1"));
  return world.host.wait(key("e1"));
};

const openTasks = async ({ store }: TestWorld): Promise<readonly string[]> =>
  (await store.tasks({ tenant: "default", limit: 10 })).map(({ place }) => place);

const lastIn = async ({ store }: TestWorld): Promise<unknown> =>
  (await store.read(key("e1"))).map((line) => decodeRecord(line).event).at(-1);

const settled = { ...key("e1"), by: "ada", outcome: "SEEN", value: { note: "fine" } };
const said = { ...key("e1"), by: "bank", id: "s-1", name: "PAID", value: { cents: 450 } };
const parked = { ok: true, value: { ...key("e1"), status: "parked" } };
const ended = { ok: true, value: { ...key("e1"), status: "ended" } };

describe("a task", () => {
  it("is found without its log, also behind a record that the store wrote itself", async () => {
    const world = opened(kept);
    expect(await begun(world)).toEqual(parked);
    expect(await world.store.tasks({ tenant: "default", limit: 10 })).toEqual([
      {
        ...key("e1"),
        number: 1,
        workflow,
        place: "LOOK",
        summary: "look at it",
        actors: [],
        outcomes: ["SEEN"],
        dueMs: 4_600_000,
      },
    ]);
    expect(await world.store.nextDue()).toBe(4_600_000);
    expect(await world.host.settleTask(settled)).toEqual(ended);
    expect(await lastIn(world)).toMatchObject({ type: "Completed", outcome: "DONE" });
    expect(await openTasks(world)).toEqual([]);
    expect(await world.store.nextDue()).toBe(undefined);
  });

  it("is found again where the process died right behind the record that the store wrote itself", async () => {
    const store = memoryStore();
    const dying: Store = {
      ...store,
      commit: (commit) => (commit.records.length === 0 ? new Promise(() => undefined) : store.commit(commit)),
    };
    const first = opened(kept, { store: dying });
    void first.host.start(start("e1"));
    await settle();
    expect(await openTasks(first)).toEqual([]);
    const second = opened(kept, { store });
    expect(await second.host.recovered).toBe(1);
    expect(await openTasks(second)).toEqual(["LOOK"]);
    expect(await second.host.wait(key("e1"))).toEqual(parked);
    await second.clock.pass(3_600_000);
    expect(await lastIn(second)).toMatchObject({ type: "Completed", outcome: "LATE" });
    expect(await openTasks(second)).toEqual([]);
  });

  it("vanishes with a cancellation", async () => {
    const world = opened(kept);
    await begun(world);
    expect(await world.host.cancel({ ...key("e1"), by: "ada", reason: "no more" })).toEqual(ended);
    expect(await openTasks(world)).toEqual([]);
    expect(await world.host.settleTask(settled)).toMatchObject({ ok: false, error: { code: "NOT_RUNNING" } });
  });

  it("is the one that is open, or is named where there are several", async () => {
    const world = opened(both);
    expect(await begun(world)).toEqual(parked);
    expect(await openTasks(world)).toEqual(["FIRST"]);
    expect(await world.host.settleTask(settled)).toEqual(parked);
    expect(await openTasks(world)).toEqual(["SECOND", "THIRD"]);
    const places = ["SECOND", "THIRD"];
    expect(await world.host.settleTask(settled)).toEqual({ ok: false, error: { code: "PLACE_AMBIGUOUS", places } });
    expect(await world.host.settleTask({ ...settled, place: "THIRD" })).toEqual(parked);
    expect(await openTasks(world)).toEqual(["SECOND"]);
    expect(await world.host.settleTask(settled)).toEqual(ended);
  });

  it("is settled once where the same is said again by whoever heard no answer, and by nobody else", async () => {
    const world = opened(paid);
    await begun(world);
    const first = { ...settled, place: "FIRST" };
    const again = async (change: object): Promise<unknown> => world.host.settleTask({ ...first, ...change });
    expect(await again({})).toEqual(parked);
    const { length } = await world.store.read(key("e1"));
    expect(await again({})).toEqual(parked);
    for (const change of [{ by: "bob" }, { outcome: "NONSENSE" }, { value: { note: "bad" } }, { place: "PAYMENT" }]) {
      expect(await again(change)).toMatchObject({ ok: false, error: { code: "NOT_WAITING_FOR" } });
    }
    expect(await world.store.read(key("e1"))).toHaveLength(length);
    await world.host.cancel({ ...key("e1"), by: "ada", reason: "no more" });
    expect(await again({})).toEqual(ended);
    expect(await again({ by: "bob" })).toMatchObject({ ok: false, error: { code: "NOT_RUNNING" } });
  });

  it("that is refused is open as before", async () => {
    const world = opened(paid);
    await begun(world);
    for (const [change, code] of [
      [{ outcome: "NONSENSE" }, "UNDECLARED_OUTCOME"],
      [{ value: {} }, "VALUE_REFUSED"],
      [{ place: "PAYMENT" }, "NOT_WAITING_FOR"],
      [{ execution: "e2" }, "EXECUTION_NOT_FOUND"],
    ] as const) {
      expect(await world.host.settleTask({ ...settled, ...change })).toMatchObject({ ok: false, error: { code } });
    }
    expect(await openTasks(world)).toEqual(["FIRST"]);
    expect(await world.host.settleTask(settled)).toEqual(parked);
    expect(await world.host.settleTask(settled)).toEqual({ ok: false, error: { code: "NO_TASK", execution: "e1" } });
  });
});

describe("a signal", () => {
  it("ends what waits for it, and whoever asks meanwhile is told that it waits", async () => {
    const world = opened(paid);
    await begun(world);
    await world.host.settleTask(settled);
    expect(await world.host.wait(key("e1"))).toEqual(parked);
    expect(await world.host.signal(said)).toEqual(ended);
    expect(await world.host.signal(said)).toEqual(ended);
    expect(await world.host.signal({ ...said, id: "s-2" })).toMatchObject({ error: { code: "NOT_RUNNING" } });
  });

  it("that comes early is kept by the log, and said once however often it comes", async () => {
    const world = opened(paid);
    await begun(world);
    expect(await world.host.signal(said)).toEqual(parked);
    const { length } = await world.store.read(key("e1"));
    expect(await world.host.signal({ ...said, value: { cents: 1 } })).toEqual(parked);
    expect(await world.store.read(key("e1"))).toHaveLength(length);
    const second = opened(paid, { store: world.store });
    expect(await second.host.settleTask(settled)).toEqual(ended);
  });

  it.each([
    [{ name: "PAYED" }, "SIGNAL_UNKNOWN"],
    [{ value: { cents: "450" } }, "VALUE_REFUSED"],
    [{ execution: "e2" }, "EXECUTION_NOT_FOUND"],
  ])("that is %j is refused and leaves nothing", async (change, code) => {
    const world = opened(paid);
    await begun(world);
    const before = await world.store.read(key("e1"));
    expect(await world.host.signal({ ...said, ...change })).toMatchObject({ ok: false, error: { code } });
    expect(await world.store.read(key("e1"))).toEqual(before);
  });
});
