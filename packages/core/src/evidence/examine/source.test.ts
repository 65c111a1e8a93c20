import {
  admissionProject,
  answer,
  changed,
  charge,
  constructsProject,
  documentsOf,
  executed,
  greet,
  greetProject,
  line,
  locatedYaml,
  oneFileProject,
  testOptions,
  undoingProject,
} from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../../artifact/read-artifact.ts";
import { compile } from "../../compile/compile.ts";
import type { Compiled } from "../../compile/compiled.ts";
import { present } from "../../value/present.ts";
import { declaredAt } from "./declared-at.ts";
import type { Declared } from "./finding.ts";
import { sourceOf } from "./source.ts";

const greeting = executed(greet).compiled;
const charging = executed({
  ...charge,
  says: answer({ kind: "not-done", failure: { code: "A", message: "b" }, retryable: false }),
});
const rounds = executed(line).compiled;
const undoing = executed({ ...charge, project: undoingProject }).compiled;

const at = (compiled: Compiled, workflow: string, declared: Declared): string => {
  const source = sourceOf(compiled, workflow, declared);
  return source === undefined ? "nowhere" : `${source.artifact} ${source.path}`;
};
const [greets, charges, all] = ["demo::WF_GREET_V0", "demo::WF_CHARGE_V0", "demo::WF_ALL_V0"];

const cases: readonly (readonly [string, Compiled, string, Declared])[] = [
  ["demo::WF_GREET_V0 ", greeting, greets, { of: "workflow", keys: [] }],
  ["demo::WF_GREET_V0 /core", greeting, greets, { of: "workflow", keys: ["core", "admission", "0"] }],
  ["demo::WF_GREET_V0 /core/nodes/EXIT_NEW", greeting, greets, { of: "node", position: "EXIT_NEW", keys: ["max"] }],
  [
    "demo::WF_ALL_V0 /core/nodes/EACH/parallel",
    rounds,
    all,
    { of: "node", position: "EACH[2]/look", keys: ["parallel"] },
  ],
  ["demo::CC_ONE_V0 /core/pipeline/0/when", rounds, all, { of: "step", position: "EACH[2]/look", keys: ["when"] }],
  ["demo::WF_ALL_V0 /core/nodes/ASK/timeout", rounds, all, { of: "step", position: "ASK", keys: ["timeout"] }],
  ["demo::WF_ALL_V0 /core/nodes", rounds, all, { of: "step", position: "GONE", keys: [] }],
  ["demo::CC_CHARGE_V0 /core/pipeline/2", charging.compiled, charges, { of: "step", position: "PAY/tell", keys: [] }],
  [
    "demo::CC_CHARGE_V0 /core/pipeline/1/compensate",
    undoing,
    charges,
    { of: "step", position: "PAY/count/compensate", keys: [] },
  ],
  ["demo::IN_GREET_V0 /core/inputs/name", greeting, greets, { of: "intent", position: "IN_GREET_V0", field: "name" }],
  ["nowhere", greeting, greets, { of: "intent", position: "EXIT_NEW", field: "name" }],
  ["demo::CC_KEEP_V0 /core/pipeline/0/inputs", greeting, greets, { of: "code", position: "CC_KEEP/id" }],
  ["demo::CC_KEEP_V0 /core/pipeline/1/inputs", greeting, greets, { of: "code", position: "CC_KEEP/keep" }],
  ["demo::CC_KEEP_V0 /core/pipeline/1", greeting, greets, { of: "binding", position: "CC_KEEP/keep" }],
  [
    "demo::RB_CHARGE_V0 /core/bindings/std::CS_HTTP_V0/policy",
    charging.compiled,
    charges,
    { of: "binding", position: "PAY/charge" },
  ],
  ["demo::WF_ALL_V0 /core/nodes/ASK", rounds, all, { of: "binding", position: "ASK" }],
  ["demo::EV_GREETED_V0 /core/schema", greeting, greets, { of: "event", position: "EXIT_NEW" }],
  ["demo::WF_GREET_V0 /core/nodes/EXIT_OLD", greeting, greets, { of: "event", position: "EXIT_OLD" }],
  ["demo::WF_GREET_V0 /core/nodes/EXIT_NEW", greeting, greets, { of: "step", position: "EXIT_NEW", keys: [] }],
  ["demo::WF_GREET_V0 /core/nodes/EXIT_NEW", greeting, greets, { of: "code", position: "EXIT_NEW" }],
  ["demo::WF_GREET_V0 /core/nodes/IN_GREET_V0", greeting, greets, { of: "event", position: "IN_GREET_V0" }],
  ["demo::WF_GREET_V0 /core/nodes/EXIT_NEW", greeting, greets, { of: "binding", position: "EXIT_NEW" }],
  ["demo::WF_GREET_V0 /wf_code", greeting, greets, { of: "workflow", keys: ["wf_code", "x"] }],
  ["nowhere", greeting, "demo::WF_GONE_V0", { of: "workflow", keys: [] }],
];

describe("what a finding points to", () => {
  it.each(cases)("is %s", (expected, compiled, workflow, declared) => {
    expect(at(compiled, workflow, declared)).toBe(expected);
  });

  it("is as much as the snapshot holds", () => {
    const step: Declared = { of: "step", position: "PAY/charge", keys: [] };
    expect(at({ ...charging.compiled, objects: {} }, charges, step)).toBe("nowhere");
    const requires: Declared = { of: "workflow", keys: ["core", "admission", "requires", "x"] };
    const { compiled } = compile(documentsOf(admissionProject, "shop"), testOptions);
    const ships = "shop::WF_SHIP_V0";
    expect(at(present(compiled), ships, requires)).toBe(`${ships} /core/admission/requires`);
  });

  it("is the project's own transform, and its code", () => {
    const own =
      "ct_code: CT_MINE_V0\nversion: v0\ncore: { inputs: { n: { type: any }, at: { type: any } }, outputs: { is_equal: { type: boolean, required: true } } }\nimplementation: { typescript: mine }\n";
    const project = changed(constructsProject, [
      ["CT_MINE_V0", own],
      ["CC_ONE_V0", "std::CT_PURE_COMPARE_EQUAL_V0", "demo::CT_MINE_V0"],
      ["CC_ONE_V0", "{ left: $.inputs.n, right: $.inputs.at }", "{ n: $.inputs.n, at: $.inputs.at }"],
    ]);
    const { compiled, problems } = compile(documentsOf(project), {
      ...testOptions,
      transforms: { ...testOptions.transforms, mine: "mine@sha256:0" },
    });
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const sealed = present(compiled);
    expect(at(sealed, all, { of: "code", position: "EACH[0]/look" })).toBe("demo::CT_MINE_V0 /implementation");
  });
});

const where = (documents: readonly SourceDocument[], artifact: string, path: string): unknown => {
  const found = declaredAt(documents, { artifact, path }, greeting.objects[artifact] ?? null);
  return found && [`${found.at.file}:${String(found.at.line)}:${String(found.at.column)}`, found.changed];
};

describe("where something stands in the files of a project", () => {
  const documents = documentsOf(greetProject);
  const keep = "demo::CC_KEEP_V0";

  it("is the line of its key, or of the item of a list", () => {
    expect(where(documents, keep, "/core/pipeline/1/inputs/key")).toEqual(["CC_KEEP_V0.yaml:23:17", false]);
    expect(where(documents, keep, "/core/pipeline/1")).toEqual(["CC_KEEP_V0.yaml:19:7", false]);
    expect(where(documents, keep, "")).toEqual(["CC_KEEP_V0.yaml:1:1", false]);
  });

  it("is as much of it as is still there, and it says that it has changed", () => {
    const edited = documentsOf(
      changed(greetProject, [["CC_KEEP_V0", "inputs: { key: $.results.id.id }", "inputs: { name: x }"]]),
    );
    expect(where(edited, keep, "/core/pipeline/1/inputs/key")).toEqual(["CC_KEEP_V0.yaml:23:7", true]);
    expect(where(edited, keep, "/core/pipeline/7")).toEqual(["CC_KEEP_V0.yaml:12:3", true]);
    expect(where(edited, keep, "/cc_code/x")).toEqual(["CC_KEEP_V0.yaml:1:1", true]);
  });

  it("is in the one file that declares several", () => {
    const one = documentsOf(oneFileProject);
    const { compiled } = compile(one, testOptions);
    const contract = Object.keys(compiled?.objects ?? {}).find((name) => name.includes("::CC_")) ?? "";
    const source = { artifact: contract, path: "/core/pipeline/0" };
    expect(declaredAt(one, source, compiled?.objects[contract] ?? null)).toMatchObject({
      at: { file: "WF_GREET_V0.yaml" },
      changed: false,
    });
  });

  it("is nowhere where the project does not declare it", () => {
    expect(where(documents, "demo::CC_GONE_V0", "")).toBeUndefined();
    const broken = [{ located: locatedYaml("- 1\n", "a.yaml"), file: "a.yaml", namespace: "demo" }];
    expect(where(broken, keep, "")).toBeUndefined();
  });
});
