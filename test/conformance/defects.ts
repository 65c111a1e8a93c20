import type { Code, Json, JsonObject } from "@omnibase/core";
import {
  contractsIn,
  declared,
  foundAt,
  listIn,
  nodesIn,
  objectIn,
  placeOf,
  plant,
  stepsIn,
  textOf,
  textsIn,
  valueAt,
  type Files,
  type Planted,
  type Site,
} from "./planting.ts";

/** One class of the published list, and the ways to make the mistake at every place where it can stand. */
export interface Defect {
  readonly rule: Code;
  /** What else may be found then, each with good reason. */
  readonly follows: readonly Code[];
  readonly plantings: (files: Files) => readonly Planted[];
}

const routed = (files: Files, key: "next" | "on_result"): readonly (readonly [Site, string])[] =>
  (key === "next" ? nodesIn(files) : stepsIn(files)).flatMap((site) =>
    Object.keys(objectIn(site.value[key])).map((outcome) => [site, outcome] as const),
  );

/** What is cut off by a change of the routing, or cannot come any more. */
const rerouted: readonly Code[] = [
  "STATUS_NEVER_PRODUCED",
  "EDGE_NEVER_TAKEN",
  "GRAPH_UNREACHABLE",
  "RESULT_NOT_ON_EVERY_PATH",
  "OUTCOME_WITHOUT_EDGE",
  "STATUS_NOT_ALLOWED",
];

const without = (rule: Code): readonly Code[] => rerouted.filter((code) => code !== rule);

const noInput = ["core", "result_status_contract", "on_input_failure"];
const allowed = ["core", "result_status_contract", "allowed"];

const usersOf = (files: Files, contract: Json | undefined): readonly Site[] =>
  nodesIn(files).filter(({ value }) => textOf(value["code"]).split("::").at(-1) === contract);

/** What a capability requires, as it declares it; what an endpoint requires stands in its URL. */
function requiredBy(step: JsonObject, files: Files): readonly string[] {
  const identity = textOf(step["transform"] ?? step["side_effect"]);
  const own = Object.values(files).find((value) => `demo::${textOf(value["cs_code"])}` === identity);
  const artifact = declared.get(identity) ?? own;
  const operation = step["op"] === undefined ? [] : ["operations", textOf(step["op"])];
  if (step["endpoint"] !== undefined) return ["order"];
  const inputs = objectIn(valueAt(artifact, ["core", ...operation, "inputs"]));
  return Object.entries(inputs).flatMap(([name, field]) => (objectIn(field)["required"] === true ? [name] : []));
}

const unboundSteps = (files: Files, kind: "transform" | "side_effect"): readonly Planted[] =>
  stepsIn(files)
    .filter(({ value }) => value[kind] !== undefined)
    .flatMap(({ file, path, value }) =>
      requiredBy(value, files).map((name) =>
        foundAt(plant(files, file, [...path, "inputs", name], undefined), file, [...path, "inputs"]),
      ),
    );

function unboundNodes(files: Files): readonly Planted[] {
  return contractsIn(files).flatMap(({ value }) => {
    const inputs = Object.entries(objectIn(valueAt(value, ["core", "inputs"])));
    const names = inputs.flatMap(([name, field]) => (objectIn(field)["required"] === true ? [name] : []));
    return usersOf(files, value["cc_code"]).flatMap(({ file, path }) =>
      names.map((name) => foundAt(plant(files, file, [...path, "inputs", name], undefined), file, [...path, "inputs"])),
    );
  });
}

/** Every path of this beginning with another name at its second place, below the keys that are named. */
const renamed = (sites: readonly Site[], prefix: RegExp, files: Files, by: string): readonly Planted[] =>
  sites.flatMap((site) =>
    textsIn(site, "$.")
      .filter(({ text }) => prefix.test(text))
      .map(({ path, text }) => plant(files, site.file, path, text.replace(prefix, by))),
  );

const below = (sites: readonly Site[], key: string): readonly Site[] =>
  sites.flatMap(({ file, path, value }) =>
    value[key] === undefined ? [] : [{ file, path: [...path, key], value: objectIn(value[key]) }],
  );

const exitsIn = (files: Files): readonly Site[] =>
  contractsIn(files).map(({ file, value }) => ({
    file,
    path: ["core", "exits"],
    value: objectIn(valueAt(value, ["core", "exits"])),
  }));

/** Asks whether one more fits, and does not care. */
const idle: JsonObject = {
  step: "idle",
  transform: "std::CT_PURE_CHECK_QUOTA_AVAILABLE_V0",
  inputs: { assigned_count: 1, quota: 2 },
  result_surface: ["SUCCESS", "VIOLATION"],
  on_result: { SUCCESS: "continue", VIOLATION: "exit" },
};

const withIdleAt = (files: Files, { file, path }: Site): Planted => {
  const index = Number(path.at(-1));
  const pipeline = listIn(valueAt(files[file], ["core", "pipeline"]));
  const planted = plant(files, file, ["core", "pipeline"], pipeline.toSpliced(index, 0, idle));
  return foundAt(planted, file, path);
};

export const defects: readonly Defect[] = [
  {
    rule: "OUTCOME_WITHOUT_EDGE",
    follows: without("OUTCOME_WITHOUT_EDGE"),
    plantings: (files) =>
      (["next", "on_result"] as const).flatMap((key) =>
        routed(files, key).map(([{ file, path }, outcome]) =>
          foundAt(plant(files, file, [...path, key, outcome], undefined), file, [...path, key]),
        ),
      ),
  },
  {
    rule: "INPUT_FAILURE_WITHOUT_EDGE",
    follows: [],
    plantings: (files) =>
      contractsIn(files).map(({ file, value }) => {
        const statuses = [...listIn(valueAt(value, allowed)), "NO_INPUT"];
        const { files: changed } = plant(plant(files, file, noInput, "NO_INPUT").files, file, allowed, statuses);
        const at = usersOf(files, value["cc_code"]).map((site) => placeOf(site.file, [...site.path, "next"]));
        return { files: changed, at };
      }),
  },
  {
    rule: "INPUT_FAILURE_STATUS_NOT_ALLOWED",
    follows: ["INPUT_FAILURE_WITHOUT_EDGE"],
    plantings: (files) => contractsIn(files).map(({ file }) => plant(files, file, noInput, "NO_INPUT")),
  },
  {
    rule: "EDGE_NEVER_TAKEN",
    follows: without("EDGE_NEVER_TAKEN"),
    plantings: (files) => [
      ...nodesIn(files)
        .filter(({ value }) => value["next"] !== undefined)
        .map(({ file, path, value }) => {
          const [target = ""] = Object.values(objectIn(value["next"])).map(String);
          return plant(files, file, [...path, "next", "NEVER"], target);
        }),
      ...stepsIn(files).map(({ file, path }) => plant(files, file, [...path, "on_result", "NEVER"], "exit")),
    ],
  },
  {
    rule: "REQUIRED_INPUT_NOT_BOUND",
    follows: [],
    plantings: (files) => [...unboundNodes(files), ...unboundSteps(files, "side_effect")],
  },
  {
    rule: "REQUIRED_TRANSFORM_INPUT_NOT_BOUND",
    follows: [],
    plantings: (files) => unboundSteps(files, "transform"),
  },
  {
    rule: "BOUND_INPUT_NOT_DECLARED",
    follows: [],
    plantings: (files) =>
      [
        ...nodesIn(files).filter(({ value }) => value["type"] === "CC"),
        ...stepsIn(files).filter(({ value }) => value["endpoint"] === undefined),
      ].map(({ file, path }) => plant(files, file, [...path, "inputs", "never"], 1)),
  },
  {
    rule: "OUTPUT_FIELD_UNKNOWN",
    follows: [],
    plantings: (files) => {
      const sites = [...nodesIn(files), ...stepsIn(files), ...exitsIn(files)];
      return [
        ...renamed(sites, /^(\$\.results\.\w+\.(?:capability_result\.)?)\w+/, files, "$1never"),
        ...renamed(sites, /^(\$\.capability_result\.)\w+/, files, "$1never"),
      ];
    },
  },
  {
    rule: "OUTPUT_PATH_ROOT_UNKNOWN",
    follows: [],
    plantings: (files) =>
      renamed(
        [...below(nodesIn(files), "outputs"), ...below(stepsIn(files), "outputs"), ...exitsIn(files)],
        /^\$\.\w+/,
        files,
        "$.never",
      ),
  },
  {
    rule: "INPUT_PATH_ROOT_UNKNOWN",
    follows: [],
    plantings: (files) =>
      renamed([...below(nodesIn(files), "inputs"), ...below(stepsIn(files), "inputs")], /^\$\.\w+/, files, "$.never"),
  },
  {
    rule: "SIDE_EFFECT_OPERATION_NOT_DECLARED",
    // A published step is taken at its word, and then there is no such operation.
    follows: ["IMPLEMENTATION_UNKNOWN"],
    plantings: (files) =>
      stepsIn(files)
        .filter(({ value }) => value["op"] !== undefined)
        .map(({ file, path }) => plant(files, file, [...path, "op"], "NEVER")),
  },
  {
    rule: "PREDICATE_RESULT_UNUSED",
    follows: [],
    plantings: (files) => [
      ...stepsIn(files).map((site) => withIdleAt(files, site)),
      ...stepsIn(files)
        .filter(({ value }) => value["when"] !== undefined)
        .map(({ file, path }) => foundAt(plant(files, file, [...path, "when"], undefined), file, path)),
    ],
  },
  {
    rule: "ON_RESULT_TARGET_NOT_EXECUTABLE",
    follows: rerouted,
    plantings: (files) =>
      routed(files, "on_result").map(([{ file, path }, outcome]) =>
        plant(files, file, [...path, "on_result", outcome], "evaluate_never"),
      ),
  },
  {
    rule: "EVALUATION_BLOCK_NOT_EXECUTABLE",
    follows: [],
    plantings: (files) =>
      contractsIn(files).map(({ file }) => plant(files, file, ["core", "evaluation"], { cap: { on_true: "SUCCESS" } })),
  },
  {
    rule: "ON_CT_RESULT_IGNORED",
    follows: [],
    plantings: (files) =>
      stepsIn(files).map(({ file, path }) => plant(files, file, [...path, "on_ct_result"], { on_success: "SUCCESS" })),
  },
];
