import { changed, constructsProject, documentsOf, foundIn, testOptions, type Edit } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";

const reading = (path: string, exit = "DONE"): Edit => [
  "WF_ALL_V0",
  exit === "DONE" ? "outputs: { n: $.results.SUB.n," : "outcome: LATE }",
  exit === "DONE" ? `outputs: { n: ${path},` : `outcome: LATE, outputs: { n: ${path} } }`,
];
const found = (...edits: readonly Edit[]): readonly string[] => foundIn(changed(constructsProject, edits));

describe("what is known of a child beside what it returned", () => {
  it.each(["execution", "outcome"])("is its %s", (name) => {
    const edits = [reading(`$.children.SUB.${name}`)];
    expect(found(...edits)).toEqual([]);
    const { compiled } = compile(documentsOf(changed(constructsProject, edits)), testOptions);
    expect(compiled?.graphs["demo::WF_ALL_V0"]?.places["DONE"]).toMatchObject({
      outputs: { n: { kind: "result", of: "SUB", path: [name] } },
    });
  });

  it("is not known where it could not be started, which is a failure", () => {
    expect(found(reading("$.children.SUB.outcome", "LATE"))).toEqual([
      expect.stringMatching(/^RESULT_NOT_ON_EVERY_PATH/),
    ]);
    const apart: readonly Edit[] = [
      ["WF_ALL_V0", "REJECTED: LATE, FAILED: LATE, CANCELLED: LATE", "REJECTED: OVER, FAILED: LATE, CANCELLED: OVER"],
      [
        "WF_ALL_V0",
        "    LATE:",
        "    OVER: { type: EXIT, reason: EXITED, class: rejected, outcome: OVER, outputs: { n: $.children.SUB.outcome } }\n    LATE:",
      ],
    ];
    expect(found(...apart)).toEqual([]);
  });

  it.each([
    ["$.children.SUB.state", "OUTPUT_FIELD_UNKNOWN"],
    ["$.children.SUB.outcome.more", "OUTPUT_FIELD_UNKNOWN"],
    ["$.children.SUB", "OUTPUT_FIELD_UNKNOWN"],
    ["$.children.EACH.outcome", "REFERENCE_UNRESOLVED"],
    ["$.children", "REFERENCE_UNRESOLVED"],
  ])("is not read at %s", (path, code) => {
    expect(found(reading(path))).toEqual([`${code} WF_ALL_V0:54:21`]);
  });
});
