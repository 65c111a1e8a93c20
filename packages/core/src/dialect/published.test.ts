import { compile, type CompileOptions, type Graph, type SourceDocument } from "@omnibase/core";
import { changed, locatedYaml, standardLibrary, type Edit, type Project } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { parseJson } from "../value/json-text.ts";
import { compiledArtifact } from "./published.ts";

/** A workspace as its own compiler would have let it through, one file an artifact, with nothing wrong in it. */
const workspace: Project = {
  "WF.yaml": `wf_code: WF_ORDER_V0
version: v0
runtime_binding: shop::RB_SHOP_V0
subdomain: orders
extensions: { anything: true }
core:
  start_node: IN_ORDER_V0
  nodes:
    IN_ORDER_V0: { type: IN, code: IN_ORDER_V0, payload_schema: {}, next: { ACK: CC_KEEP, NACK: EXIT } }
    CC_KEEP:
      type: CC
      code: CC_KEEP_V0
      fqdn_id: shop::CC_KEEP_V0
      inputs: { key: $.payload.key, note: $.payload.note }
      next: { SUCCESS: CC_TELL, VIOLATION: EXIT, ALREADY_EXISTS: EXIT_DONE }
    CC_TELL:
      type: CC
      code: CC_TELL_V0
      inputs: { id: $.results.CC_KEEP.id }
      next: { SUCCESS: EXIT_DONE, VIOLATION: EXIT }
    EXIT: { type: EXIT, reason: EXITED }
    EXIT_DONE: { type: EXIT, reason: COMPLETED, emit: EV_DONE_V0 }
`,
  "IN.yaml": `in_code: IN_ORDER_V0
version: v0
extensions: {}
core:
  workflow: WF_ORDER_V0
  inputs:
    key: { type: hex_string, required: true, default: x }
    note: { type: unheard_of, format: date }
    mail: { type: string, format: email }
    list: { type: array, items: { type: integer_string } }
    more: { type: object, fields: { inner: { type: number, nullable: true } } }
  outcomes: { ACK: {}, NACK: {} }
`,
  "KEEP.yaml": `cc_code: CC_KEEP_V0
version: v0
core:
  inputs: { key: { type: string, required: true }, note: { type: any } }
  outputs: { id: { type: string } }
  error_codes: { VIOLATION: BAD }
  result_status_contract: { allowed: [SUCCESS, ALREADY_EXISTS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: mint
      transform: capability_transforms::CT_PURE_GENERATE_ID_V0
      inputs: { prefix: A, data: { key: $.inputs.key, note: $.inputs.note } }
      outputs: { id: $.capability_result.id }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: continue, VIOLATION: exit }
    - step: keep
      side_effect: capability_side_effects::CS_REGISTRY_V0
      op: REGISTER
      inputs: { key: $.results.mint.id }
      outputs:
        id: $.results.mint.id
        raw: $.results.mint.capability_result.id
        result_status: $.capability_result.result_status
      result_surface: [SUCCESS, ALREADY_EXISTS, VIOLATION]
      on_result: { SUCCESS: exit, ALREADY_EXISTS: exit, VIOLATION: exit }
`,
  "TELL.yaml": `cc_code: CC_TELL_V0
version: v0
core:
  inputs: { id: { type: string, required: true } }
  result_status_contract: { allowed: [SUCCESS, VIOLATION], on_input_failure: VIOLATION }
  pipeline:
    - step: tell
      side_effect: capability_side_effects::CS_APPENDONLY_JSONL_V0
      op: APPEND
      store: TOLD
      inputs: { record: { id: $.inputs.id, at: "{{timestamp}}" } }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
`,
  "ID.yaml": `ct_code: CT_PURE_GENERATE_ID_V0
namespace: capability_transforms
version: V0
core:
  inputs: { prefix: { type: string, required: true }, data: { type: any, required: true } }
  outputs: { id: { type: string, required: true } }
machine: { ct_kind: atom, implementation: { module: a.b, callable: execute } }
`,
  "REGISTRY.yaml": `cs_code: CS_REGISTRY_V0
namespace: capability_side_effects
version: v0
core:
  category: storage
  field_types: { key: string }
  operations:
    REGISTER:
      handler: register
      idempotent: false
      input: [key]
      output: [result_status, address]
      result_status_values: [SUCCESS, ALREADY_EXISTS, VIOLATION]
    MERGE: { input: [], output: [], result_status_values: [SUCCESS] }
implementation: { module: a.b, callable: Registry }
`,
  "LOG.yaml": `cs_code: CS_APPENDONLY_JSONL_V0
namespace: capability_side_effects
version: v0
core:
  operations:
    APPEND: { input: [record], output: [record_id], result_status_values: [SUCCESS, VIOLATION] }
implementation: { module: a.b, callable: Log }
`,
  "RB.yaml": `rb_code: RB_SHOP_V0
version: v0
parameters: [module_data_root]
core:
  storage_structure: shop::STRUCTURE_SHOP_V0
  bindings:
    capability_side_effects::CS_REGISTRY_V0:
      type: CS
      host: Registry
      policy: { path: "{{module_data_root}}/shop/kept.json", strict: true }
    capability_side_effects::CS_APPENDONLY_JSONL_V0: { type: CS, policy: {} }
`,
  "STORES.yaml": `structure_code: STRUCTURE_SHOP_V0
version: v0
core:
  layer: DOMAINS
  storage_roots: { base_path: "{{module_data_root}}" }
  entity_stores: { TOLD: { path: shop/told.jsonl, record_type: any } }
`,
  "EV.yaml": `ev_code: EV_DONE_V0
version: v0
core: { schema: { at: { type: string, format: date-time, required: true } } }
`,
};

const options: CompileOptions = {
  transforms: { "std.generate_id": "std.generate_id@1", CT_HOUSE_V0: "CT_HOUSE_V0@sha256:0" },
  handlers: { http: "http@1" },
  grants: { hosts: [] },
};

const documents = (edits: readonly Edit[]): readonly SourceDocument[] =>
  Object.entries(changed(workspace, edits)).map(([file, text]) => ({
    located: locatedYaml(text, file),
    file,
    namespace: "shop",
    dialect: "published",
  }));

const compiled = (edits: readonly Edit[] = [], more: Partial<CompileOptions> = {}): ReturnType<typeof compile> =>
  compile(documents(edits), { ...options, only: "shop::WF_ORDER_V0", ...more });

const found = (edits: readonly Edit[], more: Partial<CompileOptions> = {}): readonly string[] =>
  compiled(edits, more).problems.map(
    ({ at, code, severity }) => `${severity} ${code} ${at.file.replace(".yaml", "")}:${String(at.line)}`,
  );

function graphOf(edits: readonly Edit[] = []): Graph {
  const { compiled: made, problems } = compiled(edits);
  const graph = made?.graphs["shop::WF_ORDER_V0"];
  if (graph === undefined) throw new Error(JSON.stringify(problems));
  return graph;
}

describe("a published workspace without fault", () => {
  it("compiles without a word", () => {
    expect(found([])).toEqual([]);
  });

  it("may touch the files that its policies and structures name", () => {
    expect(compiled().compiled?.authority).toEqual({
      hosts: [],
      stores: {
        "published::shop/kept.json": { kind: "registry", file: "shop/kept.json" },
        "published::shop/told.jsonl": { kind: "append-only", file: "shop/told.jsonl" },
      },
    });
  });

  it("keeps its objects in its own words", () => {
    expect(compiled().compiled?.objects["shop::WF_ORDER_V0"]).toMatchObject({ subdomain: "orders" });
  });

  it("admits what is not declared, and hands on what was sent", () => {
    const { places } = graphOf();
    expect(places["IN_ORDER_V0"]).toMatchObject({ work: { kind: "admit", open: true } });
    expect(places["CC_KEEP/mint"]).toMatchObject({
      inputs: { data: { fields: { key: { kind: "received", path: ["key"], some: true } } } },
    });
  });

  it("returns what the last step returned, and not its status", () => {
    const { places, scopes } = graphOf();
    const id = { kind: "result", of: "CC_KEEP/mint", path: ["id"], some: true };
    expect(scopes["CC_KEEP"]?.exits).toEqual({
      SUCCESS: { outputs: { id, raw: id }, to: "CC_TELL/tell" },
      ALREADY_EXISTS: { outputs: { id, raw: id }, to: "EXIT_DONE" },
      VIOLATION: { outputs: {}, to: "EXIT/VIOLATION" },
      "VIOLATION/mint": { outputs: { id }, to: "EXIT/VIOLATION", outcome: "VIOLATION" },
      "VIOLATION/keep": { outputs: { id, raw: id }, to: "EXIT/VIOLATION", outcome: "VIOLATION" },
    });
    expect(places["CC_KEEP/mint"]).toMatchObject({ edges: { VIOLATION: { leave: "VIOLATION/mint" } } });
    expect(places["CC_KEEP/keep"]).toMatchObject({ missing: { leave: "VIOLATION" }, required: ["key"] });
    expect(places["CC_KEEP/mint"]).not.toHaveProperty("missing");
  });

  it("has a place for each status by which an exit is reached, where they mean different things", () => {
    const { places } = graphOf();
    expect(places["EXIT/NACK"]).toMatchObject({ class: "rejected", reason: "EXIT_REJECTED", node: "EXIT" });
    expect(places["EXIT/VIOLATION"]).toMatchObject({ class: "failed", reason: "EXIT_VIOLATION", node: "EXIT" });
    expect(places["EXIT_DONE"]).toEqual({
      kind: "exit",
      class: "completed",
      reason: "COMPLETED",
      outcome: "COMPLETED",
      outputs: {},
      emit: "shop::EV_DONE_V0",
    });
  });
});

/** A mistake, what is said of it, and what becomes of it. */
const mistakes: readonly (readonly [string, readonly Edit[], readonly string[], (graph: Graph) => unknown, unknown])[] =
  [
    [
      "a status has no edge",
      [["WF", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT }", "{ SUCCESS: EXIT_DONE }"]],
      ["warning OUTCOME_WITHOUT_EDGE WF:20"],
      ({ places, scopes }) => [places["/NO_TRANSITION"], scopes["CC_TELL"]?.exits["VIOLATION"]],
      [
        {
          kind: "exit",
          class: "failed",
          reason: "NO_TRANSITION",
          outcome: "NO_TRANSITION",
          outputs: {},
          node: null,
        },
        { outputs: {}, to: "/NO_TRANSITION" },
      ],
    ],
    [
      "an edge is never taken",
      [["WF", "ALREADY_EXISTS: EXIT_DONE", "ALREADY_EXISTS: EXIT_DONE, NOT_FOUND: EXIT_DONE"]],
      ["warning EDGE_NEVER_TAKEN WF:15"],
      ({ scopes }) => Object.keys(scopes["CC_KEEP"]?.exits ?? {}),
      ["VIOLATION", "VIOLATION/mint", "SUCCESS", "ALREADY_EXISTS", "VIOLATION/keep"],
    ],
    [
      "an input is not bound",
      [["WF", "inputs: { id: $.results.CC_KEEP.id }", "inputs: {}"]],
      ["warning REQUIRED_INPUT_NOT_BOUND WF:19"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ inputs: { record: expect.objectContaining({ fields: expect.anything() }) } }),
    ],
    [
      "an input is nothing",
      [
        ["KEEP", "data: { key: $.inputs.key, note: $.inputs.note }", "data: null"],
        ["WF", "$.results.CC_KEEP.id }", "$.results.CC_KEEP.id, more: $.nowhere.id }"],
        [
          "TELL",
          "{ id: { type: string, required: true } }",
          "{ id: { type: string, required: true }, more: {type: any} }",
        ],
      ],
      ["warning INPUT_PATH_ROOT_UNKNOWN WF:19", "warning INPUT_TYPE_MISMATCH KEEP:11"],
      ({ places }) => places["CC_KEEP/mint"],
      expect.objectContaining({ missing: { leave: "VIOLATION" }, required: ["prefix", "data"] }),
    ],
    [
      "a result is read of what is no contract",
      [["WF", "$.results.CC_KEEP.id", "$.results.CC_KEP.id"]],
      ["warning REFERENCE_UNRESOLVED WF:19"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ inputs: { record: expect.anything() } }),
    ],
    [
      "a step reads what is not there",
      [["KEEP", "{ key: $.results.mint.id }", "{ key: $.results.mynt.id, target_ref: $.nothing.id }"]],
      ["BOUND_INPUT_NOT_DECLARED", "INPUT_PATH_ROOT_UNKNOWN", "REFERENCE_UNRESOLVED"].map(
        (code) => `warning ${code} KEEP:18`,
      ),
      ({ places }) => places["CC_KEEP/keep"],
      expect.objectContaining({ inputs: {}, required: ["key", "target_ref"], missing: { leave: "VIOLATION" } }),
    ],
    [
      "the last step continues",
      [["TELL", "{ SUCCESS: exit,", "{ SUCCESS: continue,"]],
      ["warning ON_RESULT_TARGET_NOT_EXECUTABLE TELL:13"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "a status is routed nowhere",
      [["TELL", "{ SUCCESS: exit, VIOLATION: exit }", "{ SUCCESS: exit }"]],
      ["warning OUTCOME_WITHOUT_EDGE TELL:13"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "an operation is not declared and exists",
      [
        ["LOG", "APPEND: {", "PUT: {"],
        ["TELL", "op: APPEND", "op: READ_ALL"],
      ],
      ["warning SIDE_EFFECT_OPERATION_NOT_DECLARED TELL:9"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({
        work: {
          kind: "operate",
          capability: "capability_side_effects::CS_APPENDONLY_JSONL_V0",
          operation: "append-only.GET_ALL",
          store: "published::shop/told.jsonl",
        },
      }),
    ],
    [
      "an operation is declared by its older name",
      [
        ["LOG", "APPEND: {", "READ_ALL: {"],
        ["TELL", "op: APPEND", "op: READ_ALL"],
      ],
      [],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ work: expect.objectContaining({ operation: "append-only.GET_ALL" }) }),
    ],
    [
      "a step routes an outcome that every call has",
      [
        ["TELL", "{ SUCCESS: exit,", "{ SUCCESS: exit, ERROR: exit,"],
        ["TELL", "[SUCCESS, VIOLATION]\n      on", "[SUCCESS, VIOLATION, ERROR]\n      on"],
        ["WF", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT }", "{ SUCCESS: EXIT_DONE, VIOLATION: EXIT, ERROR: EXIT }"],
        ["TELL", "allowed: [SUCCESS, VIOLATION]", "allowed: [SUCCESS, VIOLATION, ERROR]"],
      ],
      [],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({
        outcomes: ["SUCCESS", "VIOLATION"],
        edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" }, ERROR: { leave: "ERROR" } },
      }),
    ],
    [
      "nobody says what a missing input means",
      [["TELL", ", on_input_failure: VIOLATION", ""]],
      ["warning KEY_ABSENT TELL:5"],
      ({ places }) => places["CC_TELL/tell"],
      expect.objectContaining({ edges: { SUCCESS: { leave: "SUCCESS" }, VIOLATION: { leave: "VIOLATION" } } }),
    ],
    [
      "an exit has no reason",
      [["WF", "reason: EXITED", "summary: none"]],
      ["warning KEY_ABSENT WF:21"],
      ({ places }) => places["EXIT/NACK"],
      expect.objectContaining({ class: "rejected", reason: "EXIT_REJECTED" }),
    ],
    [
      "an event is nowhere",
      [["WF", "EV_DONE_V0 }", "else::EV_GONE_V0 }"]],
      ["warning REFERENCE_UNRESOLVED WF:22"],
      ({ places }) => places["EXIT_DONE"],
      expect.objectContaining({ emit: "else::EV_GONE_V0" }),
    ],
    [
      "governors are nowhere",
      [
        ["WF", "subdomain: orders", "governed_by: fb::A_V0\nstructure: fb::B_V0"],
        ["EV", "version: v0", "version: v0\ngoverned_by: shop::STRUCTURE_SHOP_V0"],
      ],
      ["warning REFERENCE_UNRESOLVED WF:4", "warning REFERENCE_UNRESOLVED WF:5"],
      ({ start }) => start,
      "IN_ORDER_V0",
    ],
    [
      "keys are unknown",
      [["WF", "  start_node:", "  entry: x\n  start_node:"]],
      ["warning UNKNOWN_KEY WF:7"],
      ({ start }) => start,
      "IN_ORDER_V0",
    ],
  ];

describe("a published artifact that is wrong", () => {
  it.each(mistakes)("is executed as its own engine did when %s", (_, edits, says, of, wanted) => {
    expect(found(edits).toSorted()).toEqual(says.toSorted());
    expect(of(graphOf(edits))).toEqual(wanted);
  });

  it.each(mistakes)("is refused in strict mode when %s", (_, edits, says) => {
    const strictly = says.map((line) => line.replace("warning", "error"));
    expect(found(edits, { strict: true }).toSorted()).toEqual(strictly.toSorted());
  });
});

/** What nobody could execute, or what would be executed otherwise than its author believes. */
const refused: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    "a gate decides by past events",
    [["WF", "  start_node:", "  admission: { requires: [EV_A_V0] }\n  start_node:"]],
    ["error IMPLEMENTATION_UNKNOWN WF:7"],
  ],
  ["an intent node has no code", [["WF", "type: IN, code: IN_ORDER_V0,", "type: IN,"]], ["error ARTIFACT_SCHEMA WF:9"]],
  [
    "no intent serves a workflow whose node names none",
    [
      ["WF", "type: IN, code: IN_ORDER_V0,", "type: IN,"],
      ["IN", "workflow: WF_ORDER_V0", "workflow: else::WF_ORDER_V0"],
    ],
    ["error ARTIFACT_SCHEMA WF:9", "warning INTENT_OF_ANOTHER_WORKFLOW WF:9", "warning REFERENCE_UNRESOLVED IN:5"],
  ],
  ["a policy is called otherwise", [["RB", "      policy: {", "      config: {"]], ["error ARTIFACT_SCHEMA RB:10"]],
  [
    "a policy names no file",
    [["RB", 'path: "{{module_data_root}}/shop/kept.json", ', ""]],
    ["error RUNTIME_BINDING_MISSING KEEP:15"],
  ],
  [
    "a policy names a file elsewhere",
    [["RB", "{{module_data_root}}/shop", "/shop"]],
    ["error RUNTIME_BINDING_MISSING KEEP:15"],
  ],
  [
    "an operation is declared that does not exist",
    [["KEEP", "op: REGISTER", "op: MERGE"]],
    ["error IMPLEMENTATION_UNKNOWN KEEP:17"],
  ],
  [
    "an operation is neither declared nor there",
    [["KEEP", "op: REGISTER", "op: NOTHING"]],
    ["error IMPLEMENTATION_UNKNOWN KEEP:17", "warning SIDE_EFFECT_OPERATION_NOT_DECLARED KEEP:17"],
  ],
  ["a step does not say what to do", [["KEEP", "      op: REGISTER\n", ""]], ["error STEP_KEY_MISSING KEEP:15"]],
  [
    "a transform is neither built in nor brought",
    [["ID", "namespace: capability_transforms", "namespace: shop"]],
    ["error REFERENCE_UNRESOLVED KEEP:10"],
  ],
  [
    "a step names nothing to call",
    [["KEEP", "      transform: capability_transforms::CT_PURE_GENERATE_ID_V0\n", ""]],
    ["error STEP_CAPABILITY KEEP:9"],
  ],
  [
    "a contract has no steps",
    [["KEEP", "  pipeline:", "  pipelines:"]],
    ["error ARTIFACT_SCHEMA KEEP:4", "warning UNKNOWN_KEY KEEP:8"],
  ],
  [
    "a binding names no storage structure",
    [["RB", "  storage_structure: shop::STRUCTURE_SHOP_V0\n", ""]],
    ["error RUNTIME_BINDING_MISSING RB:1"],
  ],
  ["an artifact is no map", [["EV", "- a"]], ["warning REFERENCE_UNRESOLVED WF:22"]],
  ["a section is no map", [["STORES", "core: 1"]], ["error REFERENCE_UNRESOLVED RB:5"]],
];

describe("a published artifact that nobody could execute", () => {
  it.each(refused)("is refused when %s", (_, edits, says) => {
    expect(found(edits).toSorted()).toEqual(says.toSorted());
  });

  it("is no hindrance where the workflow does not need it", () => {
    expect(found([["OTHER", "cc_code: CC_OTHER_V0"]])).toEqual([]);
    expect(found([["OTHER", "- nothing"]])).toEqual([]);
    const whole = compile(documents([["OTHER", "cc_code: CC_OTHER_V0\n"]]), options);
    expect(whole.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "error ARTIFACT_SCHEMA",
      "error ARTIFACT_SCHEMA",
    ]);
  });

  it("is refused where what it binds grows beyond bounds", () => {
    const nested = Array.from({ length: 15 }, (_, index) => {
      const inner = index === 0 ? "$.inputs.key" : `$.results.s${String(index - 1)}.o`;
      return `    - { step: s${String(index)}, transform: capability_transforms::CT_PURE_GENERATE_ID_V0, inputs: { prefix: A, data: x }, outputs: { o: { a: ${inner}, b: ${inner} } }, result_surface: [SUCCESS, VIOLATION], on_result: { SUCCESS: continue, VIOLATION: exit } }\n`;
    });
    expect(
      found([
        ["KEEP", "  pipeline:\n", `  pipeline:\n${nested.join("")}`],
        ["KEEP", "prefix: A, data: { key: $.inputs.key, note: $.inputs.note }", "prefix: A, data: $.results.s14.o"],
      ]),
    ).toEqual(["error BINDING_TOO_LARGE WF:10"]);
  });
});

describe("a transform of a domain", () => {
  const house: readonly Edit[] = [
    [
      "HOUSE",
      "ct_code: CT_HOUSE_V0\nversion: v0\ncore: { inputs: { data: { type: any } }, outputs: { id: { type: string } } }\n",
    ],
    ["KEEP", "capability_transforms::CT_PURE_GENERATE_ID_V0", "shop::CT_HOUSE_V0"],
    ["KEEP", "{ prefix: A, data: {", "{ data: {"],
  ];

  it("is code that the workspace brings, called like it", () => {
    expect(graphOf(house).places["CC_KEEP/mint"]).toMatchObject({ work: { implementation: "CT_HOUSE_V0" } });
  });

  it("is refused by name where nobody brings it", () => {
    expect(found(house, { transforms: {} })).toEqual(["error IMPLEMENTATION_UNKNOWN HOUSE:1"]);
  });
});

describe("an exit that declares its class", () => {
  it("means what it says, whatever led to it", () => {
    const { places } = graphOf([
      ["WF", "reason: EXITED", "reason: FAILED, class: failed, outcome: OUT, outputs: { key: $.payload.key }"],
    ]);
    expect(places["EXIT"]).toEqual({
      kind: "exit",
      class: "failed",
      reason: "FAILED",
      outcome: "OUT",
      outputs: { key: { kind: "received", path: ["key"], some: true } },
    });
  });

  it("has the reason of what led to it where it names none", () => {
    const { places } = graphOf([["WF", "reason: COMPLETED, emit: EV_DONE_V0", "class: completed"]]);
    expect(places["EXIT_DONE/SUCCESS"]).toMatchObject({ class: "completed", reason: "COMPLETED" });
    expect(places["EXIT_DONE/ALREADY_EXISTS"]).toMatchObject({ class: "completed", reason: "EXIT_ALREADY_EXISTS" });
  });
});

describe("a compiled artifact", () => {
  const read = (text: string): SourceDocument => {
    const json = parseJson(text, { file: "a.json", family: "ARTIFACT" });
    if (!json.ok) throw new Error("it is JSON");
    return compiledArtifact(json.value, "a.json");
  };

  it("is its frontmatter in its own namespace, where it stands in the file", () => {
    const document = read('{\n"namespace": "shop",\n"frontmatter": { "ev_code": "EV_A_V0" }\n}');
    expect(document).toMatchObject({ namespace: "shop", dialect: "published", file: "a.json" });
    expect(document.located.at).toEqual({ file: "a.json", line: 3, column: 16 });
  });

  it("is what it is where it has none, and then nobody knows its kind", () => {
    const { problems } = compile([read('{ "frontmatter_": [] }'), read('{ "frontmatter": [] }')], options);
    expect(problems.map(({ code }) => code)).toEqual(["ARTIFACT_KIND_UNKNOWN", "ARTIFACT_SCHEMA"]);
  });
});

it("may call what our own library declares, and then as ours does", () => {
  const edits: readonly Edit[] = [
    [
      "TELL",
      "capability_side_effects::CS_APPENDONLY_JSONL_V0\n      op: APPEND\n      store: TOLD",
      "std::CS_HTTP_V0\n      op: REQUEST\n      endpoint: TELL",
    ],
    [
      "RB",
      "  bindings:\n",
      "  bindings:\n    std::CS_HTTP_V0: { policy: { endpoints: { TELL: { method: POST, url: http://127.0.0.1:8080/t, idempotent: true, outcomes: { 2xx: SUCCESS, 4xx: VIOLATION } } } } }\n",
    ],
  ];
  const library = { "http.yaml": standardLibrary["CS_HTTP_V0.yaml"] ?? "" };
  const std = Object.entries(library).map(([file, text]): SourceDocument => ({
    located: locatedYaml(text, file),
    file,
    namespace: "std",
  }));
  const { compiled: made, problems } = compile([...documents(edits), ...std], {
    ...options,
    grants: { hosts: ["http://127.0.0.1:8080"] },
    only: "shop::WF_ORDER_V0",
  });
  expect(problems).toEqual([]);
  expect(made?.authority.hosts).toEqual(["http://127.0.0.1:8080"]);
  expect(made?.graphs["shop::WF_ORDER_V0"]?.places["CC_TELL/tell"]).toMatchObject({
    work: { kind: "effect", handler: "http" },
  });
});
