import { changed, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a path has an empty part",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: $.inputs..name"]],
    ["PATH_INVALID CC_KEEP_V0:15:35"],
  ],
  [
    "a template is unknown",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", 'data: "{{now}}"']],
    ["TEMPLATE_UNKNOWN CC_KEEP_V0:15:35"],
  ],
  ...Object.entries({
    EXPR_UNSUPPORTED: [
      "$[0]",
      "$['constructor']",
      "$..*",
      "$.inputs.list[0]",
      "$.inputs.f(x)",
      "$.inputs.list[?(@.a)]",
    ],
    EXPR_KEY_RESERVED: ["$.__proto__.polluted", "$.inputs.constructor.constructor", "$.inputs.prototype"],
    EXPR_TOO_DEEP: [`$.inputs${".a".repeat(64)}`],
    EXPR_TOO_LARGE: [`$.inputs.${"a".repeat(4_096)}`],
    CAPABILITY_DENIED: ["{{secret.x}}", "{{ secrets.pay }}"],
    TEMPLATE_UNKNOWN: ["{{ {{x}} }}", "{{7*7}}"],
  }).flatMap(([code, texts]) =>
    texts.map((text): Mistake => [
      `a text is ${text.slice(0, 40)}`,
      greetProject,
      [["CC_KEEP_V0", "data: $.inputs.name", `data: ${JSON.stringify(text)}`]],
      [`${code} CC_KEEP_V0:15:35`],
    ]),
  ),
  [
    "a binding is a wrong kind of word in a list",
    greetProject,
    [["CC_KEEP_V0", "allowed: [SUCCESS,", "allowed: [1, SUCCESS,"]],
    ["ARTIFACT_SCHEMA CC_KEEP_V0:10:15"],
  ],
  [
    "a list holds a wrong path",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: [a, $.]"]],
    ["PATH_INVALID CC_KEEP_V0:15:39"],
  ],
  [
    "a map holds a wrong path",
    greetProject,
    [["CC_KEEP_V0", "data: $.inputs.name", "data: { a: $., b: 1 }"]],
    ["PATH_INVALID CC_KEEP_V0:15:40"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});

it.each([
  "$",
  "$5.00",
  "${jndi:ldap://x}",
  "a {{timestamp}} b",
  "<%= 7 %>",
  'constructor.constructor("return process")()',
])("takes %s for the text that it is", (text) => {
  const edit = ["CC_KEEP_V0", "data: $.inputs.name", `data: ${JSON.stringify(text)}`] as const;
  expect(foundIn(changed(greetProject, [edit]))).toEqual([]);
});
