import { changed, documentsOf, greetProject, testOptions, type Edit } from "@omnibase/testkit";
import { expect, it } from "vitest";
import { present } from "../value/present.ts";
import { compile } from "./compile.ts";

/** Whether the machine has to look at what the greeting emits. */
function looks(...edits: readonly Edit[]): boolean {
  const { compiled, problems } = compile(documentsOf(changed(greetProject, edits)), testOptions);
  expect(problems).toEqual([]);
  const exit = present(present(compiled).graphs["demo::WF_GREET_V0"]?.places["EXIT_NEW"]);
  expect(exit).toMatchObject({ emit: "demo::EV_GREETED_V0" });
  return Object.hasOwn(exit, "event");
}

const declared = (field: string): Edit => ["EV_GREETED_V0", "    id:", `    ${field}\n    id:`];
const emitted = (output: string): Edit => [
  "WF_GREET_V0",
  "outputs: { id: $.results.CC_KEEP.id }, emit",
  `outputs: { id: $.results.CC_KEEP.id, ${output} }, emit`,
];
const sent = (field: string): Edit => ["IN_GREET_V0", "    name:", `    ${field}\n    name:`];
const returned = (output: string, field: string): readonly Edit[] => [
  ["CC_KEEP_V0", "id: { type: string }", `id: { type: string }\n    more: { ${field} }`],
  ["CC_KEEP_V0", "SUCCESS: { id: $.results.id.id }", `SUCCESS: { id: $.results.id.id, more: ${output} }`],
];

it("an event is not looked at where types show that it is as declared", () => {
  expect(looks()).toBe(false);
});

it.each([
  ["a literal", "more: x"],
  ["the time", 'more: "{{timestamp}}"'],
  ["what the intent requires", "more: $.payload.name"],
])("an event is not looked at where a field is %s", (_, output) => {
  expect(looks(declared("more: { type: string, required: true }"), emitted(output))).toBe(false);
});

it("an event is not looked at where a field is any object", () => {
  expect(looks(declared("more: { type: object, required: true }"), emitted("more: { a: $.payload.name }"))).toBe(false);
});

it("an event is not looked at where a field may be absent, and is", () => {
  expect(looks(declared("more: { type: string }"))).toBe(false);
  expect(looks(declared("more: { type: string }"), sent("m: { type: string }"), emitted("more: $.payload.m"))).toBe(
    false,
  );
});

it("an event is not looked at where a default fills in what it requires", () => {
  const edits = [sent("m: { type: string, default: x }"), emitted("more: $.payload.m")];
  expect(looks(declared("more: { type: string, required: true }"), ...edits)).toBe(false);
});

it.each([
  ["says more than a type", "more: { type: string, format: email }", "more: $.payload.name"],
  [
    "says what lies inside",
    "more: { type: object, fields: { a: { type: string, format: email } } }",
    "more: { a: $.payload.name }",
  ],
])("an event is looked at where a field %s", (_, field, output) => {
  expect(looks(declared(field), emitted(output))).toBe(true);
});

it("an event is looked at where what it requires need not be there", () => {
  const edits = [sent("m: { type: string }"), emitted("more: $.payload.m")];
  expect(looks(declared("more: { type: string, required: true }"), ...edits)).toBe(true);
});

it("an event is looked at where nobody can tell what is there", () => {
  const more = declared("more: { type: string, required: true }");
  expect(looks(more, sent("m: { type: any, required: true }"), emitted("more: $.payload.m"))).toBe(true);
  const inner = "m: { type: object, required: true, fields: { n: { type: string, required: true } } }";
  expect(looks(more, sent(inner), emitted("more: $.payload.m.n"))).toBe(true);
  expect(looks(more, emitted("more: $.received.name"))).toBe(true);
});

it("an event is looked at where its field is the time, and a number of characters is declared", () => {
  expect(looks(declared("more: { type: string, format: date-time }"), emitted('more: "{{timestamp}}"'))).toBe(true);
});

it("a contract's output shows what its own steps show", () => {
  const more = declared("more: { type: string, required: true }");
  const output = emitted("more: $.results.CC_KEEP.more");
  expect(looks(more, output, ...returned("$.results.id.id", "type: string"))).toBe(false);
  expect(looks(more, output, ...returned("$.inputs.name", "type: string"))).toBe(false);
  const optional: Edit = ["CC_KEEP_V0", "    name: {", "    note: { type: string }\n    name: {"];
  expect(looks(more, output, optional, ...returned("$.inputs.note", "type: string"))).toBe(true);
});

it("what lies inside of a contract's output is not known", () => {
  const edits = [...returned("{ a: x }", "type: object, fields: { a: { type: string } }")];
  expect(looks(declared("more: { type: string }"), emitted("more: $.results.CC_KEEP.more.a"), ...edits)).toBe(true);
});
