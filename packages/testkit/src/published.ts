import { compile, type CompileOptions, type Graph, type SourceDocument } from "@omnibase/core";
import { locatedYaml } from "./located-yaml.ts";
import { changed, testOptions, type Edit, type Project } from "./project.ts";

/** A step of a published contract that appends a record to a log. */
export const tellStep = (record: string): string => `    - step: tell
      side_effect: capability_side_effects::CS_APPENDONLY_JSONL_V0
      op: APPEND
      store: TOLD
      inputs: { record: ${record} }
      result_surface: [SUCCESS, VIOLATION]
      on_result: { SUCCESS: exit, VIOLATION: exit }
`;

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
${tellStep('{ id: $.inputs.id, at: "{{timestamp}}" }')}`,
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

/** What the workspace needs. */
export const publishedOptions: CompileOptions = {
  transforms: { ...testOptions.transforms, "shop::CT_HOUSE_V0": "shop::CT_HOUSE_V0@sha256:0" },
  handlers: { http: "http@1", mail: "mail@1" },
  grants: { hosts: [] },
};

/** The workspace with its mistakes, as the compiler takes it. */
export const publishedDocuments = (edits: readonly Edit[]): readonly SourceDocument[] =>
  Object.entries(changed(workspace, edits)).map(([file, text]) => ({
    located: locatedYaml(text, file),
    file,
    namespace: "shop",
    dialect: "published",
  }));

export const publishedCompiled = (
  edits: readonly Edit[] = [],
  more: Partial<CompileOptions> = {},
): ReturnType<typeof compile> =>
  compile(publishedDocuments(edits), { ...publishedOptions, only: "shop::WF_ORDER_V0", ...more });

/** What is said of it, each as `severity CODE file:line`. */
export const publishedFound = (edits: readonly Edit[], more: Partial<CompileOptions> = {}): readonly string[] =>
  publishedCompiled(edits, more).problems.map(
    ({ at, code, severity }) => `${severity} ${code} ${at.file.replace(".yaml", "")}:${String(at.line)}`,
  );

export function publishedGraph(edits: readonly Edit[] = []): Graph {
  const { compiled: made, problems } = publishedCompiled(edits);
  const graph = made?.graphs["shop::WF_ORDER_V0"];
  if (graph === undefined) throw new Error(JSON.stringify(problems));
  return graph;
}
