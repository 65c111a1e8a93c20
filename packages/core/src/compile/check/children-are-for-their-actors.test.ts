import { changed, constructsProject, foundIn, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";

const clerk: Edit = ["AC_CLERK_V0", "ac_code: AC_CLERK_V0\nversion: v0\ncore: { type: human }\n"];
const parentFor = (actors: string): Edit => ["IN_ALL_V0", "core:\n", `core:\n  actors: [${actors}]\n`];
const childFor = (actors: string): Edit => ["IN_SUB_V0", "core:\n", `core:\n  actors: [${actors}]\n`];

const found = (...edits: readonly Edit[]): readonly string[] => foundIn(changed(constructsProject, [clerk, ...edits]));

it("is noticed when nobody who may send the one may send the other", () => {
  const edits = [parentFor("demo::AC_BOSS_V0"), childFor("demo::AC_CLERK_V0")];
  expect(found(...edits)).toEqual(["CHILD_FOR_OTHER_ACTORS WF_ALL_V0:46:17"]);
});

it.each<readonly [string, readonly Edit[]]>([
  ["somebody may send both", [parentFor("demo::AC_BOSS_V0, demo::AC_CLERK_V0"), childFor("demo::AC_CLERK_V0")]],
  ["anyone may send the child", [parentFor("demo::AC_BOSS_V0")]],
  ["anyone may send the parent, and the child says at its start who may not", [childFor("demo::AC_CLERK_V0")]],
])("is not noticed where %s", (_, edits) => {
  expect(found(...edits)).toEqual([]);
});

it("is blamed on nobody else where a workflow or an actor is wrong itself", () => {
  const edits = [parentFor("demo::AC_BOSS_V0"), childFor("demo::AC_CLERK_V0")];
  expect(found(...edits, ["WF_ALL_V0", "demo::WF_SUB_V0", "demo::WF_SUM_V0"])).toEqual([
    "REFERENCE_UNRESOLVED WF_ALL_V0:46:17",
  ]);
  expect(found(parentFor("demo::AC_BOSS_V0"), childFor("demo::AC_CLARK_V0"))).toEqual([
    "REFERENCE_UNRESOLVED IN_SUB_V0:4:12",
  ]);
  expect(found(...edits, ["WF_SUB_V0", "start_node: ENTER", "start_node: DONE"])).not.toContain(
    "CHILD_FOR_OTHER_ACTORS WF_ALL_V0:46:17",
  );
});
