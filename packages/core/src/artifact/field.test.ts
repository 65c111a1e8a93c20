import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a type is a number",
    greetProject,
    [["IN_GREET_V0", "type: string", "type: 7"]],
    ["ARTIFACT_SCHEMA IN_GREET_V0:7:19"],
  ],
  [
    "a type is unknown",
    greetProject,
    [["IN_GREET_V0", "type: string", "type: text"]],
    ["ARTIFACT_SCHEMA IN_GREET_V0:7:19"],
  ],
  [
    "required is a text",
    greetProject,
    [["IN_GREET_V0", "required: true", 'required: "yes"']],
    ["ARTIFACT_SCHEMA IN_GREET_V0:7:37"],
  ],
  [
    "a length stands on a number",
    greetProject,
    [["IN_GREET_V0", "type: string, required: true, min_length: 1, max_length: 80", "type: number, min_length: 1"]],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "min_length is above max_length",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", "min_length: 81"]],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "a length is half",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", "min_length: 1.5"]],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "minimum is above maximum",
    chargeProject,
    [["IN_CHARGE_V0", "minimum: 1 }", "minimum: 1, maximum: 0 }"]],
    ["FIELD_CONTRADICTION IN_CHARGE_V0:7:13"],
  ],
  [
    "enum breaks the other rules",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", 'enum: [a, ""], min_length: 1']],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "a default breaks the rules",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", 'default: "", min_length: 1']],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "a default is not in enum",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", "default: c, enum: [a, b], min_length: 1"]],
    ["FIELD_CONTRADICTION IN_GREET_V0:7:11"],
  ],
  [
    "a field has a dot in its name",
    greetProject,
    [["IN_GREET_V0", "    name: {", '    "first.name": {']],
    ["ID_CHARSET IN_GREET_V0:7:5"],
  ],
  [
    "fields are a list",
    chargeProject,
    [
      [
        "IN_CHARGE_V0",
        "fields: { email: { type: string, required: true }, tier: { type: string, default: LOW } }",
        "fields: [email]",
      ],
    ],
    ["ARTIFACT_SCHEMA IN_CHARGE_V0:8:36"],
  ],
  [
    "a format is unknown",
    greetProject,
    [["IN_GREET_V0", "min_length: 1", "format: iban"]],
    ["ARTIFACT_SCHEMA IN_GREET_V0:7:51"],
  ],
  [
    "what an event tells is secret",
    greetProject,
    [["EV_GREETED_V0", "type: string,", "type: array, items: { type: string, secret: true },"]],
    ["SECRET_FLOW EV_GREETED_V0:6:9"],
  ],
  [
    "a secret has a default that everybody may read",
    greetProject,
    [["CC_KEEP_V0", "name: { type: string, required: true }", "name: { type: string, secret: true, default: x }"]],
    ["FIELD_CONTRADICTION CC_KEEP_V0:6:11"],
  ],
  [
    "items are wrong",
    chargeProject,
    [["IN_CHARGE_V0", "items: { type: string }", "items: { type: strings }"]],
    ["ARTIFACT_SCHEMA IN_CHARGE_V0:9:41"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});
