import {
  spotsOf,
  filesAt,
  coresIn,
  references,
  paths,
  bindings,
  eachSpot,
  eachSite,
  eachWithout,
  ofType,
  having,
  outcomesOf,
  fieldsIn,
  endpointsIn,
  storesIn,
  unlinked,
  rerouted,
  rule,
  below,
} from "./defect-sites.ts";
import type { Defect } from "./defects.ts";
import { contractsIn, foundAt, listIn, nodesIn, objectIn, plant, stepsIn, textOf, valueAt } from "./planting.ts";

/** Mistakes in references. */
const ofReferences: readonly Defect[] = [
  rule(
    "REFERENCE_UNRESOLVED",
    eachSpot(references, (text) => text.replace(/_V0$/, "_V9")),
    unlinked,
  ),
  rule(
    "REF_UNPINNED",
    eachSpot(references, (text) => `${text}@latest`),
    unlinked,
  ),
  rule(
    "REFERENCE_NOT_QUALIFIED",
    eachSpot(references, (text) => text.replace(/^.*::/, "")),
    unlinked,
  ),
  rule(
    "REFERENCE_KIND",
    eachSpot(
      (files) => spotsOf(filesAt(files), ["runtime_binding"]),
      () => "std::CS_REGISTRY_V0",
    ),
    unlinked,
  ),
];

/** Mistakes in what is bound. */
const ofBindings: readonly Defect[] = [
  rule(
    "PATH_INVALID",
    eachSpot(paths, (text) => `${text}..x`),
  ),
  rule(
    "EXPR_UNSUPPORTED",
    eachSpot(paths, (text) => `${text}[0]`),
  ),
  rule(
    "EXPR_KEY_RESERVED",
    eachSpot(paths, (text) => `${text}.__proto__`),
  ),
  rule(
    "EXPR_TOO_DEEP",
    eachSpot(paths, (text) => `${text}${".x".repeat(65)}`),
  ),
  rule(
    "EXPR_TOO_LARGE",
    eachSpot(paths, (text) => `${text}${"x".repeat(5_000)}`),
  ),
  rule(
    "TEMPLATE_UNKNOWN",
    eachSpot(paths, () => "{{now}}"),
  ),
  rule(
    "ARTIFACT_SCHEMA",
    eachSite((files) => [...having("inputs")(files), ...ofType("CC")(files)], "inputs", 7),
  ),
  rule(
    "INPUT_FIELD_UNKNOWN",
    eachSpot(
      (files) => paths(files).filter(({ text }) => text.startsWith("$.inputs.")),
      () => "$.inputs.never",
    ),
  ),
  rule(
    "PAYLOAD_FIELD_UNKNOWN",
    eachSpot(
      (files) => paths(files).filter(({ text }) => /^\$\.(?:payload|received)\./.test(text)),
      (text) => text.replace(/^(\$\.\w+\.)\w+/, "$1never"),
    ),
  ),
  rule(
    "INPUT_TYPE_MISMATCH",
    eachSpot(
      (files) => bindings(ofType("CC")(files)).filter(({ text }) => text !== "note"),
      () => [true],
    ),
  ),
  rule("RESULT_NOT_ON_EVERY_PATH", (files) =>
    ofType("CC")(files).flatMap(({ file, path }) => {
      const early = nodesIn(files).filter((site) => site.file === file && site.value["class"] === "rejected");
      const node = String(path.at(-1));
      const output = file.includes("CHARGE") ? "status" : "id";
      return early.map((site) =>
        foundAt(plant(files, file, [...site.path, "outputs"], { x: `$.results.${node}.${output}` }), file, [
          ...site.path,
          "outputs",
          "x",
        ]),
      );
    }),
  ),
];

/** Mistakes in the way that steps and nodes take. */
const ofRoutes: readonly Defect[] = [
  rule(
    "GRAPH_DANGLING_EDGE",
    (files) =>
      nodesIn(files).flatMap(({ file, path, value }) =>
        outcomesOf(value, "next").map((outcome) => plant(files, file, [...path, "next", outcome], "NOWHERE")),
      ),
    ["GRAPH_UNREACHABLE", "GRAPH_NO_TERMINAL"],
  ),
  rule("GRAPH_UNREACHABLE", (files) =>
    Object.entries(files).flatMap(([file, value]) =>
      "wf_code" in value
        ? [
            plant(files, file, ["core", "nodes", "ISLAND"], {
              type: "EXIT",
              reason: "FAILED",
              class: "failed",
              outcome: "X",
            }),
          ]
        : [],
    ),
  ),
  rule("START_NOT_INTENT", (files) =>
    Object.entries(files).flatMap(([file, value]) =>
      "wf_code" in value
        ? ofType("EXIT")(files).map(({ path }) => plant(files, file, ["core", "start_node"], String(path.at(-1))))
        : [],
    ),
  ),
  rule("EXIT_CLASS_REQUIRED", eachWithout(ofType("EXIT"), "class")),
  rule("EXIT_REASON_CONTRADICTS_CLASS", (files) =>
    ofType("EXIT")(files).map(({ file, path, value }) =>
      plant(files, file, [...path, "class"], value["class"] === "failed" ? "rejected" : "failed"),
    ),
  ),
  rule(
    "EXIT_STATUS_UNKNOWN",
    eachSite((files) => contractsIn(files).map((site) => below(site, "exits")), "NEVER", {}),
  ),
  rule(
    "EXIT_OUTPUT_UNKNOWN",
    eachSite(
      (files) => [
        ...contractsIn(files).map((site) => below(site, "exits", "SUCCESS")),
        ...having("emit", nodesIn)(files).map((site) => below(site, "outputs")),
      ],
      "never",
      1,
    ),
  ),
  rule(
    "RESULT_SURFACE_MISMATCH",
    (files) =>
      stepsIn(files).map(({ file, path, value }) => {
        const surface = listIn(value["result_surface"]);
        const planted = plant(files, file, [...path, "result_surface"], [...surface, "NEVER"]);
        return foundAt(planted, file, [...path, "result_surface", surface.length]);
      }),
    ["OUTCOME_WITHOUT_EDGE"],
  ),
  rule("NAME_DUPLICATE", (files) =>
    stepsIn(files).map(({ file, path, value }) => {
      const surface = listIn(value["result_surface"]);
      const planted = plant(files, file, [...path, "result_surface"], [...surface, surface[0] ?? ""]);
      return foundAt(planted, file, [...path, "result_surface", surface.length]);
    }),
  ),
  rule(
    "NODE_ID_DUPLICATE",
    (files) =>
      stepsIn(files)
        .filter(({ path }) => Number(path.at(-1)) > 0)
        .map(({ file, path }) => {
          const first = valueAt(files[file], [...path.slice(0, -1), 0, "step"]);
          return plant(files, file, [...path, "step"], first);
        }),
    ["OUTPUT_FIELD_UNKNOWN", "REFERENCE_UNRESOLVED", "ON_RESULT_TARGET_NOT_EXECUTABLE", ...rerouted],
  ),
  rule(
    "STATUS_NEVER_PRODUCED",
    (files) =>
      contractsIn(files).map(({ file, value }) => {
        const path = ["core", "result_status_contract", "allowed"];
        const allowed = listIn(valueAt(value, path));
        return foundAt(plant(files, file, path, [...allowed, "NEVER"]), file, [...path, allowed.length]);
      }),
    ["OUTCOME_WITHOUT_EDGE"],
  ),
];

/** Mistakes in what a step asks for, and of whom. */
const ofCapabilities: readonly Defect[] = [
  rule(
    "STEP_CAPABILITY",
    (files) => [...eachWithout(stepsIn, "transform")(files), ...eachWithout(stepsIn, "side_effect")(files)],
    ["STEP_KEY_NOT_APPLICABLE"],
  ),
  rule("STEP_KEY_MISSING", (files) => ["op", "store", "endpoint"].flatMap((key) => eachWithout(stepsIn, key)(files)), [
    "REQUIRED_INPUT_NOT_BOUND",
  ]),
  rule("STEP_KEY_NOT_APPLICABLE", eachSite(having("transform"), "store", "NEVER")),
  rule("STORE_UNKNOWN", eachSite(having("store"), "store", "NEVER")),
  rule("ENDPOINT_UNKNOWN", eachSite(having("endpoint"), "endpoint", "NEVER")),
  rule(
    "DURATION_INVALID",
    eachSite((files) => [...having("op")(files)].filter(({ value }) => value["store"] === undefined), "timeout", "ten"),
  ),
  rule(
    "POLICY_RANGE",
    eachSite(
      (files) => [...having("op")(files)].filter(({ value }) => value["store"] === undefined),
      "timeout",
      "PT0S",
    ),
  ),
  rule(
    "WHEN_NOT_TOTAL",
    (files) =>
      having("when")(files).flatMap(({ file, path, value }) =>
        outcomesOf(objectIn(value["when"]), "outcomes").map((outcome) =>
          foundAt(plant(files, file, [...path, "when", "outcomes", outcome], undefined), file, [
            ...path,
            "when",
            "outcomes",
          ]),
        ),
      ),
    ["EDGE_NEVER_TAKEN", "RESULT_SURFACE_MISMATCH", ...rerouted],
  ),
  rule("ENDPOINT_URL_INVALID", eachSite(endpointsIn, "url", "ftp://example.org"), unlinked),
  rule("CAPABILITY_DENIED", eachSite(endpointsIn, "url", "https://evil.example/{order}")),
  rule("IDEMPOTENCY_NOT_DECLARED", eachWithout(endpointsIn, "idempotent"), unlinked),
  rule("STORE_PATH_INVALID", eachSite(storesIn, "path", "../evil.jsonl"), unlinked),
];

/** Mistakes in fields, and secrets that would be told. */
const ofFields: readonly Defect[] = [
  rule("SECRET_FLOW", (files) =>
    fieldsIn(
      "ev_code",
      "schema",
    )(files).map(({ file, path, value }) =>
      plant(files, file, path, { type: textOf(value["type"]), secret: true }),
    ),
  ),
  rule("FIELD_CONTRADICTION", (files) =>
    [...fieldsIn("in_code", "inputs")(files), ...fieldsIn("cc_code", "inputs")(files)].map(({ file, path, value }) =>
      plant(files, file, path, { ...value, minimum: 9, maximum: 1, type: "integer" }),
    ),
  ),
  rule(
    "UNKNOWN_KEY",
    eachSite((files) => [...filesAt(files), ...coresIn(files), ...nodesIn(files), ...stepsIn(files)], "colour", "red"),
  ),
];

export const ourDefects: readonly Defect[] = [
  ...ofReferences,
  ...ofBindings,
  ...ofRoutes,
  ...ofCapabilities,
  ...ofFields,
];
