import { changed, documentsOf, foundIn, greetProject, oneFileProject, testOptions } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import type { Compiled } from "../compile/compiled.ts";
import { isObject } from "../value/json.ts";
import { present } from "../value/present.ts";

type Edits = Parameters<typeof changed>[1];
const file = "WF_GREET_V0";
const compiledFrom = (edits: Edits = []): Compiled => {
  const { compiled, problems } = compile(documentsOf(changed(oneFileProject, edits)), testOptions);
  expect(problems).toEqual([]);
  return present(compiled);
};
const found = (...edits: Edits): readonly string[] => foundIn(changed(oneFileProject, edits));

describe("a document that declares all that a workflow needs", () => {
  it("is sealed as the artifacts that many files would be", () => {
    const { objects } = compiledFrom();
    expect(Object.keys(objects).filter((identity) => identity.startsWith("demo::"))).toEqual([
      "demo::WF_GREET_V0",
      "demo::IN_GREET_V0",
      "demo::CC_GREET_ID_V0",
      "demo::CC_GREET_KEEP_V0",
      "demo::EV_GREETED_V0",
      "demo::RB_GREET_V0",
      "demo::STRUCTURE_GREET_V0",
    ]);
    expect(objects["demo::IN_GREET_V0"]).toEqual({
      in_code: "IN_GREET_V0",
      version: "v0",
      namespace: "demo",
      core: {
        workflow: "WF_GREET_V0",
        inputs: { name: { type: "string", required: true, min_length: 1, max_length: 80 } },
      },
    });
  });

  it("may touch what the same in six files may touch", () => {
    const six = present(compile(documentsOf(greetProject), testOptions).compiled);
    expect(compiledFrom().authority).toEqual(six.authority);
    expect(compiledFrom().implementations).toEqual(six.implementations);
  });

  it("compiles to the same again from the artifacts that it was taken apart into", () => {
    const { graphs, objects } = compiledFrom();
    const project = Object.fromEntries(
      Object.entries(objects)
        .filter(([identity]) => identity.startsWith("demo::"))
        .map(([identity, content]) => [`${identity.slice(6)}.yaml`, JSON.stringify(content)]),
    );
    expect(present(compile(documentsOf(project), testOptions).compiled).graphs).toEqual(graphs);
  });

  it("hides no outcome: what a step may come to stands in its contract", () => {
    const { objects } = compiledFrom();
    const contract = objects["demo::CC_GREET_KEEP_V0"];
    expect(isObject(contract) && contract["core"]).toMatchObject({
      inputs: { key: { type: "string", required: true } },
      outputs: { address: { type: "string", required: true } },
      result_status_contract: {
        allowed: ["SUCCESS", "ALREADY_EXISTS", "VIOLATION", "BACKEND_ERROR"],
        on_input_failure: "VIOLATION",
      },
      exits: {
        SUCCESS: { address: "$.results.call.address" },
        ALREADY_EXISTS: { address: "$.results.call.address" },
      },
    });
  });
});

describe("what is wrong in one file is told where it stands", () => {
  it.each<readonly [string, Edits, readonly string[]]>([
    [
      "an outcome without an edge",
      [[file, "ALREADY_EXISTS: EXIT_OLD, ", ""]],
      ["OUTCOME_WITHOUT_EDGE WF_GREET_V0:20:11", "GRAPH_UNREACHABLE WF_GREET_V0:22:3"],
    ],
    [
      "an edge for what never comes",
      [[file, "VIOLATION: EXIT_BAD }\n  KEEP", "VIOLATION: EXIT_BAD, MAYBE: EXIT_BAD }\n  KEEP"]],
      ["EDGE_NEVER_TAKEN WF_GREET_V0:14:49"],
    ],
    [
      "an input that the capability does not declare",
      [[file, "{ prefix: GR,", "{ prefx: GR,"]],
      ["REQUIRED_TRANSFORM_INPUT_NOT_BOUND WF_GREET_V0:13:13", "BOUND_INPUT_NOT_DECLARED WF_GREET_V0:13:15"],
    ],
    ["a type that does not fit", [[file, "prefix: GR", "prefix: 7"]], ["INPUT_TYPE_MISMATCH WF_GREET_V0:13:23"]],
    ["a capability that is not there", [[file, "_ID_V0\n", "_IT_V0\n"]], ["REFERENCE_UNRESOLVED WF_GREET_V0:12:16"]],
    ["a store that is not there", [[file, "store: GREETED", "store: GRETED"]], ["STORE_UNKNOWN WF_GREET_V0:18:12"]],
    [
      "a path out of the data root",
      [[file, "registry/greeted", "../greeted"]],
      ["STORE_PATH_INVALID WF_GREET_V0:8:20"],
    ],
    [
      "a key that nobody reads",
      [[file, "op: REGISTER", "op: REGISTER\n    colour: red"]],
      ["UNKNOWN_KEY WF_GREET_V0:18:5"],
    ],
    [
      "what a step ends with, which follows from what it calls",
      [[file, "op: REGISTER", "op: REGISTER\n    on_result: { SUCCESS: exit }"]],
      ["UNKNOWN_KEY WF_GREET_V0:18:5"],
    ],
    [
      "which workflow an intent serves, which is this one",
      [[file, "ACK: ID, NACK: EXIT_REJECTED }", "ACK: ID, NACK: EXIT_REJECTED }\n  workflow: WF_GREET_V0"]],
      ["UNKNOWN_KEY WF_GREET_V0:8:3"],
    ],
    [
      "a key of the whole that nobody reads",
      [[file, "stores:", "shops:"]],
      ["RUNTIME_BINDING_MISSING WF_GREET_V0:2:11", "UNKNOWN_KEY WF_GREET_V0:8:1"],
    ],
    ["an exit without a class", [[file, "class: failed, ", ""]], ["EXIT_CLASS_REQUIRED WF_GREET_V0:24:13"]],
    [
      "an event that is declared nowhere",
      [[file, "EV_GREETED_V0: {", "EV_MET_V0: {"]],
      ["REFERENCE_NOT_QUALIFIED WF_GREET_V0:21:103"],
    ],
    [
      "an intent that leads nowhere",
      [[file, "  next: { ACK: ID, NACK: EXIT_REJECTED }\n", ""]],
      ["ARTIFACT_SCHEMA WF_GREET_V0:6:3"],
    ],
    ["no nodes", [[file, "nodes:", "node:"]], ["ARTIFACT_SCHEMA WF_GREET_V0:2:1", "UNKNOWN_KEY WF_GREET_V0:10:1"]],
  ])("%s", (_, edits, problems) => {
    expect(found(...edits)).toEqual(problems);
  });

  it("by a pointer into that file, too", () => {
    const edits: Edits = [
      [file, "prefix: GR", "prefix: 7"],
      [file, "class: rejected", "class: failing"],
    ];
    const { problems } = compile(documentsOf(changed(oneFileProject, edits)), testOptions);
    expect(problems.map(({ path }) => path)).toContain("/nodes/EXIT_REJECTED/class");
  });
});
