import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const buyer = (core: string): readonly [string, string] => [
  "AC_BUYER_V0",
  `ac_code: AC_BUYER_V0\nversion: v0\ncore: ${core}\n`,
];
const named = (actors: string): readonly [string, string, string] => [
  "IN_GREET_V0",
  "core:\n",
  `core:\n  actors: ${actors}\n`,
];

const mistakes: readonly Mistake[] = [
  ["nothing is wrong", greetProject, [buyer("{ type: human }"), named("[demo::AC_BUYER_V0]")], []],
  ["nobody says what it is", greetProject, [buyer("{}")], ["ARTIFACT_SCHEMA AC_BUYER_V0:3:7"]],
  ["it is a robot", greetProject, [buyer("{ type: robot }")], ["ARTIFACT_SCHEMA AC_BUYER_V0:3:15"]],
  [
    "an attribute cannot be said in a word",
    greetProject,
    [buyer("{ type: agent, attributes: { skills: { type: array } } }")],
    ["ARTIFACT_SCHEMA AC_BUYER_V0:3:44"],
  ],
  [
    "an attribute is secret, and a principal is recorded",
    greetProject,
    [buyer("{ type: agent, attributes: { pin: { type: string, secret: true } } }")],
    ["SECRET_FLOW AC_BUYER_V0:3:41"],
  ],
  ["a list of actors is empty", greetProject, [named("[]")], ["ARTIFACT_SCHEMA IN_GREET_V0:4:11"]],
  [
    "an actor is named twice",
    greetProject,
    [buyer("{ type: system }"), named("[demo::AC_BUYER_V0, demo::AC_BUYER_V0]")],
    ["NAME_DUPLICATE IN_GREET_V0:4:31"],
  ],
  ["an actor is no list", greetProject, [named("demo::AC_BUYER_V0")], ["ARTIFACT_SCHEMA IN_GREET_V0:4:11"]],
  ["an actor does not exist", greetProject, [named("[demo::AC_X_V0]")], ["REFERENCE_UNRESOLVED IN_GREET_V0:4:12"]],
  ["an actor is no actor", greetProject, [named("[demo::EV_GREETED_V0]")], ["REFERENCE_KIND IN_GREET_V0:4:12"]],
];

it.each(mistakes)("notices that %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});
