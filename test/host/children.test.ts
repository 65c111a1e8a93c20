import { decodeRecord } from "@omnibase/core";
import type { ExecutionEvent, Graph, Place, Work } from "@omnibase/core";
import { memoryStore } from "@omnibase/infra/memory";
import type { Store } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { call, done, exit, key, openWorld, settle, start, workflow } from "./world.ts";
import type { TestWorld, WorldOptions } from "./world.ts";

const asked = "test::WF_ASKED_V0";

const anything: Work = { kind: "admit", fields: {}, open: true };

const graphOf = (name: string, places: { readonly [name: string]: Place }): Graph => ({
  format: "omnibase-graph/1",
  workflow: name,
  start: "IN",
  scopes: {},
  signals: { GO: {} },
  places: { IN: call(anything, { ACK: { to: "FIRST" }, NACK: { to: "EXIT" } }), ...places },
});

/** Asks for another workflow, and ends with what that came to. */
const asking = graphOf(workflow, {
  FIRST: call(
    { kind: "child", workflow: asked },
    { COMPLETED: { to: "EXIT" }, REJECTED: { to: "EXIT" }, FAILED: { to: "FAILED" }, CANCELLED: { to: "CANCELLED" } },
    { name: { kind: "payload", path: ["name"] } },
  ),
  EXIT: exit("DONE", { child: { kind: "result", of: "FIRST", path: [] } }),
  FAILED: exit("CHILD_FAILED"),
  CANCELLED: exit("CHILD_CANCELLED"),
});

/** Waits until someone says that it may go on. */
const waiting = graphOf(asked, {
  FIRST: call({ kind: "wait", signal: "GO" }, { RECEIVED: { to: "EXIT" } }),
  EXIT: exit("WENT", { name: { kind: "payload", path: ["name"] } }),
});

/** Is over at once. */
const quick = graphOf(asked, {
  FIRST: call({ kind: "wait", forMs: 0 }, { ELAPSED: { to: "EXIT" } }),
  EXIT: exit("WENT", { name: { kind: "payload", path: ["name"] } }),
});

const opened = (child: Graph | undefined, more: Partial<WorldOptions> = {}): TestWorld =>
  openWorld({ answer: done, graph: asking, others: child === undefined ? {} : { [asked]: child }, ...more });

const logOf = async (store: Store, execution: string): Promise<readonly ExecutionEvent[]> =>
  (await store.read(key(execution))).map((line) => decodeRecord(line).event);

const childIn = async (store: Store): Promise<string> => {
  const rows = await store.list({ tenant: "default", limit: 10 });
  return rows.find((row) => row.workflow === asked)?.execution ?? "";
};

const go = (execution: string): Parameters<TestWorld["host"]["signal"]>[0] => ({
  ...key(execution),
  by: "ada",
  id: "s-1",
  name: "GO",
  value: {},
});

describe("a workflow that asks for another", () => {
  it("ends with what the other came to, and both know each other", async () => {
    const { clock, host, store } = opened(quick);
    await host.start(start("e1"));
    await settle();
    await clock.pass(10);
    expect((await logOf(store, "e1")).at(-1)).toMatchObject({ type: "Completed", outcome: "DONE" });
    const child = await childIn(store);
    const [born] = await logOf(store, child);
    expect(born).toMatchObject({
      type: "Started",
      parent: { execution: "e1", place: "FIRST" },
      input: { name: "Ada" },
    });
    const [row] = await store.list({ tenant: "default", limit: 10, parent: "e1", class: "completed" });
    expect(row).toMatchObject({ execution: child, principal: "ada", end: { outcome: "WENT" } });
    const settled = (await logOf(store, "e1")).find(({ type }) => type === "Settled");
    expect(settled).toMatchObject({
      outcome: "COMPLETED",
      value: { execution: child, outcome: "WENT", outputs: { name: "Ada" } },
    });
  });

  it("is told that the other is for others, by whom it is asked for itself", async () => {
    const forActors: Work = { kind: "admit", fields: {}, open: true, actors: { "test::AC_BOSS_V0": {} } };
    const child = { ...quick.places, IN: call(forActors, { ACK: { to: "FIRST" }, NACK: { to: "NOT_YOU" } }) };
    const notYou = { ...exit("NOT_YOU"), class: "rejected" } as const;
    const { clock, host, store } = opened(graphOf(asked, { ...child, NOT_YOU: notYou }));
    await host.start(start("e1"));
    await host.start({ ...start("e2"), principal: "test::AC_BOSS_V0" });
    await clock.pass(10);
    const settledIn = async (execution: string): Promise<ExecutionEvent | undefined> =>
      (await logOf(store, execution)).find(({ type }) => type === "Settled");
    expect(await settledIn("e1")).toMatchObject({ outcome: "REJECTED", value: { outcome: "NOT_YOU" } });
    expect(await settledIn("e2")).toMatchObject({ outcome: "COMPLETED" });
  });

  it("stands still while the other does, and goes on with it", async () => {
    const { host, store } = opened(waiting);
    await host.start(start("e1"));
    expect(await host.wait(key("e1"))).toMatchObject({ ok: true, value: { status: "parked" } });
    await host.signal(go(await childIn(store)));
    await settle();
    expect((await logOf(store, "e1")).at(-1)).toMatchObject({ type: "Completed", outcome: "DONE" });
  });

  it("is told of the end by the next host, where this one dies in between", async () => {
    const store = memoryStore();
    const first = opened(waiting, { store });
    await first.host.start(start("e1"));
    await first.host.wait(key("e1"));
    const second = opened(waiting, { store });
    await second.host.recovered;
    await second.host.signal(go(await childIn(store)));
    await settle();
    expect((await logOf(store, "e1")).filter(({ type }) => type === "Settled")).toHaveLength(1);
    expect((await logOf(store, "e1")).at(-1)).toMatchObject({ type: "Completed", outcome: "DONE" });
    expect(await store.list({ tenant: "default", limit: 10 })).toHaveLength(2);
  });

  it("is cancelled only when the other is", async () => {
    const { host, store } = opened(waiting);
    await host.start(start("e1"));
    await host.wait(key("e1"));
    await host.cancel({ ...key("e1"), by: "ada", reason: "enough" });
    await settle();
    expect((await logOf(store, await childIn(store))).slice(-2)).toMatchObject([
      { type: "CancelRequested", by: "e1" },
      { type: "Cancelled" },
    ]);
    expect((await logOf(store, "e1")).at(-1)).toMatchObject({ type: "Cancelled", reason: "enough" });
  });

  it("goes on where the other was cancelled by someone else", async () => {
    const { host, store } = opened(waiting);
    await host.start(start("e1"));
    await host.wait(key("e1"));
    await host.cancel({ ...key(await childIn(store)), by: "eve", reason: "no" });
    await settle();
    expect((await logOf(store, "e1")).at(-1)).toMatchObject({ type: "Completed", outcome: "CHILD_CANCELLED" });
  });

  it("has failed where the other cannot be started", async () => {
    const { host, store } = opened(undefined);
    await host.start(start("e1"));
    await settle();
    expect((await logOf(store, "e1")).slice(-2)).toMatchObject([
      { type: "AttemptFailed", certainty: "not-done", failure: { code: "WORKFLOW_NOT_FOUND" } },
      { type: "Completed", outcome: "CHILD_FAILED" },
    ]);
  });
});
