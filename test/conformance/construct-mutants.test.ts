import { compile } from "@omnibase/core";
import { changed, constructsProject, greetProject, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { eachSite, eachWithout, ofType, outcomesOf, rule } from "./defect-sites.ts";
import type { Defect } from "./defects.ts";
import { documentsIn, filesOf, foundAt, nodesIn, placeOf, plant, type Files, type Site } from "./planting.ts";

const key = "      inputs: { key: $.results.id.id }\n";
const undone: Edit = [
  "CC_KEEP_V0",
  key,
  `${key}      compensate: { side_effect: std::CS_REGISTRY_V0, op: DEREGISTER, store: GREETED, inputs: { key: $.results.id.id } }\n`,
];
const rejected: Edit = [
  "WF_GREET_V0",
  "reason: COMPLETED, class: completed, outcome: GREETED",
  "reason: EXITED, class: rejected, compensate: true, outcome: GREETED",
];

/** Every node that there is, what they do at once, and what undoes a step. */
const clean: Readonly<Record<string, Files>> = {
  constructs: filesOf(constructsProject),
  undone: filesOf(changed(greetProject, [undone, rejected])),
};

const joined = (files: Files): readonly Site[] => nodesIn(files).filter(({ value }) => value["join"] === "all");

/** Nodes to which one token comes: all but the first and the joins. */
const lonely = (files: Files): readonly Site[] =>
  nodesIn(files).filter(({ file, value }) => value["type"] !== "IN" && value["join"] === undefined && file === "WF_ALL_V0.yaml");

const atNode =
  (sites: (files: Files) => readonly Site[], name: string, given: string | number | readonly string[]): Defect["plantings"] =>
  (files) =>
    sites(files).map(({ file, path }) => foundAt(plant(files, file, [...path, name], given), file, path));

/** One after the other, each outcome of the first branch leads past the join. */
const past: Defect["plantings"] = (files) =>
  ofType("MAP")(files).flatMap(({ file, path, value }) =>
    outcomesOf(value, "next").map((outcome) => {
      const { files: planted } = plant(files, file, [...path, "next", outcome], "LATE");
      return { files: planted, at: ["DONE", "LATE"].map((exit) => placeOf(file, ["core", "nodes", exit])) };
    }),
  );

const rules: readonly Defect[] = [
  rule("TOKENS_MEET", eachWithout(joined, "join")),
  rule("EXIT_BESIDE_TOKEN", past),
  rule("JOIN_WITHOUT_FORK", atNode(lonely, "join", "all")),
  rule("ARTIFACT_RECURSION", eachSite(ofType("CHILD"), "workflow", "demo::WF_ALL_V0"), [
    "BOUND_INPUT_NOT_DECLARED",
    "OUTPUT_FIELD_UNKNOWN",
    "REQUIRED_INPUT_NOT_BOUND",
  ]),
  rule("CHILD_FOR_OTHER_ACTORS", (files) =>
    ofType("CHILD")(files).map(({ file, path }) => {
      const clerk = { ac_code: "AC_CLERK_V0", version: "v0", core: { type: "human" } };
      const { files: own } = plant(files, "IN_ALL_V0.yaml", ["core", "actors"], ["demo::AC_BOSS_V0"]);
      const both = { ...own, "AC_CLERK_V0.yaml": clerk };
      const planted = plant(both, "IN_SUB_V0.yaml", ["core", "actors"], ["demo::AC_CLERK_V0"]);
      return foundAt(planted, file, [...path, "workflow"]);
    }),
  ),
  rule("SIGNAL_FIELDS_DIFFER", (files) =>
    nodesIn(files)
      .filter(({ value }) => value["for"] !== undefined)
      .map(({ file, path }) => {
        const wait = { type: "WAIT", signal: "GO", next: { RECEIVED: "TILL" } };
        return foundAt(plant(files, file, path, wait), file, [...path, "signal"]);
      }),
  ),
  rule("EXIT_STATUS_UNKNOWN", (files) =>
    ofType("MAP")(files).map(({ file, path }) =>
      foundAt(plant(files, file, [...path, "succeeds"], ["NEVER"]), file, [...path, "succeeds", 0]),
    ),
  ),
  rule("POLICY_RANGE", (files) => [
    ...eachSite(ofType("MAP"), "max", 1_001)(files),
    ...eachSite(ofType("MAP"), "parallel", 65)(files),
    ...eachSite(ofType("LOOP"), "max", 0)(files),
    ...eachSite(ofType("LOOP"), "every", "PT0S")(files),
    ...eachSite(ofType("TASK"), "timeout", "PT0S")(files),
  ]),
  rule("BOUND_INPUT_NOT_DECLARED", (files) =>
    ofType("LOOP")(files).map(({ file, path }) => plant(files, file, [...path, "first", "never"], 1)),
  ),
  rule("COMPENSATION_UNSAID", eachWithout((files) => nodesIn(files).filter(({ value }) => value["compensate"] !== undefined), "compensate")),
  rule(
    "COMPENSATION_NOT_ASKED",
    eachSite((files) => ofType("EXIT")(files).filter(({ value }) => value["compensate"] === undefined), "compensate", true),
  ),
];

const found = (files: Files): readonly (readonly [code: string, at: string])[] =>
  compile(documentsIn(files), testOptions).problems.map(({ at, code, path }) => [code, `${at.file} ${path ?? ""}`]);

it.each(Object.entries(clean))("finds nothing in %s as it is", (_, files) => {
  expect(found(files)).toEqual([]);
});

describe.each(rules)("$rule", ({ follows, plantings, rule: code }) => {
  const planted = Object.entries(clean).flatMap(([name, files]) =>
    plantings(files).map((one) => [name, one.at.join(" and "), one] as const),
  );

  it("can stand somewhere", () => {
    expect(planted).not.toEqual([]);
  });

  it.each(planted)("is found in %s at %s", (_, __, { at, files }) => {
    const problems = found(files);
    expect(problems.flatMap(([one, place]) => (one === code ? [place] : []))).toEqual(at);
    expect(problems.map(([one]) => one).filter((one) => one !== code && !follows.some((other) => other === one))).toEqual([]);
  });
});
