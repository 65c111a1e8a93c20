import { compile, type Code } from "@omnibase/core";
import { deskProject, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { documentsIn, filesOf, foundAt, nodesIn, objectIn, plant, stepsIn, textsIn, valueAt } from "./planting.ts";
import type { Path, Planted } from "./planting.ts";

/** The help desk, in the namespace of the plantings. */
const texts = Object.entries(deskProject).map(([file, text]) => [file, text.replaceAll("desk::", "demo::")] as const);
const clean = filesOf(Object.fromEntries(texts));

const [entity, ti, te, open] = [
  "ENTITY_TICKET_V0.yaml",
  "TI_OPEN_TICKET_V0.yaml",
  "TE_OPEN_TICKET_V0.yaml",
  "CC_OPEN_TICKET_V0.yaml",
];

const keysAt = (file: string, path: Path): readonly string[] => Object.keys(objectIn(valueAt(clean[file], path)));

const itemsAt = (file: string, path: Path): readonly Path[] => {
  const value = valueAt(clean[file], path);
  return Array.isArray(value) ? value.map((_, index) => path.concat(index)) : [];
};

const attributes: Path = ["core", "attributes"];
const life: Path = ["core", "lifecycle"];
const schema: Path = ["core", "admission_schema"];
const record: Path = ["core", "pipeline", 1, "inputs", "value"];

const replies: readonly Path[] = [
  ...keysAt(te, ["core", "outcomes"]).map((exit) => ["core", "outcomes", exit]),
  ...keysAt(te, ["core", "defaults"]).map((meaning) => ["core", "defaults", meaning]),
];

/** Where it stands, or beside it. */
const at = (file: string, path: Path, given: Parameters<typeof plant>[3], where: Path = path): Planted =>
  foundAt(plant(clean, file, path, given), file, where);

interface Rule {
  readonly rule: Code;
  readonly plantings: readonly Planted[];
  /** What else may be found then, each with good reason. */
  readonly follows: readonly Code[];
}

const rule = (code: Code, plantings: readonly Planted[], follows: readonly Code[] = []): Rule => ({
  rule: code,
  plantings,
  follows,
});

const egressTexts = textsIn({ file: te, path: ["core"], value: objectIn(valueAt(clean[te], ["core"])) }, "$.");
const egressOutputs = egressTexts.filter(({ text }) => text.startsWith("$.outputs."));

const rules: readonly Rule[] = [
  rule(
    "ACTOR_ATTRIBUTE_UNKNOWN",
    nodesIn(clean).flatMap((site) => textsIn(site, "$.actor.").map(({ path }) => at(site.file, path, "$.actor.never"))),
  ),
  rule("ENTITY_CONTRADICTION", [
    at(entity, ["core", "identity", "field"], "never"),
    at(entity, [...life, "field"], "never"),
    at(entity, [...life, "initial"], "NEVER"),
    ...itemsAt(entity, [...life, "terminal"]).map((path) => at(entity, path, "NEVER")),
    ...keysAt(entity, [...life, "transitions"])
      .flatMap((stage) => itemsAt(entity, [...life, "transitions", stage]))
      .map((path) => at(entity, path, "NEVER")),
    ...keysAt(entity, attributes).map((name) =>
      at(entity, [...attributes, name, "default"], "never", [...attributes, name]),
    ),
  ]),
  rule("ENTITY_RECORD_MISFIT", [
    ...keysAt(open, record).map((name) => at(open, [...record, name], undefined, record)),
    at(open, [...record, "never"], 1),
    at(open, [...record, "stage"], "NEVER"),
    ...stepsIn(clean)
      .filter(({ value }) => value["op"] === "UPDATE_WHERE")
      .map(({ file, path }) => at(file, [...path, "inputs", "updates", "never"], 1)),
  ]),
  rule(
    "ENTITY_NOT_REMOVED",
    stepsIn(clean)
      .filter(({ value }) => value["store"] !== undefined)
      .map(({ file, path }) => at(file, [...path, "op"], "DELETE", path)),
    [
      "BOUND_INPUT_NOT_DECLARED",
      "OUTPUT_FIELD_UNKNOWN",
      "OUTCOME_WITHOUT_EDGE",
      "REQUIRED_INPUT_NOT_BOUND",
      "RESULT_SURFACE_MISMATCH",
    ],
  ),
  rule(
    "ROUTE_PATH_INVALID",
    ["never", "/", "/a//b", "/a/../b", "/a b"].map((path) => at(ti, ["core", "route", "path"], path)),
  ),
  rule("ROUTE_DUPLICATE", [
    foundAt(plant({ ...clean, "TI_ZZ.yaml": objectIn(clean[ti]) }, "TI_ZZ.yaml", ["ti_code"], "TI_ZZ"), "TI_ZZ.yaml", [
      "core",
      "route",
      "path",
    ]),
  ]),
  rule(
    "INGRESS_MISFIT",
    keysAt(ti, schema).flatMap((name) => [
      at(ti, [...schema, name], undefined, schema),
      at(ti, [...schema, name], { type: "boolean", required: true }, schema),
      at(ti, [...schema, name, "required"], false, schema),
      at(ti, [...schema, "never"], { type: "string" }, schema),
    ]),
  ),
  rule(
    "EGRESS_STATUS_RANGE",
    replies.flatMap((path) => [199, 600, 200.5].map((given) => at(te, [...path, "status"], given))),
  ),
  rule("EGRESS_EXIT_UNKNOWN", [
    at(te, ["core", "outcomes", "NEVER"], { status: 200 }),
    at(te, ["core", "outcomes", "CC_OPEN"], { status: 200 }),
  ]),
  rule("EGRESS_BODY_UNKNOWN", [
    ...egressTexts.map(({ path }) => at(te, path, "$.never")),
    ...egressOutputs.map(({ path }) => at(te, path, "$.outputs.never")),
  ]),
  rule(
    "EGRESS_OF_ANOTHER_WORKFLOW",
    [foundAt(plant(clean, te, ["core", "workflow"], "WF_MOVE_TICKET_V0"), ti, ["core", "egress"])],
    ["EGRESS_EXIT_UNKNOWN", "EGRESS_BODY_UNKNOWN"],
  ),
];

const found = (files: typeof clean): readonly (readonly [code: string, at: string])[] =>
  compile(documentsIn(files), testOptions).problems.map(({ at: where, code, path }) => [
    code,
    `${where.file} ${path ?? ""}`,
  ]);

it("finds nothing in the help desk as it is", () => {
  expect(found(clean)).toEqual([]);
});

describe.each(rules)("$rule", ({ follows, plantings, rule: code }) => {
  it("can stand somewhere", () => {
    expect(plantings).not.toEqual([]);
  });

  it.each(plantings.map((one, index) => [one.at.join(" and "), index, one] as const))(
    "is found once at %s (%i)",
    (_, __, planted) => {
      const problems = found(planted.files);
      expect(problems.flatMap(([one, place]) => (one === code ? [place] : []))).toEqual(planted.at);
      const others = problems.map(([one]) => one).filter((one) => one !== code);
      expect(others.filter((other) => !follows.some((one) => one === other))).toEqual([]);
    },
  );
});
