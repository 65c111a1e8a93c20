import { changed, documentsOf, foundIn, greetProject, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";

const actor = (code: string, attributes: string): Edit => [
  code,
  `ac_code: ${code}\nversion: v0\ncore: { type: human, attributes: ${attributes} }\n`,
];
const both: readonly Edit[] = [
  actor(
    "AC_BUYER_V0",
    "{ id: { type: string, required: true }, level: { type: integer, default: 1 }, x: { type: boolean } }",
  ),
  actor("AC_CLERK_V0", "{ id: { type: string, required: true }, level: { type: number, required: true } }"),
  ["IN_GREET_V0", "core:\n", "core:\n  actors: [demo::AC_BUYER_V0, demo::AC_CLERK_V0]\n"],
];
const reading = (path: string): Edit => ["WF_GREET_V0", "{ name: $.payload.name }", `{ name: ${path} }`];

const found = (...edits: readonly Edit[]): readonly string[] => foundIn(changed(greetProject, edits));

function graphOf(...edits: readonly Edit[]): Graph {
  const { compiled } = compile(documentsOf(changed(greetProject, edits)), testOptions);
  return present(compiled?.graphs["demo::WF_GREET_V0"]);
}

describe("whoever sent it", () => {
  it("is read as the payload is, and known to the admission", () => {
    const { places } = graphOf(...both, reading("$.actor.id"));
    expect(places["IN_GREET_V0"]).toMatchObject({
      work: { kind: "admit", actors: { "demo::AC_BUYER_V0": { x: { type: "boolean" } }, "demo::AC_CLERK_V0": {} } },
    });
    expect(places["CC_KEEP/id"]).toMatchObject({ inputs: { data: { kind: "payload", path: ["@actor", "id"] } } });
    expect(places["CC_KEEP/id"]).not.toHaveProperty("missing");
  });

  it("has the type that all of them have, and is certain where all of them are", () => {
    expect(found(...both, reading("$.actor.level"))).toEqual([]);
    expect(found(...both, reading("$.actor.x"))).toEqual(["INPUT_TYPE_MISMATCH WF_GREET_V0:15:23"]);
  });

  it.each(["$.actor.name", "$.actor", "$.actor.id.inner"])("is not read at %s", (path) =>
    expect(found(...both, reading(path))).toEqual(["ACTOR_ATTRIBUTE_UNKNOWN WF_GREET_V0:15:23"]),
  );

  it("is not read where anyone may send it, nor in a contract", () => {
    expect(found(reading("$.actor.id"))).toEqual(["ACTOR_ATTRIBUTE_UNKNOWN WF_GREET_V0:15:23"]);
    expect(found(...both, ["CC_KEEP_V0", "data: $.inputs.name", "data: $.actor.id"])).toEqual([
      "INPUT_PATH_ROOT_UNKNOWN CC_KEEP_V0:15:35",
    ]);
  });

  it("is known only behind the admission", () => {
    const rejected: Edit = ["WF_GREET_V0", "outcome: BAD_INPUT }", "outcome: BAD_INPUT, outputs: { id: $.actor.id } }"];
    expect(found(...both, rejected)).toEqual(["RESULT_NOT_ON_EVERY_PATH WF_GREET_V0:19:102"]);
  });

  it("is blamed on nobody else where an actor or an intent is wrong itself", () => {
    expect(found(...both, reading("$.actor.y"), actor("AC_CLERK_V0", "{ id: 1 }"))).toEqual([
      "ARTIFACT_SCHEMA AC_CLERK_V0:3:40",
    ]);
    expect(found(...both, reading("$.actor.y"), ["IN_GREET_V0", "workflow: WF_GREET_V0", "workflow: 1"])).toEqual([
      "ARTIFACT_SCHEMA IN_GREET_V0:6:13",
    ]);
  });
});
