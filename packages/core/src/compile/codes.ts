import { codeCodes } from "./codes-of-code.ts";
import { peopleCodes } from "./codes-of-people.ts";
import { tokenCodes } from "./codes-of-tokens.ts";
import { typescriptCodes } from "./codes-of-typescript.ts";

const mostCodes = {
  ARTIFACT_SCHEMA: {
    says: "A value has the wrong type or shape, or a required key is absent.",
    hint: "compare with the format of this kind of artifact",
  },
  UNKNOWN_KEY: {
    says: "A key that nothing executes. What is not executed is not accepted.",
    hint: "take the key out, or correct its spelling",
  },
  KEY_ABSENT: {
    says: "A published artifact lacks a key whose absence its own engine did not mind.",
    hint: "add the key",
  },
  ARTIFACT_KIND_UNKNOWN: {
    says: "The document has no code key, so nobody knows what it declares.",
    hint: "begin with workflow, wf_code, in_code, cc_code, ct_code, cs_code, rb_code, structure_code, ev_code, ac_code, entity_code, ti_code, te_code or test_data_code",
  },
  NAMESPACE_MISSING: {
    says: "The artifact belongs to no namespace.",
    hint: "put `namespace:` into omnibase.yaml or into the artifact",
  },
  ID_CHARSET: { says: "A name has characters that no name may have.", hint: "use ASCII letters, digits and _" },
  ID_LENGTH: { says: "A name is empty or too long.", hint: "use 1 to 200 characters" },
  VERSION_CONFLICT: {
    says: "Two artifacts have the same identity and do not say the same.",
    hint: "keep one of them, or give the newer a code of its own, as in CC_KEEP_V1",
  },
  ARTIFACT_DUPLICATE: { says: "The same artifact is declared twice.", hint: "keep one of them" },
  NODE_ID_DUPLICATE: { says: "Two steps of a contract have the same name.", hint: "rename one of them" },
  NAME_DUPLICATE: { says: "A name stands twice where it must be unique.", hint: "rename or remove one of them" },
  REFERENCE_NOT_QUALIFIED: {
    says: "A reference to another artifact lacks its namespace.",
    hint: "write namespace::CODE",
  },
  REF_UNPINNED: {
    says: "A reference says no version, or a range of them. What a snapshot means must not depend on what is newest.",
    hint: "name one version, as in CC_KEEP_V0",
  },
  REFERENCE_UNRESOLVED: { says: "What is referred to does not exist.", hint: "declare it, or correct the spelling" },
  REFERENCE_KIND: {
    says: "What is referred to exists and is of another kind.",
    hint: "refer to an artifact of the kind that is wanted here",
  },
  INTENT_OF_ANOTHER_WORKFLOW: {
    says: "An intent serves one workflow, and this is another one.",
    hint: "declare an intent for this workflow",
  },
  START_NOT_INTENT: {
    says: "A workflow starts at its one intent, and nowhere else.",
    hint: "let start_node name the only node of type IN",
  },
  FIELD_CONTRADICTION: {
    says: "The rules of a field contradict each other or its type.",
    hint: "keep the rules that belong to the type, and a default that obeys them",
  },
  STEP_CAPABILITY: {
    says: "A step names exactly one capability: a transform or a side effect.",
    hint: "keep `transform`, or `side_effect` with `op`",
  },
  STEP_KEY_MISSING: {
    says: "The capability of this step needs a key that the step does not have.",
    hint: "own stores need `op` and `store`, endpoints need `op` and `endpoint`, other side effects need `op`",
  },
  STEP_KEY_NOT_APPLICABLE: {
    says: "The step has a key that its capability does not read.",
    hint: "take it out",
  },
  WHEN_NOT_DECIDABLE: {
    says: "A step decides by a field that may be absent, or whose values nobody can count.",
    hint: "decide by a required field that is boolean or has an enum",
  },
  WHEN_NOT_TOTAL: {
    says: "The outcomes of a deciding field leave a value out, or name one twice or one that cannot come.",
    hint: "give every value of the field exactly one outcome",
  },
  SIDE_EFFECT_OPERATION_NOT_DECLARED: {
    says: "The side effect does not declare this operation.",
    hint: "use one of the declared operations",
  },
  OUTCOME_RESERVED: {
    says: "ERROR and FAILED exist on every call and cannot be declared.",
    hint: "choose another name for the outcome",
  },
  IDEMPOTENCY_NOT_DECLARED: {
    says: "An effect must say whether it may be repeated.",
    hint: "add `idempotent: true` only if a repetition changes nothing in the world",
  },
  OUTCOME_WITHOUT_EDGE: {
    says: "An outcome leads nowhere. What nobody routed, nobody thought of.",
    hint: "add an edge for it",
  },
  INPUT_FAILURE_WITHOUT_EDGE: {
    says: "The contract ends so when an input is missing, and no edge says what happens then.",
    hint: "add an edge for the contract's on_input_failure",
  },
  EDGE_NEVER_TAKEN: { says: "An edge for an outcome that cannot come.", hint: "take the edge out" },
  ON_RESULT_TARGET_NOT_EXECUTABLE: {
    says: "`on_result` names something that is not executed.",
    hint: "use continue, exit, or the name of a later step",
  },
  EVALUATION_BLOCK_NOT_EXECUTABLE: {
    says: "A contract has an evaluation block, and nothing executes one.",
    hint: "take it out; where a result decides, map it to an outcome with `when` on its step",
  },
  ON_CT_RESULT_IGNORED: {
    says: "A step has `on_ct_result`, and nothing executes it.",
    hint: "take it out; route the outcomes under on_result",
  },
  PREDICATE_RESULT_UNUSED: {
    says: "A transform answers yes or no, and no outcome depends on it. Such a gate is always open.",
    hint: "map the result to an outcome with `when` on the step",
  },
  RESULT_SURFACE_MISMATCH: {
    says: "A result surface differs from the outcomes that the capability declares.",
    hint: "list exactly the declared outcomes",
  },
  STATUS_NOT_ALLOWED: {
    says: "A contract ends with a status that it does not allow itself.",
    hint: "add it to result_status_contract.allowed",
  },
  STATUS_NEVER_PRODUCED: {
    says: "A contract allows a status that no step ends with.",
    hint: "take it out of result_status_contract.allowed",
  },
  INPUT_FAILURE_STATUS_NOT_ALLOWED: {
    says: "on_input_failure is not among the allowed statuses.",
    hint: "use one of result_status_contract.allowed",
  },
  REQUIRED_INPUT_NOT_BOUND: { says: "A required input is not bound.", hint: "bind it under `inputs`" },
  REQUIRED_TRANSFORM_INPUT_NOT_BOUND: {
    says: "A required input of a transform is not bound.",
    hint: "bind it under `inputs` of the step",
  },
  BOUND_INPUT_NOT_DECLARED: {
    says: "An input is bound that the other side does not declare.",
    hint: "take it out, or declare it there",
  },
  INPUT_FIELD_UNKNOWN: {
    says: "`$.inputs` is read at a name that the contract does not declare.",
    hint: "declare the input, or correct the path",
  },
  INPUT_PATH_ROOT_UNKNOWN: {
    says: "An input path begins with something that does not exist there.",
    hint: "in a workflow use $.payload, $.received, $.actor or $.results; in a step $.inputs or $.results, and $.capability_result to undo it",
  },
  OUTPUT_FIELD_UNKNOWN: {
    says: "A result is read at a name that it can never have.",
    hint: "correct the path, or declare the output",
  },
  OUTPUT_PATH_ROOT_UNKNOWN: {
    says: "An output path begins with something that does not exist there.",
    hint: "in outputs of a step use $.capability_result, $.inputs or $.results; in exits $.inputs or $.results",
  },
  PAYLOAD_FIELD_UNKNOWN: {
    says: "The payload is read at a name that the intent does not declare.",
    hint: "declare it in the intent, or correct the path",
  },
  PATH_INVALID: { says: "A path that cannot be read.", hint: "write $.root.name.name, without empty parts" },
  SECRET_FLOW: {
    says: "A secret reaches what others may read: a body, a URL, a store, a task, an event, an exit; or it decides.",
    hint: "pass it on only to inputs that are declared `secret: true`, or let a transform make something of it that is none",
  },
  DURATION_INVALID: {
    says: "A text is no duration, or one that nobody can count in milliseconds.",
    hint: "write it like PT10S, PT0.2S or P2DT3H; months and years have no fixed length",
  },
  EXPR_UNSUPPORTED: {
    says: "A path uses what other path languages have: an index, a wildcard, a filter, a function.",
    hint: "write $.root.name.name; for more than that, use a transform",
  },
  EXPR_KEY_RESERVED: { says: "A path reads a name that no value of ours can have.", hint: "correct the path" },
  EXPR_TOO_DEEP: { says: "A path goes deeper than any value of ours.", hint: "shorten the path" },
  EXPR_TOO_LARGE: { says: "A path is longer than a path may be.", hint: "shorten the path" },
  TEMPLATE_UNKNOWN: { says: "A template that nothing fills in.", hint: "only {{timestamp}} is known" },
  RESULT_NOT_ON_EVERY_PATH: {
    says: "A result is read that does not exist on every path to the reader.",
    hint: "read it only where its step has ended with an outcome that returns it",
  },
  GRAPH_UNREACHABLE: { says: "No path from the start leads here.", hint: "add an edge to it, or take it out" },
  GRAPH_DANGLING_EDGE: { says: "An edge leads to a node that does not exist.", hint: "correct the target" },
  GRAPH_NO_TERMINAL: { says: "No exit can be reached.", hint: "let every path end in an EXIT node" },
  GRAPH_CYCLE: { says: "A scope leads back into itself.", hint: "remove one of the edges" },
  GRAPH_TOO_LARGE: { says: "The workflow has more places than one graph may have.", hint: "divide it" },
  BINDING_TOO_LARGE: {
    says: "What is bound here grows beyond bounds when names are replaced by what they stand for.",
    hint: "bind a result instead of nesting bound values in each other",
  },
  POLICY_RANGE: {
    says: "A retry, a time or a number of rounds is outside its bounds.",
    hint: "see the bounds in the message",
  },
  EXIT_CLASS_REQUIRED: {
    says: "An exit does not say what it means.",
    hint: "add `class: completed`, `rejected` or `failed`",
  },
  EXIT_REASON_CONTRADICTS_CLASS: {
    says: "Reason and class of an exit say different things.",
    hint: "COMPLETED is completed, EXITED is rejected, FAILED is failed",
  },
  EXIT_STATUS_UNKNOWN: {
    says: "`exits` describes a status that the contract does not end with.",
    hint: "use one of result_status_contract.allowed",
  },
  EXIT_OUTPUT_UNKNOWN: {
    says: "An exit returns something that is not declared.",
    hint: "declare it in the contract's outputs or the event's schema, or take it out",
  },
  EXIT_OUTPUT_MISSING: {
    says: "A declared output is not returned, or a required field of an event is absent.",
    hint: "return it, or take it out of the declaration",
  },
  EXIT_TYPE_MISMATCH: { says: "What an exit returns is of another type than declared.", hint: "make both types agree" },
  INPUT_TYPE_MISMATCH: {
    says: "What is bound to an input is of another type than declared.",
    hint: "make both types agree",
  },
  ADMISSION_FIELD_UNKNOWN: {
    says: "An admission asks for a field that the event does not have.",
    hint: "name a field of the event's schema",
  },
  ADMISSION_VALUE_UNFIT: {
    says: "What an admission compares a field of an event with is no plain value that is always there and may be equal.",
    hint: "compare with a literal, or with a required field of the intent or its actors that has the type of the event's field",
  },
  ADMISSION_CONTRADICTION: {
    says: "An admission, or a clause of it, could never hold or would always hold.",
    hint: "correct the counts, or take the clause out",
  },
  EVENT_NEVER_EMITTED: {
    says: "An admission requires an event that no exit of these workflows emits, so its gate may never open.",
    hint: "add `emit` to the exit that means it, or leave it where a workflow of another project emits it",
  },
  ADMISSION_BINDING_UNUSED: {
    says: "Fields are bound for an event that no clause takes them for.",
    hint: "name the event under requires or forbids, or take the binding out",
  },
  RUNTIME_BINDING_MISSING: {
    says: "The workflow uses a side effect and nothing says where or with what.",
    hint: "add the side effect to the runtime binding of the workflow",
  },
  STORE_UNKNOWN: {
    says: "The storage structure of the runtime binding has no such store.",
    hint: "add it to entity_stores",
  },
  STORE_PATH_INVALID: {
    says: "A store's file is outside the data root or on ground of ours.",
    hint: "begin base_path with {{module_data_root}} and use relative names that do not begin with a dot",
  },
  STORE_KIND_MIXED: {
    says: "Two families of operations work on one store.",
    hint: "give each family a store of its own",
  },
  STORE_FILE_SHARED: { says: "Two stores have the same file.", hint: "give each store a file of its own" },
  ENDPOINT_UNKNOWN: {
    says: "The policy of the runtime binding has no such endpoint.",
    hint: "add it to policy.endpoints",
  },
  ENDPOINT_URL_INVALID: {
    says: "The URL of an endpoint is not one we would call.",
    hint: "write http(s)://host[:port]/path, with {input} only in path and query",
  },
  ENDPOINT_HEADER_INVALID: {
    says: "A header of an endpoint is none that we would send.",
    hint: "write its name in small letters and its value in one line; what the client writes itself cannot be set",
  },
  OUTCOME_PATTERN_INVALID: {
    says: "An outcome pattern is neither a status nor a class of statuses.",
    hint: 'write "404" or "4xx"',
  },
  CAPABILITY_DENIED: {
    says: "The artifact wants to reach what the project does not grant.",
    hint: "add the origin to grants.hosts in omnibase.yaml",
  },
} as const;

/** What each problem of the compiler means, and what to do about it. Codes are stable and never used for something else. */
export const codes: typeof mostCodes &
  typeof codeCodes &
  typeof peopleCodes &
  typeof tokenCodes &
  typeof typescriptCodes = {
  ...mostCodes,
  ...codeCodes,
  ...peopleCodes,
  ...tokenCodes,
  ...typescriptCodes,
};

export type Code = keyof typeof codes;
