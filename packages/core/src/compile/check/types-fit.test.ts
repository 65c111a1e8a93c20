import { changed, chargeProject, foundIn, greetProject, type Mistake } from "@omnibase/testkit";
import { expect, it } from "vitest";

const mistakes: readonly Mistake[] = [
  [
    "a literal breaks a rule of the field",
    greetProject,
    [["CC_KEEP_V0", "prefix: GR", "prefix: 7"]],
    ["INPUT_TYPE_MISMATCH CC_KEEP_V0:15:25"],
  ],
  [
    "a text is bound to a number",
    chargeProject,
    [["WF_CHARGE_V0", "cents: $.payload.amount", "cents: $.payload.order"]],
    ["INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:48"],
  ],
  [
    "a number goes where a whole one is declared",
    chargeProject,
    [["CC_CHARGE_V0", "text: counted", "text: counted, of: $.inputs.cents"]],
    ["INPUT_TYPE_MISMATCH CC_CHARGE_V0:29:36"],
  ],
  [
    "a contract returns another type",
    chargeProject,
    [["CC_CHARGE_V0", "status: $.results.tell.status,", "status: $.inputs.order,"]],
    ["EXIT_TYPE_MISMATCH CC_CHARGE_V0:40:24"],
  ],
  [
    "an event gets another type",
    greetProject,
    [["EV_GREETED_V0", "id: { type: string, required: true }", "id: { type: boolean, required: true }"]],
    ["EXIT_TYPE_MISMATCH WF_GREET_V0:17:99"],
  ],
  [
    "an object is bound to a text",
    chargeProject,
    [["WF_CHARGE_V0", "order: $.payload.order,", "order: { a: b },"]],
    ["INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:24"],
  ],
  [
    "a list is bound to a text",
    chargeProject,
    [["WF_CHARGE_V0", "order: $.payload.order,", "order: [a],"]],
    ["INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:24"],
  ],
  [
    "a contract returns literals of another type",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "outputs: { sent: $.capability_result.sent,",
        'outputs: { n: 1, f: 1.5, b: true, z: null, t: "{{timestamp}}", l: [a], o: { a: b }, sent: x,',
      ],
      [
        "CC_CHARGE_V0",
        "status: $.results.tell.status, sent: $.results.tell.sent }",
        "status: $.results.tell.n, sent: $.results.tell.f }\n    VIOLATION: { sent: $.results.tell.b }",
      ],
    ],
    [
      "EXIT_TYPE_MISMATCH CC_CHARGE_V0:40:48",
      "EXIT_TYPE_MISMATCH CC_CHARGE_V0:41:24",
      "RESULT_NOT_ON_EVERY_PATH CC_CHARGE_V0:41:24",
    ],
  ],
  [
    "what is inside does not fit, or is absent",
    chargeProject,
    [
      [
        "CC_CHARGE_V0",
        "note: { type: object }",
        "note: { type: object, fields: { via: { type: string }, by: { type: integer }, at: { type: string, required: true, min_length: 3 }, who: { type: array, items: { type: object, fields: { id: { type: string, required: true } } } } } }",
      ],
      [
        "WF_CHARGE_V0",
        'note: { by: $.payload.buyer.email, at: "{{timestamp}}" }',
        "note: { by: $.payload.buyer.email, at: ab, who: [{ id: $.payload.order }, { id: 7 }, {}, x] }",
      ],
    ],
    [
      "INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:78",
      "INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:105",
      "INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:146",
      "INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:151",
      "INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:155",
    ],
  ],
  [
    "something lies inside that nobody declared",
    chargeProject,
    [
      ["CC_CHARGE_V0", "note: { type: object }", "note: { type: object, fields: { by: { type: string } } }"],
      ["WF_CHARGE_V0", 'note: { by: $.payload.buyer.email, at: "{{timestamp}}" }', "note: { by: a, att: b }"],
    ],
    ["INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:81"],
  ],
  [
    "a step returns an object that fits nowhere",
    chargeProject,
    [
      ["CC_CHARGE_V0", "sent: { type: string }\n", "sent: { type: object, fields: { a: { type: string } } }\n"],
      ["CC_CHARGE_V0", "{ sent: $.capability_result.sent,", "{ sent: { a: 1 },"],
    ],
    ["EXIT_TYPE_MISMATCH CC_CHARGE_V0:40:53"],
  ],
  [
    "a time is bound to a number",
    chargeProject,
    [["WF_CHARGE_V0", "cents: $.payload.amount", 'cents: "{{timestamp}}"']],
    ["INPUT_TYPE_MISMATCH WF_CHARGE_V0:11:48"],
  ],
];

it.each(mistakes)("is noticed when %s", (_, project, edits, found) => {
  expect(foundIn(changed(project, edits))).toEqual(found);
});
