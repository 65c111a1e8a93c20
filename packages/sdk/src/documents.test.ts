import { codes, plain, type Json, type Located, type Position } from "@omnibase/core";
import { expect, it } from "vitest";
import { defined, type Definition, type DefinitionKind } from "./definition.ts";
import { documentsOf, isDefinition, type Written } from "./documents.ts";

/** A call as it stands in the first line of a file, which is what the text says it is. */
interface Call {
  readonly kind: DefinitionKind;
  readonly value: { readonly code: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly text?: string;
}

const define = ({ kind, value }: Call): Definition => defined(kind, value, define);

function written(call: Call, source = `define(${call.text ?? ""})`): Written {
  const at: Position = { file: "a.ts", line: 1, column: 1 };
  return documentsOf([define(call)], { namespace: "demo", placeOf: () => at, sourceOf: () => source });
}

const contentOf = ({ documents }: Written): readonly Json[] => documents.map(({ located }) => plain(located));

const transform = (run: string, more: object = {}): Call => ({
  kind: "transform",
  value: { code: "CT_A_V3", input: { a: { type: "string" } }, output: {}, run: () => undefined, ...more },
  text: `{ code: "CT_A_V3", run: ${run} }`,
});

it("writes a transform, its cases and its code", () => {
  const cases = { one: { input: { a: "x" }, output: {}, outcome: "NONE" } };
  const made = written(transform("({ a }) => ({ outcome: a })", { outcomes: ["NONE"], cases, summary: "Says a" }));
  expect(contentOf(made)).toEqual([
    {
      ct_code: "CT_A_V3",
      version: "v3",
      core: { inputs: { a: { type: "string" } }, outputs: {}, summary: "Says a", outcomes: ["SUCCESS", "NONE"] },
      implementation: { typescript: "CT_A_V3" },
    },
    {
      test_data_code: "TEST_DATA_CT_A_V3",
      version: "v3",
      core: {
        transform: "CT_A_V3",
        cases: { one: { bindings: { a: "x" }, expected: {}, expected_outcome: "NONE" } },
      },
    },
  ]);
  const source = "export const execute = (input) => run(input);\nconst run =\n({ a }) => ({ outcome: a });\n";
  expect(made.code).toEqual([{ name: "CT_A_V3", source, at: { file: "a.ts", line: 1, column: 32 }, fromLine: 3 }]);
});

it("takes what code answers for what comes with SUCCESS, where no other outcome is named", () => {
  const [head, , body] = written(transform("function (x) { return {}; }")).code[0]?.source.split("\n") ?? [];
  expect(head).toBe('export const execute = (input) => ({ outcome: "SUCCESS", value: run(input) });');
  expect(body).toBe("function (x) { return {}; };");
});

it("seals a method as the function that it is", () => {
  const call = transform("");
  const made = written({ ...call, text: '{ code: "CT_A_V3", run({ a }) { return { a }; } }' });
  expect(made.code[0]?.source).toContain("const run =\nfunction ({ a }) { return { a }; };\n");
});

it("writes every other kind as its file would have it", () => {
  const step = { step: "a", side_effect: "std::CS_REGISTRY_V0", on_result: { SUCCESS: "exit", VIOLATION: "exit" } };
  const calls: readonly Call[] = [
    {
      kind: "contract",
      value: { code: "CC_A_V0", input: {}, output: {}, statuses: ["SUCCESS"], pipeline: [step], summary: "s" },
    },
    { kind: "contract", value: { code: "CC_B_V0", statuses: ["X"], on_input_failure: "X", pipeline: "none" } },
    {
      kind: "side-effect",
      value: {
        code: "CS_A_V0",
        operations: { GO: { input: {}, outcomes: {}, idempotent: true }, ASK: { endpoint: { output: {} } } },
        implementation: { handler: "http" },
      },
    },
    { kind: "structure", value: { code: "STRUCTURE_A_V0", stores: { A: "a.jsonl", B: { path: "b.json" } } } },
    {
      kind: "runtime-binding",
      value: { code: "RB_A_V0", structure: "x::S", bindings: { "std::CS_HTTP_V0": { a: 1 } } },
    },
    { kind: "ingress", value: { code: "TI_A_V0", input: {}, route: {} } },
    { kind: "egress", value: { code: "TE_A_V0", defaults: {} } },
    { kind: "entity", value: { code: "ENTITY_A_V0", version: "v7", governed_by: "us" } },
  ];
  expect(calls.flatMap((call) => contentOf(written(call)))).toEqual([
    {
      cc_code: "CC_A_V0",
      version: "v0",
      core: {
        inputs: {},
        outputs: {},
        summary: "s",
        pipeline: [{ ...step, result_surface: ["SUCCESS", "VIOLATION"] }],
        result_status_contract: { allowed: ["SUCCESS"], on_input_failure: "VIOLATION" },
      },
    },
    {
      cc_code: "CC_B_V0",
      version: "v0",
      core: { pipeline: "none", result_status_contract: { allowed: ["X"], on_input_failure: "X" } },
    },
    {
      cs_code: "CS_A_V0",
      version: "v0",
      core: { operations: { GO: { inputs: {}, outcomes: {}, idempotent: true }, ASK: { endpoint: { outputs: {} } } } },
      implementation: { handler: "http" },
    },
    {
      structure_code: "STRUCTURE_A_V0",
      version: "v0",
      core: {
        storage_roots: { base_path: "{{module_data_root}}" },
        entity_stores: { A: { path: "a.jsonl" }, B: { path: "b.json" } },
      },
    },
    {
      rb_code: "RB_A_V0",
      version: "v0",
      core: { storage_structure: "x::S", bindings: { "std::CS_HTTP_V0": { policy: { a: 1 } } } },
    },
    { ti_code: "TI_A_V0", version: "v0", core: { admission_schema: {}, route: {} } },
    { te_code: "TE_A_V0", version: "v0", core: { defaults: {} } },
    { entity_code: "ENTITY_A_V0", version: "v7", governed_by: "us", core: {} },
  ]);
});

it("has no key under two names, and leaves the one that nobody reads to who refuses it", () => {
  const both = { input: {}, inputs: {} };
  const step = { on_result: { A: "exit" }, result_surface: ["B"] };
  const calls: readonly Call[] = [
    { ...transform("() => ({})", { ...both, outcomes: "A" }) },
    { kind: "workflow", value: { code: "WF_A_V0", intent: both, nodes: {} } },
    { kind: "contract", value: { code: "CC_A_V0", statuses: [], result_status_contract: {}, pipeline: [step] } },
    { kind: "structure", value: { code: "STRUCTURE_A_V0", stores: {}, entity_stores: {} } },
  ];
  expect(calls.flatMap((call) => contentOf(written(call)))).toMatchObject([
    { core: { ...both, outcomes: "A" } },
    { intent: both },
    { core: { statuses: [], result_status_contract: {}, pipeline: [step] } },
    { core: { stores: {}, entity_stores: {} } },
  ]);
});

it("binds the side effects that contracts use with a store, unless the author does", () => {
  const own = define({ kind: "side-effect", value: { code: "CS_OWN_V0" } });
  const pipeline = [
    { step: "a", side_effect: "std::CS_REGISTRY_V0", store: "A" },
    { step: "b", side_effect: own, store: "A" },
    { step: "c", side_effect: "std::CS_HTTP_V0" },
    { step: "d", transform: "x", store: "A" },
  ];
  const contract = define({ kind: "contract", value: { code: "CC_A_V0", pipeline } });
  const workflow = (more: object): Json | undefined => {
    const value = { code: "WF_A_V0", nodes: { A: { type: "CC", code: contract }, B: { code: "CC_X" }, C: 1 }, ...more };
    return contentOf(written({ kind: "workflow", value })).at(-1);
  };
  const bindings = { "std::CS_REGISTRY_V0": {}, "demo::CS_OWN_V0": {} };
  expect(workflow({})).toMatchObject({ bindings });
  expect(workflow({ bindings: { "std::CS_REGISTRY_V0": { a: 1 } } })).toMatchObject({
    bindings: { ...bindings, "std::CS_REGISTRY_V0": { a: 1 } },
  });
  expect(workflow({ runtime_binding: "demo::RB_A_V0" })).not.toHaveProperty("bindings");
});

it.each([
  ["somewhere else", "{ ...others }", "`run` is not written where the transform is defined", 1],
  ["by a name", "{ run: somewhere }", "`run` is no function that is written out here", 15],
  ["with what stands around it", "{ run: () => other }", "`run` reads other, which stands outside of it", 21],
])("does not seal code that is written %s", (_, text, message, column) => {
  const source = `define(${text}); const other = 1;`;
  const { problems } = written({ ...transform(""), text }, source);
  const { hint } = codes.RUN_NOT_SEALED;
  expect(problems).toMatchObject([{ code: "RUN_NOT_SEALED", message, at: { column }, hint }]);
});

it("writes a workflow in one file, whose references are definitions", () => {
  const event = define({ kind: "event", value: { code: "EV_A_V0", namespace: "other", schema: {} } });
  const task = { type: "TASK", output: { note: { type: "string" } }, next: {} };
  const nodes = { ASK: task, END: { type: "EXIT", emit: event, output: "kept as it is" } };
  const made = written({
    kind: "workflow",
    value: { code: "WF_A", intent: { input: { a: { type: "string" } }, next: {} }, nodes, version: undefined },
  });
  expect(contentOf(made)).toEqual([
    { ev_code: "EV_A_V0", namespace: "other", version: "v0", core: { schema: {} } },
    {
      workflow: "WF_A",
      version: "v0",
      intent: { inputs: { a: { type: "string" } }, next: {} },
      nodes: {
        ASK: { type: "TASK", outputs: { note: { type: "string" } }, next: {} },
        END: { type: "EXIT", emit: "other::EV_A_V0", output: "kept as it is" },
      },
    },
  ]);
});

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

it.each([
  ["a function", () => 1, "a function is no data"],
  ["a date", new Date(0), "an instance of a class, or what contains itself, is no data"],
  ["itself", cyclic, "an instance of a class, or what contains itself, is no data"],
  ["a number that is none", Number.NaN, "NaN is no data"],
  ["a number that is not exact", 2 ** 53, "9007199254740992 is no data"],
  ["half a character", "\uD800", "a text with half a character is no data"],
  ["a big number", 1n, "a bigint is no data"],
])("has no artifact say %s", (_, value, message) => {
  const call: Call = { kind: "actor", value: { code: "AC_A_V0", x: value }, text: '{ code: "AC_A_V0", x: [] }' };
  expect(written(call).problems).toMatchObject([{ code: "DEFINITION_VALUE", message, at: { line: 1 } }]);
});

it("refuses keys that nobody may have", () => {
  const made = written({ kind: "actor", value: { code: "AC_A_V0", constructor: 1 } });
  expect(made.problems).toMatchObject([{ code: "KEY_RESERVED" }]);
});

/** Every value with its place, as \`path line:column\`. */
function places(located: Located, path = ""): readonly string[] {
  const here = `${path} ${String(located.at.line)}:${String(located.at.column)}`;
  if (located.kind === "list") {
    return [here, ...located.items.flatMap((item, index) => places(item, `${path}/${String(index)}`))];
  }
  return located.kind === "map"
    ? [here, ...located.entries.flatMap(({ key, value }) => places(value, `${path}/${key}`))]
    : [here];
}

it("says of every value where it is written, and of what is computed where that is", () => {
  const source = `define({
  code: "AC_A_V0",
  list: [1,
    { deep: true }],
  computed: [7, 7].slice(),
});`;
  const value = { code: "AC_A_V0", list: [1, { deep: true }], computed: [7, 7] };
  const { documents } = written({ kind: "actor", value }, source);
  expect(documents.flatMap(({ located }) => places(located))).toEqual([
    " 1:1",
    "/ac_code 2:9",
    "/version 1:1",
    "/core 1:1",
    "/core/list 3:9",
    "/core/list/0 3:10",
    "/core/list/1 4:5",
    "/core/list/1/deep 4:13",
    "/core/computed 5:13",
    "/core/computed/0 5:13",
    "/core/computed/1 5:13",
  ]);
});

it("stands at the beginning where nobody knows where it was called", () => {
  const made = documentsOf([define({ kind: "actor", value: { code: "AC_A_V0" } }), 7], {
    namespace: undefined,
    placeOf: () => undefined,
    sourceOf: () => undefined,
  });
  expect(made.documents.map(({ located }) => located.at)).toEqual([{ file: "", line: 1, column: 1 }]);
  expect([{}, null, "x"].some(isDefinition)).toBe(false);
});
