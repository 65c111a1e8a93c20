import {
  boolean,
  defineActor,
  defineContract,
  defineEgress,
  defineEntity,
  defineEvent,
  defineIngress,
} from "@omnibase/sdk";
import {
  defineRuntimeBinding,
  defineSideEffect,
  defineStructure,
  defineTransform,
  defineWorkflow,
} from "@omnibase/sdk";
import { integer, list, object, text } from "@omnibase/sdk";

/** Every builder, with every key that it reads. */
const actor = defineActor({ code: "AC_A_V0", type: "human", attributes: { team: text() } });
const event = defineEvent({ code: "EV_A_V0", fields: { a: text(), more: object({ x: text() }) } });
const entity = defineEntity({
  code: "ENTITY_A_V0",
  identity: { field: "id" },
  attributes: { id: text(), stage: text() },
  lifecycle: { field: "stage", stages: ["A", "B"], initial: "A", terminal: ["B"], transitions: { A: ["B"] } },
});
const asked = defineSideEffect({
  code: "CS_ASKED_V0",
  operations: { ASK: { endpoint: { output: { status: integer() } } } },
  implementation: { handler: "http" },
});
const registry = defineSideEffect({
  code: "CS_REGISTRY_V0",
  operations: {
    REGISTER: {
      input: { key: text() },
      outcomes: { SUCCESS: {}, ALREADY_EXISTS: {}, VIOLATION: {}, BACKEND_ERROR: {} },
      idempotent: true,
    },
    DEREGISTER: {
      input: { key: text() },
      outcomes: { SUCCESS: {}, NOT_FOUND: { key: text() }, VIOLATION: {}, BACKEND_ERROR: {} },
      idempotent: true,
    },
  },
  implementation: { store: "registry" },
});
const structure = defineStructure({ code: "STRUCTURE_X_V0", stores: { A: { path: "a.jsonl", entity }, B: "b.jsonl" } });
const binding = defineRuntimeBinding({ code: "RB_X_V0", structure, bindings: { "demo::CS_REGISTRY_V0": {} } });
const transform = defineTransform({
  code: "CT_A_V0",
  input: { a: text(), b: list(object({ x: text() })) },
  output: { n: integer(), ok: boolean() },
  outcomes: ["NONE"],
  run: ({ a }) => (a === "" ? { outcome: "NONE" } : { outcome: "SUCCESS", value: { n: 1, ok: true } }),
  cases: {
    one: { input: { a: "x", b: [{ x: "y" }] }, output: { n: 1, ok: true }, outcome: "SUCCESS" },
    none: { input: { a: "", b: [] }, outcome: "NONE" },
  },
});
const when = { field: "ok", outcomes: { YES: true, NO: false } } as const;
const contract = defineContract({
  code: "CC_A_V0",
  input: { n: integer() },
  output: { n: { type: "integer" } },
  statuses: ["VIOLATION", "NONE", "YES", "NO"],
  on_input_failure: "VIOLATION",
  pipeline: [
    {
      step: "go",
      transform,
      inputs: { a: "x", b: [{ x: "y" }] },
      outputs: { n: "$.capability_result.n" },
      when,
      on_result: { YES: "exit", NO: "exit", NONE: "exit" },
    },
  ],
  exits: { YES: { n: "$.results.go.n" }, NO: { n: "$.results.go.n" }, NONE: { n: 1 }, VIOLATION: { n: 1 } },
});
const child = defineWorkflow({
  code: "WF_CHILD_V0",
  intent: { input: { a: text() }, next: { ACK: "END", NACK: "END" } },
  nodes: { END: { type: "EXIT", class: "completed", outcome: "DONE" } },
});
const workflow = defineWorkflow({
  code: "WF_A_V0",
  intent: {
    input: { a: text(), m: list(integer()), t: text({ format: "date-time" }) },
    actors: [actor],
    next: { ACK: "FOR", NACK: "BAD" },
  },
  admission: {
    requires: [
      { event, where: { a: "$.payload.a" }, after: { event: "demo::EV_OWN_V0", where: { x: "$.payload.a" } } },
    ],
    forbids: [{ event: "demo::EV_OWN_V0", where: { x: "$.payload.a" } }],
  },
  stores: { S: "s.jsonl", T: { path: "t.json", entity } },
  events: { EV_OWN_V0: { x: text() } },
  bindings: {
    "demo::CS_ASKED_V0": {
      endpoints: {
        E: {
          method: "POST",
          url: "https://example.org/x",
          idempotent: false,
          outcomes: { "2xx": "SUCCESS" },
          headers: { "x-a": "b" },
        },
      },
    },
    "demo::CS_REGISTRY_V0": {},
  },
  nodes: {
    FOR: { type: "WAIT", for: "PT1S", next: { ELAPSED: "UNTIL" } },
    UNTIL: { type: "WAIT", until: "$.payload.t", next: { ELAPSED: "SIGNAL", VIOLATION: "BAD" } },
    SIGNAL: {
      type: "WAIT",
      signal: "PAID",
      fields: { x: text() },
      timeout: "PT1H",
      next: { RECEIVED: "TASK", TIMED_OUT: "BAD" },
    },
    TASK: {
      type: "TASK",
      summary: "Do",
      inputs: { a: "$.payload.a" },
      actors: [actor],
      output: { note: text() },
      timeout: "P1D",
      next: { DONE: "CC", TIMED_OUT: "BAD" },
    },
    CC: {
      type: "CC",
      code: contract,
      inputs: { n: 1 },
      next: { YES: "MAP", NO: "BAD", NONE: "BAD", VIOLATION: "BAD" },
    },
    MAP: {
      type: "MAP",
      over: "$.payload.m",
      as: "it",
      code: contract,
      inputs: { n: "$.it" },
      parallel: 1,
      max: 5,
      on_failure: "continue",
      succeeds: ["YES"],
      next: { SUCCESS: "LOOP", ITEM_FAILED: "BAD", VIOLATION: "BAD" },
    },
    LOOP: {
      type: "LOOP",
      code: contract,
      inputs: { n: "$.last.n" },
      first: { n: 1 },
      again: ["NO"],
      max: 3,
      every: "PT1S",
      next: { YES: "CHILD", NONE: "BAD", VIOLATION: "BAD", EXHAUSTED: "BAD" },
    },
    CHILD: {
      type: "CHILD",
      workflow: child,
      inputs: { a: "$.payload.a" },
      next: { COMPLETED: "STEP", REJECTED: "BAD", FAILED: "BAD", CANCELLED: "BAD" },
    },
    STEP: {
      transform,
      on_input_failure: "VIOLATION",
      inputs: { a: "$.payload.a", b: [] },
      when,
      next: { YES: "ASK", NO: "BAD", NONE: "BAD", VIOLATION: "BAD" },
    },
    ASK: {
      side_effect: asked,
      op: "ASK",
      endpoint: "E",
      retry: { attempts: 2, backoff: "PT1S", factor: 2, max: "PT5S" },
      timeout: "PT9S",
      next: { SUCCESS: "KEEP", VIOLATION: "BAD" },
    },
    KEEP: {
      side_effect: registry,
      op: "REGISTER",
      store: "S",
      inputs: { key: "$.payload.a" },
      compensate: { side_effect: registry, op: "DEREGISTER", store: "S", inputs: { key: "$.inputs.key" } },
      next: { SUCCESS: "END", ALREADY_EXISTS: "BAD", VIOLATION: "BAD", BACKEND_ERROR: "BAD" },
    },
    END: {
      type: "EXIT",
      class: "completed",
      outcome: "DONE",
      emit: event,
      outputs: { a: "$.payload.a", more: { x: "$.payload.a" } },
    },
    BAD: { type: "EXIT", class: "rejected", outcome: "BAD" },
  },
});
const reply = { status: 200, body: { id: "$.execution" } } as const;
const egress = defineEgress({
  code: "TE_A_V0",
  workflow: child,
  outcomes: { END: reply },
  defaults: { completed: reply, rejected: { status: 400 }, failed: { status: 500 }, cancelled: { status: 409 } },
});
const ingress = defineIngress({
  code: "TI_A_V0",
  route: { method: "POST", path: "/a" },
  workflow: child,
  input: { a: text() },
  egress,
});

/** By what each is called here. */
export const everyBuilder = {
  actor,
  event,
  entity,
  asked,
  registry,
  structure,
  binding,
  transform,
  contract,
  child,
  workflow,
  egress,
  ingress,
} as const;
