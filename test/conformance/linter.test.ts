import type { Json, Problem } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { defects } from "./defects.ts";
import { plant, type Files, type Path } from "./planting.ts";
import {
  findings,
  frontmattersIn,
  isAt,
  isThere,
  pointerTo,
  problemsIn,
  publishedTexts,
  textsOf,
  whyNot,
} from "./published.ts";

if (!isThere) console.warn(whyNot);

const texts = publishedTexts();
const files = frontmattersIn(texts);
const [lenient, strict] = isThere ? [problemsIn(texts, false), problemsIn(texts, true)] : [[], []];
const open = findings().filter(({ seen_in: seenIn }) => seenIn.includes("HEAD"));

const contracts = "pgs_capabilities.registry.name_service.capability_contracts::";
const workflows = "pgs_capabilities.registry.name_service.workflows::";

/** What is found beyond the published list, each with the reason why it is right. */
const reviewed: readonly (readonly [rule: string, artifact: RegExp, pointer: RegExp, reason: string])[] = [
  ["REFERENCE_UNRESOLVED", /./, /^\/(?:governed_by|structure)$/, "governance artifacts are not published"],
  ["REFERENCE_UNRESOLVED", /::WF_GOVERN_/, /^\/core\/nodes\/EXIT_\w+\/emit$/, "its events are not published"],
  ["ON_RESULT_TARGET_NOT_EXECUTABLE", /::CC_(?:BIND|CHECK|VALIDATE)_AGENT_/, /SUCCESS$/, "the last step continues"],
  ["OUTPUT_PATH_ROOT_UNKNOWN", /::CC_STORE_RESULTS_V0$/, /result_status$/, "$.result_status is no path"],
  ["OUTPUT_FIELD_UNKNOWN", /::CC_(?:LOOKUP|REGISTER)_NAME_V0$/, /outputs/, "nothing declares a field called value"],
  ["PREDICATE_RESULT_UNUSED", /::CC_RESOLVE_LICENSE_TIER_V0$/, /pipeline\/1$/, "unmapped on purpose, as the original"],
  ["KEY_ABSENT", /::CC_(?:LOOKUP|REGISTER)_NAME_V0$/, /result_status_contract$/, "there is no on_input_failure"],
  ["KEY_ABSENT", /::WF_(?:LOOKUP|REGISTER)_NAME_V0$/, /nodes\/exit$/, "the exit has no reason"],
  ["ARTIFACT_SCHEMA", /::WF_(?:LOOKUP|REGISTER)_NAME_V0$/, /nodes\/entry$/, "the IN node has no code"],
  ["ARTIFACT_SCHEMA", /::RB_NAME_SERVICE_V0$/, /config$/, "config stands where policy is read"],
  ["UNKNOWN_KEY", /::WF_(?:LOOKUP|REGISTER)_NAME_V0$/, /^\/core\/(?:entry|exit)$/, "nothing reads entry and exit"],
  ["EDGE_NEVER_TAKEN", /::WF_(?:LOOKUP|REGISTER)_NAME_V0$/, /default$/, "no intent answers default"],
  ["OUTCOME_WITHOUT_EDGE", /::WF_(?:LOOKUP|REGISTER)_NAME_V0$/, /nodes\/entry\/next$/, "ACK and NACK lead nowhere"],
];

type Repair = readonly [artifact: string, path: Path, given: Json | undefined];

const toExit = (artifact: string, step: number): Repair => [
  `ai_governance::${artifact}`,
  ["core", "pipeline", step, "on_result", "SUCCESS"],
  "exit",
];

/** What the step is told decides, as the published engine never did. */
const deciding = (artifact: string, step: number, field: string): Repair => [
  `ai_governance::${artifact}`,
  ["core", "pipeline", step, "when"],
  { field, outcomes: { SUCCESS: true, VIOLATION: false } },
];

const names = (
  workflow: string,
  intent: string,
  node: string,
  inputs: Readonly<Record<string, string>>,
): readonly Repair[] => [
  [workflows + workflow, ["core", "entry"], undefined],
  [workflows + workflow, ["core", "exit"], undefined],
  [workflows + workflow, ["core", "nodes", "exit", "reason"], "COMPLETED"],
  [
    workflows + workflow,
    ["core", "nodes", "entry", "code"],
    `pgs_capabilities.registry.name_service.intents::${intent}`,
  ],
  [workflows + workflow, ["core", "nodes", "entry", "next"], { ACK: node, NACK: "exit" }],
  [workflows + workflow, ["core", "nodes", node, "inputs"], inputs],
];

/** One for each finding, and for each that was reviewed. */
const repairs: readonly Repair[] = [
  deciding("CC_BIND_AGENT_LICENSE_TO_TOOL_SURFACE_V0", 1, "is_member"),
  deciding("CC_CHECK_AGENT_TOOL_DECLARED_V0", 0, "is_member"),
  deciding("CC_RESOLVE_LICENSE_TIER_V0", 1, "is_member"),
  deciding("CC_VALIDATE_AGENT_TOOL_PARAMETERS_V0", 1, "valid"),
  deciding("CC_VERIFY_TERMINATION_V0", 0, "all_terminate"),
  toExit("CC_BIND_AGENT_LICENSE_TO_TOOL_SURFACE_V0", 1),
  toExit("CC_CHECK_AGENT_TOOL_DECLARED_V0", 0),
  toExit("CC_VALIDATE_AGENT_TOOL_PARAMETERS_V0", 1),
  toExit("CC_VERIFY_TERMINATION_V0", 0),
  ["ai_governance::CC_VERIFY_TERMINATION_V0", ["core", "evaluation"], undefined],
  [
    "ai_governance::CC_VALIDATE_AGENT_TOOL_PARAMETERS_V0",
    ["core", "pipeline", 1, "outputs", "validation_result"],
    "$.capability_result.failed_rule",
  ],
  [
    "ai_governance::CC_STORE_RESULTS_V0",
    ["core", "pipeline", 0, "outputs", "result_status"],
    "$.capability_result.result_status",
  ],
  [
    "ai_governance::WF_GOVERN_AGENT_ADMISSION_V0",
    ["core", "nodes", "CC_RECORD_GOVERNED_ACTION_V0", "next", "ALREADY_EXISTS"],
    undefined,
  ],
  ...["CC_LOOKUP_NAME_V0", "CC_REGISTER_NAME_V0"].map((contract): Repair => {
    return [contracts + contract, ["core", "result_status_contract", "on_input_failure"], "VIOLATION"];
  }),
  [
    `${contracts}CC_LOOKUP_NAME_V0`,
    ["core", "pipeline", 0, "outputs", "resource_addresses"],
    "$.capability_result.resource_addresses",
  ],
  [`${contracts}CC_REGISTER_NAME_V0`, ["core", "pipeline", 0, "outputs", "success"], "$.capability_result.success"],
  [
    "pgs_capabilities.registry.name_service.runtime_bindings::RB_NAME_SERVICE_V0",
    ["core", "bindings", "pgs_capabilities.registry.name_service.capability_side_effects::CS_NAME_REGISTRY_V0"],
    { policy: { path: "{{module_data_root}}/name_registry.json" } },
  ],
  ...names("WF_LOOKUP_NAME_V0", "IN_NAME_LOOKEDUP_V0", "lookup", { name: "$.payload.name" }),
  ...names("WF_REGISTER_NAME_V0", "IN_NAME_REGISTERED_V0", "register", {
    name: "$.payload.name",
    resource_addresses: "$.payload.resource_addresses",
  }),
];

const repaired = (all: readonly Repair[]): Files =>
  all.reduce((before, [artifact, path, given]) => plant(before, artifact, path, given).files, files);

const isUnpublished = ({ code, path = "" }: Problem): boolean =>
  code === "REFERENCE_UNRESOLVED" && /^\/(?:governed_by|structure|core\/nodes\/\w+\/emit)$/.test(path);

const isListed = (problem: Problem): boolean =>
  open.some(
    (finding) =>
      problem.at.file === finding.artifact && problem.code === finding.rule && isAt(pointerTo(finding, files), problem),
  );

describe.skipIf(!isThere)("the published defects", () => {
  it.each(open)("$id ($rule) is found at its place, refused in strict mode and said in reader mode", (finding) => {
    const pointer = pointerTo(finding, files);
    const alike = open.filter(
      ({ artifact, rule, where }) => artifact === finding.artifact && rule === finding.rule && where === finding.where,
    );
    for (const [problems, severity] of [
      [strict, "error"],
      [lenient, "warning"],
    ] as const) {
      const found = problems.filter(
        (problem) => problem.at.file === finding.artifact && problem.code === finding.rule && isAt(pointer, problem),
      );
      expect(found.map((problem) => problem.severity)).toEqual(alike.map(() => severity));
    }
  });

  it("are pointed at in the compiled file", () => {
    const problem = strict.find(({ code }) => code === "EVALUATION_BLOCK_NOT_EXECUTABLE");
    const line = texts[problem?.at.file ?? ""]?.split("\n")[(problem?.at.line ?? 0) - 1];
    expect(line?.slice((problem?.at.column ?? 0) - 1)).toMatch(/^"evaluation": \{/);
  });

  it("are all there is, but for what was reviewed", () => {
    const beyond = strict.filter((problem) => !isListed(problem));
    const unknown = beyond.filter(
      ({ at, code, path = "" }) =>
        !reviewed.some(([rule, artifact, pointer]) => rule === code && artifact.test(at.file) && pointer.test(path)),
    );
    expect(unknown).toEqual([]);
    for (const [rule, artifact, pointer, reason] of reviewed) {
      expect(reason).toMatch(/\w/);
      expect(
        beyond.some(({ at, code, path = "" }) => rule === code && artifact.test(at.file) && pointer.test(path)),
      ).toBe(true);
    }
  });

  it("are gone from a repaired copy, and nothing new is there", () => {
    const left = problemsIn(textsOf(repaired(repairs)), true).filter((problem) => !isUnpublished(problem));
    expect(left).toEqual([]);
  });

  it("are found again when one repair is left out", () => {
    for (const repair of repairs) {
      const left = problemsIn(textsOf(repaired(repairs.filter((one) => one !== repair))), true);
      expect([repair, left.filter((problem) => !isUnpublished(problem)).length > 0]).toEqual([repair, true]);
    }
  });

  it("L003: an operation that the side effect does not declare is found where it is called", () => {
    const artifact = "capability_side_effects::CS_MUTABLE_JSON_V0";
    const planted = plant(repaired(repairs), artifact, ["core", "operations", "WRITE"], undefined).files;
    const found = problemsIn(textsOf(planted), true).filter((problem) => !isUnpublished(problem));
    expect(found.map(({ at, code, path }) => [code, at.file, path])).toEqual([
      ["SIDE_EFFECT_OPERATION_NOT_DECLARED", "ai_governance::CC_STORE_RESULTS_V0", "/core/pipeline/0/op"],
    ]);
  });
});

/** These ask what our standard library declares; the published one says less. */
const ownDeclarations = new Set(["REQUIRED_INPUT_NOT_BOUND", "REQUIRED_TRANSFORM_INPUT_NOT_BOUND"]);

describe.skipIf(!isThere).each(defects.filter(({ rule }) => !ownDeclarations.has(rule)))(
  "$rule in published artifacts",
  ({ follows, plantings, rule }) => {
    it("is found wherever it is planted in the repaired copy, and found there only", () => {
      const planted = plantings(repaired(repairs));
      expect(planted).not.toEqual([]);
      for (const { at, files: changed } of planted) {
        const problems = problemsIn(textsOf(changed), true).filter((problem) => !isUnpublished(problem));
        const found = problems
          .filter(({ code }) => code === rule)
          .map(({ at: { file }, path = "" }) => `${file} ${path}`);
        const others = problems
          .map(({ code }) => code)
          .filter((code) => code !== rule && !follows.some((one) => one === code));
        expect([at, found, others]).toEqual([at, at, []]);
      }
    }, 60_000);
  },
);
