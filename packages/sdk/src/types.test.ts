import { expect, expectTypeOf, it } from "vitest";
import { declaredIn, type Says } from "./definition.ts";
import {
  any,
  boolean,
  defineContract,
  defineEgress,
  defineEntity,
  defineTransform,
  defineWorkflow,
  integer,
  list,
  number,
} from "./index.ts";
import { defineEvent, defineSideEffect, object, oneOf, optional, text } from "./index.ts";

const hello = defineTransform({
  code: "CT_HELLO_V0",
  input: { name: text({ min_length: 1 }), times: optional(integer()) },
  output: { greeting: text() },
  run: ({ name, times }) => {
    expectTypeOf(name).toEqualTypeOf<string>();
    expectTypeOf(times).toEqualTypeOf<number | undefined>();
    return { greeting: `Hello, ${name}!` };
  },
});

const greet = defineWorkflow({
  code: "WF_HELLO_V0",
  intent: { input: { name: text(), n: integer() }, next: { ACK: "HELLO", NACK: "BAD" } },
  stores: { KEPT: "kept.jsonl" },
  nodes: {
    HELLO: { transform: hello, inputs: { name: "$.payload.name" }, next: { SUCCESS: "KEEP", VIOLATION: "BAD" } },
    KEEP: {
      side_effect: "std::CS_REGISTRY_V0",
      op: "REGISTER",
      store: "KEPT",
      inputs: { key: "$.results.HELLO.greeting" },
      next: { SUCCESS: "DONE", ALREADY_EXISTS: "DONE", VIOLATION: "BAD", BACKEND_ERROR: "BAD", ERROR: "BAD" },
    },
    DONE: {
      type: "EXIT",
      class: "completed",
      outcome: "GREETED",
      outputs: { greeting: "$.results.HELLO.greeting", at: "$.results.KEEP.address", n: "$.payload.n", all: true },
    },
    BAD: { type: "EXIT", class: "rejected", outcome: "BAD_INPUT" },
  },
});

it("says what a workflow takes, and how it may end", () => {
  type S = Says<typeof greet>;
  expectTypeOf<S["given"]>().toEqualTypeOf<{ readonly name: string; readonly n: number }>();
  expectTypeOf<S["nodes"]>().toEqualTypeOf<"HELLO" | "KEEP" | "DONE" | "BAD">();
  expectTypeOf<S["stores"]>().toEqualTypeOf<"KEPT">();
  expectTypeOf<S["exits"]["outcome"]>().toEqualTypeOf<"GREETED" | "BAD_INPUT">();
  expectTypeOf<Extract<S["exits"], { exit: "DONE" }>["outputs"]>().toEqualTypeOf<{
    readonly greeting: string;
    readonly at: string;
    readonly n: number;
    readonly all: boolean;
  }>();
  expect(declaredIn(greet)?.kind).toBe("workflow");
});

it("knows what fields hold", () => {
  const transform = defineTransform({
    code: "CT_ALL_V0",
    input: {
      flag: boolean(),
      one: oneOf("a", "b"),
      some: list(object({ x: number(), y: optional(text()) })),
      free: any(),
      usual: { type: "integer", default: 3 },
      maybe: { type: "string", required: true, nullable: true },
    },
    output: { n: integer() },
    outcomes: ["ODD"],
    run: (input) => {
      expectTypeOf(input.flag).toEqualTypeOf<boolean>();
      expectTypeOf(input.one).toEqualTypeOf<"a" | "b">();
      expectTypeOf(input.some).toEqualTypeOf<readonly { readonly x: number; readonly y?: string }[]>();
      expectTypeOf(input.usual).toEqualTypeOf<number>();
      expectTypeOf(input.maybe).toEqualTypeOf<string | null>();
      return input.flag ? { outcome: "ODD" } : { outcome: "SUCCESS", value: { n: 1 } };
    },
    cases: { odd: { input: { flag: true, one: "a", some: [], free: 1, maybe: null }, outcome: "ODD" } },
  });
  expectTypeOf<keyof Says<typeof transform>["surface"]>().toEqualTypeOf<"SUCCESS" | "ODD">();
  expectTypeOf<Says<typeof transform>["given"]["usual"]>().toEqualTypeOf<number | undefined>();
  expect(declaredIn(transform)?.value["code"]).toBe("CT_ALL_V0");
});

const wrong = {
  code: "WF_WRONG_V0",
  intent: { input: { name: text(), n: integer() }, next: { ACK: "A", NACK: "END" } },
} as const;
const end = { type: "EXIT", class: "completed", outcome: "DONE" } as const;
const both = { SUCCESS: "END", VIOLATION: "END" } as const;
const inputs = { name: "$.payload.name" } as const;
const registry = { side_effect: "std::CS_REGISTRY_V0", store: "S", next: { ...both, BACKEND_ERROR: "END" } } as const;

it("has errors of types for what no compiler need be asked", () => {
  const found = [
    // @ts-expect-error -- an outcome without an edge
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, inputs, next: { SUCCESS: "END" } }, END: end } }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- an edge for what is no outcome
      nodes: { A: { transform: hello, inputs, next: { ...both, LATE: "END" } }, END: end },
    }),
    // @ts-expect-error -- an edge to no node
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, inputs, next: { ...both, SUCCESS: "E" } }, END: end } }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- a fork to no node
      nodes: { A: { transform: hello, inputs, next: { ...both, SUCCESS: ["END", "E"] } }, END: end },
    }),
    // @ts-expect-error -- it begins at no node
    defineWorkflow({ ...wrong, nodes: { B: { transform: hello, inputs, next: both }, END: end } }),
    // @ts-expect-error -- an input that is needed
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, next: both }, END: end } }),
    // @ts-expect-error -- an input that nobody declares
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, inputs: { ...inputs, x: 1 }, next: both }, END: end } }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- a path to another type
      nodes: { A: { transform: hello, inputs: { name: "$.payload.n" }, next: both }, END: end },
    }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- a path to nothing
      nodes: { A: { transform: hello, inputs: { name: "$.payload.nam" }, next: both }, END: end },
    }),
    // @ts-expect-error -- a value of another type
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, inputs: { name: 7 }, next: both }, END: end } }),
    defineWorkflow({
      ...wrong,
      // @ts-expect-error -- an output of a node that has none
      nodes: { A: { transform: hello, inputs, next: both }, END: { ...end, outputs: { x: "$.results.END.x" } } },
    }),
    // @ts-expect-error -- a key that nobody reads
    defineWorkflow({ ...wrong, nodes: { A: { transform: hello, inputs, next: both, retries: 3 }, END: end } }),
    defineWorkflow({
      ...wrong,
      stores: { S: "s.jsonl" },
      // @ts-expect-error -- an operation that there is not
      nodes: { A: { ...registry, op: "TAKE", inputs: { key: "$.payload.name" } }, END: end },
    }),
    defineWorkflow({
      ...wrong,
      stores: { T: "t.jsonl" },
      // @ts-expect-error -- a store that is not declared
      nodes: { A: { ...registry, op: "COUNT" }, END: end },
    }),
    // @ts-expect-error -- a transform that answers with another type
    defineTransform({ code: "CT_X_V0", input: {}, output: { n: integer() }, run: () => ({ n: "1" }) }),
    // @ts-expect-error -- a transform that answers with what it does not declare
    defineTransform({ code: "CT_X_V0", input: {}, output: {}, outcomes: ["A"], run: () => ({ outcome: "B" }) }),
  ];
  expect(found).toHaveLength(16);
});

const contract = {
  code: "CC_WRONG_V0",
  input: { name: text(), n: integer() },
  output: { greeting: { type: "string" } },
  statuses: ["SUCCESS", "VIOLATION"],
} as const;
const greeting = { step: "greet", transform: hello, inputs: { name: "$.inputs.name" } } as const;
const greeted = {
  ...greeting,
  outputs: { it: "$.capability_result.greeting" },
  on_result: { SUCCESS: "exit" },
} as const;

it("has errors of types for contracts", () => {
  const found = [
    defineContract({ ...contract, pipeline: [greeted], exits: { SUCCESS: { greeting: "$.results.greet.it" } } }),
    // @ts-expect-error -- an outcome that leads nowhere
    defineContract({ ...contract, pipeline: [{ ...greeting, on_result: {} }] }),
    // @ts-expect-error -- an outcome that there is not
    defineContract({ ...contract, pipeline: [{ ...greeting, on_result: { SUCCESS: "exit", LATE: "exit" } }] }),
    // @ts-expect-error -- a step that there is not
    defineContract({ ...contract, pipeline: [{ ...greeting, on_result: { SUCCESS: "nowhere" } }] }),
    defineContract({
      ...contract,
      statuses: ["VIOLATION"],
      // @ts-expect-error -- an end that is no status
      pipeline: [{ ...greeting, on_result: { SUCCESS: "exit" } }],
    }),
    // @ts-expect-error -- an input of another type
    defineContract({ ...contract, pipeline: [{ ...greeted, inputs: { name: "$.inputs.n" } }] }),
    // @ts-expect-error -- a path to nothing
    defineContract({ ...contract, pipeline: [greeted], exits: { SUCCESS: { greeting: "$.results.greet.no" } } }),
    // @ts-expect-error -- something returned that is not declared
    defineContract({ ...contract, pipeline: [greeted], exits: { SUCCESS: { other: "$.results.greet.it" } } }),
  ];
  expect(found).toHaveLength(8);
});

it("has errors of types for keys that nobody reads", () => {
  const world = { handler: "http" } as const;
  const stray = { type: "string", lenght: 1 } as const;
  const intent = { input: {}, next: { ACK: "A", NACK: "END" } } as const;
  const empty = { code: "CT_X_V0", input: {}, output: {}, run: () => ({}) } as const;
  const operation = { outcomes: {}, idempotent: true } as const;
  const count = { ...registry, op: "COUNT" } as const;
  const found = [
    // @ts-expect-error -- in a case
    defineTransform({ ...empty, cases: { one: { input: {}, expected: {} } } }),
    // @ts-expect-error -- in what a case gives
    defineTransform({ ...empty, input: { a: text() }, cases: { one: { input: { a: "", x: 1 } } } }),
    // @ts-expect-error -- in what a case gives to a transform that takes nothing
    defineTransform({ ...empty, cases: { one: { input: { x: 1 } } } }),
    // @ts-expect-error -- in what a case expects of one that answers nothing
    defineTransform({ ...empty, cases: { one: { input: {}, output: { x: 1 } } } }),
    // @ts-expect-error -- in a field
    defineTransform({ ...empty, input: { a: stray } }),
    // @ts-expect-error -- in a field of a field
    defineTransform({ ...empty, output: { a: { type: "array", items: { type: "object", fields: { a: stray } } } } }),
    // @ts-expect-error -- in one of the ways that a field may be
    defineContract({ ...contract, input: { a: { type: "any", any_of: [stray] } }, pipeline: [greeted] }),
    // @ts-expect-error -- in the retries of a step
    defineContract({ ...contract, pipeline: [{ ...greeted, retry: { attempts: 1, every: "PT1S" } }] }),
    // @ts-expect-error -- in an intent
    defineWorkflow({ code: "WF_X_V0", intent: { ...intent, output: {} }, nodes: { A: end, END: end } }),
    // @ts-expect-error -- in an event
    defineWorkflow({ code: "WF_X_V0", intent, events: { EV_X_V0: { a: stray } }, nodes: { A: end, END: end } }),
    // @ts-expect-error -- in a store
    defineWorkflow({ code: "WF_X_V0", intent, stores: { S: { path: "s", size: 1 } }, nodes: { A: end, END: end } }),
    // @ts-expect-error -- in an admission
    defineWorkflow({ code: "WF_X_V0", intent, admission: { needs: [] }, nodes: { A: end, END: end } }),
    // @ts-expect-error -- in a binding
    defineWorkflow({ code: "WF_X_V0", intent, bindings: { "std::X": { url: "" } }, nodes: { A: end, END: end } }),
    defineWorkflow({
      code: "WF_X_V0",
      intent,
      stores: { S: "s.jsonl" },
      // @ts-expect-error -- in what undoes a step
      nodes: { A: { ...count, compensate: count }, END: end },
    }),
    defineWorkflow({
      code: "WF_X_V0",
      intent,
      // @ts-expect-error -- in what comes with a signal
      nodes: { A: { type: "WAIT", signal: "S", fields: { a: stray }, next: { RECEIVED: "END" } }, END: end },
    }),
    // @ts-expect-error -- in an operation
    defineSideEffect({ code: "CS_X_V0", operations: { A: { ...operation, safe: true } }, implementation: world }),
    defineSideEffect({
      code: "CS_X_V0",
      // @ts-expect-error -- in what comes with an outcome
      operations: { A: { ...operation, outcomes: { A: { a: stray } } } },
      implementation: world,
    }),
    // @ts-expect-error -- in an event of its own
    defineEvent({ code: "EV_X_V0", fields: { a: stray } }),
    // @ts-expect-error -- in an attribute
    defineEntity({ code: "ENTITY_X_V0", identity: { field: "id" }, attributes: { id: text(), a: stray } }),
  ];
  expect(found).toHaveLength(19);
});

it("knows the exits of a workflow, and the stages of a record", () => {
  const reply = { status: 200 };
  const defaults = { completed: reply, rejected: reply, failed: reply, cancelled: reply };
  const attributes = { id: text(), stage: text() };
  const found = [
    defineEgress({ code: "TE_X_V0", workflow: greet, outcomes: { DONE: reply }, defaults }),
    // @ts-expect-error -- no exit of it
    defineEgress({ code: "TE_X_V0", workflow: greet, outcomes: { HELLO: reply }, defaults }),
    defineEntity({
      code: "ENTITY_X_V0",
      identity: { field: "id" },
      attributes,
      // @ts-expect-error -- no stage of it
      lifecycle: { field: "stage", stages: ["A", "B"], initial: "A", terminal: ["C"] },
    }),
    // @ts-expect-error -- no attribute of it
    defineEntity({ code: "ENTITY_X_V0", identity: { field: "no" }, attributes }),
  ];
  expect(found).toHaveLength(4);
});
