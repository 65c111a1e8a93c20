import { expect, expectTypeOf, it } from "vitest";
import { createClient, defineContract, defineWorkflow, integer, list, object, text } from "./index.ts";
import { test } from "./test.ts";

const end = { type: "EXIT", class: "completed", outcome: "DONE" } as const;
const price = defineContract({
  code: "CC_PRICE_V0",
  input: { cents: integer() },
  output: { total: { type: "integer" } },
  statuses: ["SUCCESS", "VIOLATION"],
  pipeline: [
    {
      step: "same",
      transform: "std::CT_PURE_PASSTHROUGH_V0",
      inputs: { value: "$.inputs.cents" },
      on_result: { SUCCESS: "exit" },
    },
  ],
});
const input = { lines: list(object({ cents: integer(), name: text() })), n: integer() };
const wrong = { code: "WF_WRONG_V0", intent: { input, next: { ACK: "A", NACK: "END" } } } as const;
const map = { type: "MAP", over: "$.payload.lines", code: price } as const;
const mapped = { SUCCESS: "END", ITEM_FAILED: "END", VIOLATION: "END" } as const;
const loop = { type: "LOOP", code: price, inputs: { cents: "$.payload.n" }, max: 3 } as const;
const task = { type: "TASK", summary: "s", output: { note: text() }, next: { YES: "END", NO: "END" } } as const;

it("knows items, rounds, children and events", () => {
  const child = defineWorkflow({ ...wrong, nodes: { A: { ...end, outputs: { n: "$.payload.n" } }, END: end } });
  const asks = { type: "CHILD", workflow: child, inputs: { lines: [], n: 1 } } as const;
  const ended = { COMPLETED: "END", REJECTED: "END", FAILED: "END", CANCELLED: "END" } as const;
  const found = [
    defineWorkflow({
      ...wrong,
      nodes: { A: { ...map, inputs: { cents: "$.item.cents" }, next: mapped }, END: end },
    }),
    // @ts-expect-error -- a name of an item that is a text
    defineWorkflow({ ...wrong, nodes: { A: { ...map, inputs: { cents: "$.item.name" }, next: mapped }, END: end } }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- an item under another name
      nodes: { A: { ...map, as: "x", inputs: { cents: "$.item.cents" }, next: mapped }, END: end },
    }),
    // @ts-expect-error -- a status that the contract has not
    defineWorkflow({ ...wrong, nodes: { A: { ...loop, again: ["LATER"], next: { EXHAUSTED: "END" } }, END: end } }),
    defineWorkflow({
      ...wrong,
      nodes: { A: { ...loop, again: ["SUCCESS"], next: { VIOLATION: "END", EXHAUSTED: "END" } }, END: end },
    }),
    // @ts-expect-error -- a class of ends that leads nowhere
    defineWorkflow({ ...wrong, nodes: { A: { ...asks, next: { COMPLETED: "END" } }, END: end } }),
    defineWorkflow({
      ...wrong,
      nodes: { A: { ...asks, next: ended }, END: { ...end, outputs: { n: "$.results.A.n" } } },
    }),
    // @ts-expect-error -- an input of the child that is of another type
    defineWorkflow({ ...wrong, nodes: { A: { ...asks, inputs: { lines: [], n: "1" }, next: ended }, END: end } }),
    // @ts-expect-error -- a time that it does not wait for
    defineWorkflow({ ...wrong, nodes: { A: { type: "WAIT", for: "PT1S", next: { RECEIVED: "END" } }, END: end } }),
    defineWorkflow({
      ...wrong,
      events: { EV_X_V0: { n: integer() } },
      nodes: { A: { ...end, emit: "EV_X_V0", outputs: { n: "$.payload.n" } }, END: end },
    }),
    defineWorkflow({
      ...wrong,
      events: { EV_X_V0: { n: integer() } },
      // @ts-expect-error -- what the event does not say
      nodes: { A: { ...end, emit: "EV_X_V0", outputs: { m: "$.payload.n" } }, END: end },
    }),
  ];
  expect(found).toHaveLength(11);
});

const waits = defineWorkflow({
  ...wrong,
  nodes: {
    A: { type: "WAIT", signal: "GO", fields: { at: text() }, next: { RECEIVED: "TASK" } },
    TASK: task,
    END: { ...end, outputs: { note: "$.results.TASK.note" } },
  },
});

it("knows what may be said to a workflow, and asked of it", () => {
  const tried = test(waits);
  const found = [
    tried.when({ start: { lines: [], n: 1 } }, { signal: "GO", value: { at: "x" } }),
    // @ts-expect-error -- what is sent is of another type
    tried.when({ start: { lines: [], n: "1" } }),
    // @ts-expect-error -- nobody waits for it
    tried.when({ signal: "STOP", value: {} }),
    // @ts-expect-error -- it is no task
    tried.when({ task: "A", outcome: "YES" }),
    // @ts-expect-error -- it does not end so
    tried.when({ task: "TASK", outcome: "PERHAPS" }),
  ];
  const expectations = (): readonly unknown[] => [
    tried.expect({ exit: "END", outputs: { note: "x" } }),
    // @ts-expect-error -- it is no exit
    tried.expect({ exit: "TASK" }),
    // @ts-expect-error -- it returns something else
    tried.expect({ exit: "END", outputs: { n: 1 } }),
  ];
  expect([found.length, expectations.length]).toEqual([5, 0]);
});

it("knows what a client may ask", () => {
  const client = createClient({ url: "http://127.0.0.1:1", namespace: "demo" });
  const asked = async (): Promise<void> => {
    const execution = await client.start(waits, { lines: [], n: 1 });
    // @ts-expect-error -- something is missing
    await client.start(waits, { n: 1 });
    // @ts-expect-error -- nobody waits for it
    await execution.signal("STOP", {});
    // @ts-expect-error -- it brings something else
    await execution.signal("GO", { at: 7 });
    await execution.complete("TASK", { outcome: "YES", output: { note: "x" } });
    // @ts-expect-error -- it does not end so
    await execution.complete("TASK", { outcome: "PERHAPS", output: { note: "x" } });
    const result = await execution.ended();
    expectTypeOf(result.outcome).toEqualTypeOf<"DONE" | "CANCELLED" | null>();
    if (result.outcome === "DONE") expectTypeOf(result.outputs).toEqualTypeOf<{ readonly note: string }>();
  };
  expect(asked).toBeTypeOf("function");
});
