import type { Problem } from "../value/problem.ts";

/**
 * What a published artifact may get wrong and be executed all the same, as its own engine did: each has a lowering.
 *
 * Everything else stays an error, because nobody could say what to execute.
 */
const tolerated: ReadonlySet<string> = new Set([
  "UNKNOWN_KEY",
  "KEY_ABSENT",
  "INTENT_OF_ANOTHER_WORKFLOW",
  "STEP_KEY_NOT_APPLICABLE",
  "SIDE_EFFECT_OPERATION_NOT_DECLARED",
  "OUTCOME_WITHOUT_EDGE",
  "INPUT_FAILURE_WITHOUT_EDGE",
  "INPUT_FAILURE_STATUS_NOT_ALLOWED",
  "EDGE_NEVER_TAKEN",
  "ON_RESULT_TARGET_NOT_EXECUTABLE",
  "EVALUATION_BLOCK_NOT_EXECUTABLE",
  "ON_CT_RESULT_IGNORED",
  "PREDICATE_RESULT_UNUSED",
  "RESULT_SURFACE_MISMATCH",
  "STATUS_NOT_ALLOWED",
  "STATUS_NEVER_PRODUCED",
  "REQUIRED_INPUT_NOT_BOUND",
  "REQUIRED_TRANSFORM_INPUT_NOT_BOUND",
  "BOUND_INPUT_NOT_DECLARED",
  "INPUT_FIELD_UNKNOWN",
  "INPUT_PATH_ROOT_UNKNOWN",
  "INPUT_TYPE_MISMATCH",
  "OUTPUT_FIELD_UNKNOWN",
  "OUTPUT_PATH_ROOT_UNKNOWN",
  "PAYLOAD_FIELD_UNKNOWN",
  "RESULT_NOT_ON_EVERY_PATH",
  "TEST_CASE_FAILED",
  "GRAPH_UNREACHABLE",
  "STORE_FILE_SHARED",
  "INGRESS_MISFIT",
]);

/** References that no published engine followed, and paths that evaluate to nothing. */
const looseReference =
  /\/(?:emit|governed_by|structure|core\/(?:workflow|transform))$|\/(?:nodes|pipeline)\/\w+\/(?:inputs|outputs)\//;

/** Cases are tried and not executed by any workflow, so whatever is wrong with them keeps none from beginning. */
const cases = /(?:^|\/)TEST_DATA_\w+\.md$|(?:^|\/)protocol_snapshot\/conformance\//;

export const isTolerated = ({ at, code, path = "" }: Problem): boolean =>
  tolerated.has(code) || cases.test(at.file) || (code === "REFERENCE_UNRESOLVED" && looseReference.test(path));
