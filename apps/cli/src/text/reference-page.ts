import { isObject, type Json, type JsonObject } from "@omnibase/core";

/** One page about a capability of the library, in Markdown: all that its artifact says, and how a step asks for it. */
export function referencePage(identity: string, artifact: JsonObject): string {
  const core = objectAt(artifact, "core");
  const parts = "operations" in core ? operations(identity, artifact) : transform(identity, artifact);
  return `${[`# ${identity}`, textAt(core, "summary"), ...parts].join("\n\n")}\n`;
}

/** What there is, a line for each. */
export function referenceIndex(pages: readonly (readonly [identity: string, artifact: JsonObject])[]): string {
  const rows = pages.map(([identity, artifact]) => [
    `[\`${identity}\`](${fileOf(identity)})`,
    textAt(objectAt(artifact, "core"), "summary"),
  ]);
  const said = "Generated from the artifacts in `contracts/` by `omnibase reference --out docs/reference`.";
  return `${["# The standard library", said, table(["Capability", "What it does"], rows)].join("\n\n")}\n`;
}

export const fileOf = (identity: string): string => `${identity.replace(/^.*::/, "")}.md`;

function transform(identity: string, artifact: JsonObject): readonly string[] {
  const core = objectAt(artifact, "core");
  const outcomes = textsAt(core, "outcomes") ?? ["SUCCESS", "VIOLATION"];
  const outputs = objectAt(core, "outputs");
  const predicate = Object.keys(outputs).find((name) => isPredicate(objectAt(outputs, name)));
  const { builtin } = objectAt(artifact, "implementation");
  return [
    builtin === undefined
      ? "Given by the host, like the answer of an effect: it is drawn once, recorded, and read from the record by a replay. No molecule can hold it, because it is not pure."
      : `A pure transform, built in as \`${textOf(builtin)}\`: it reads its inputs and nothing else.`,
    ...fieldsSection("## Inputs", objectAt(core, "inputs")),
    ...fieldsSection("## Outputs, with `SUCCESS`", outputs),
    `## Outcomes\n\n${outcomes.map(code).join(", ")}`,
    ...(makesSecrets(outputs)
      ? [
          "What it returns is secret: it is recorded sealed, under a key of the execution, and goes only to inputs that take secrets.",
        ]
      : []),
    `## In a step\n\n${step({ transform: identity }, { inputs: objectAt(core, "inputs"), outputs, outcomes, predicate })}`,
  ];
}

function operations(identity: string, artifact: JsonObject): readonly string[] {
  const declared = objectAt(objectAt(artifact, "core"), "operations");
  const { handler, store } = objectAt(artifact, "implementation");
  const kept =
    store === undefined
      ? `Work in the world, by the handler \`${textOf(handler)}\`. The runtime binding says where and how, and the project file grants it.`
      : `A store of our own, of kind \`${textOf(store)}\`: every operation happens exactly once, in the commit that records it.`;
  return [
    kept,
    ...Object.keys(declared).flatMap((name) => operation({ identity, name, store }, objectAt(declared, name))),
  ];
}

interface Named {
  readonly identity: string;
  readonly name: string;
  readonly store: Json | undefined;
}

function operation({ identity, name, store }: Named, declared: JsonObject): readonly string[] {
  const head = [`## ${name}`, sentence(textAt(declared, "summary"))];
  if ("endpoint" in declared) {
    return [
      ...head,
      "Inputs, outcomes and whether it may be repeated are those of the endpoint that the runtime binding names.",
      ...fieldsSection("### What comes with every outcome", objectAt(objectAt(declared, "endpoint"), "outputs")),
    ];
  }
  const inputs = objectAt(declared, "inputs");
  const outcomes = objectAt(declared, "outcomes");
  const outputs = objectAt(outcomes, "SUCCESS");
  const predicate = Object.keys(outputs).find((field) => isPredicate(objectAt(outputs, field)));
  const call = { side_effect: identity, op: name, ...(store === undefined ? {} : { store: "STORE" }) };
  const rows = Object.keys(outcomes).map((outcome) => [code(outcome), comesWith(objectAt(outcomes, outcome))]);
  return [
    ...head,
    repeated(declared["idempotent"] === true, store !== undefined),
    ...fieldsSection("### Inputs", inputs),
    `### Outcomes\n\n${table(["Outcome", "Comes with"], rows)}`,
    step(call, { inputs, outputs, outcomes: Object.keys(outcomes), predicate }),
  ];
}

function repeated(idempotent: boolean, own: boolean): string {
  if (own) return idempotent ? "Asking twice changes nothing more." : "Asking twice does it twice.";
  return idempotent
    ? "It may be repeated, so silence is answered by another attempt."
    : "It is not repeated by itself: whether it happened, where nobody knows, a person says.";
}

interface Asked {
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  readonly outcomes: readonly string[];
  readonly predicate: string | undefined;
}

function step(call: Readonly<Record<string, string>>, { inputs, outcomes, outputs, predicate }: Asked): string {
  const surface = predicate === undefined ? outcomes : [...outcomes, "NO"];
  const lines = [
    "- step: ask",
    ...Object.entries(call).map(([key, value]) => `  ${key}: ${value}`),
    ...listed("inputs", Object.keys(inputs), "$.inputs"),
    ...listed("outputs", Object.keys(outputs), "$.capability_result"),
    ...(predicate === undefined ? [] : [`  when: { field: ${predicate}, outcomes: { SUCCESS: true, NO: false } }`]),
    `  result_surface: [${surface.join(", ")}]`,
    `  on_result: { ${surface.map((outcome) => `${outcome}: ${outcome === "SUCCESS" ? "continue" : "exit"}`).join(", ")} }`,
  ];
  return `\`\`\`yaml\n${lines.join("\n")}\n\`\`\``;
}

const listed = (key: string, names: readonly string[], root: string): readonly string[] =>
  names.length === 0 ? [] : [`  ${key}: { ${names.map((name) => `${name}: ${root}.${name}`).join(", ")} }`];

function fieldsSection(heading: string, fields: JsonObject): readonly string[] {
  const rows = Object.keys(fields).map((name) => {
    const field = objectAt(fields, name);
    return [code(name), typeOf(field), field["required"] === true ? "yes" : "no", rulesOf(field)];
  });
  return rows.length === 0 ? [] : [`${heading}\n\n${table(["Name", "Type", "Required", "Rules"], rows)}`];
}

function comesWith(fields: JsonObject): string {
  const said = Object.keys(fields).map((name) => {
    const field = objectAt(fields, name);
    const rules = rulesOf(field);
    return `${code(name)} (${typeOf(field)}${field["required"] === true ? "" : ", where there is one"}${rules === "" ? "" : `; ${rules}`})`;
  });
  return said.length === 0 ? "nothing" : said.join(", ");
}

function typeOf(field: JsonObject): string {
  const type = textAt(field, "type");
  if (type !== "array") return type;
  const { items } = field;
  return items === undefined ? "array" : `array of ${typeOf(objectAt(field, "items"))}`;
}

const words: { readonly [rule: string]: string } = {
  minimum: "not below",
  maximum: "not above",
  min_length: "at least",
  max_length: "at most",
  format: "written as",
  default: "absent, it is",
  enum: "one of",
};

/** In the order in which they are declared. What a rule of the fields is called otherwise, is called so here. */
function rulesOf(field: JsonObject): string {
  const { description, items: _, required: __, secret, type: ___, ...rules } = field;
  const said = Object.entries(rules).map(([rule, value]) => `${words[rule] ?? rule} ${shown(value)}`);
  return [...(secret === true ? ["secret"] : []), ...said, ...(description === undefined ? [] : [textOf(description)])]
    .join(", ")
    .replaceAll("|", "\\|");
}

const shown = (value: Json): string =>
  Array.isArray(value) ? value.map((one: Json) => code(textOf(one))).join(", ") : code(textOf(value));

const makesSecrets = (outputs: JsonObject): boolean =>
  Object.keys(outputs).some((name) => objectAt(outputs, name)["secret"] === true);

const isPredicate = (field: JsonObject): boolean =>
  field["type"] === "boolean" && field["required"] === true && field["enum"] === undefined;

const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

const code = (text: string): string => `\`${text}\``;

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return value !== undefined && isObject(value) ? value : {};
}

function textsAt(object: JsonObject, name: string): readonly string[] | undefined {
  const value = object[name];
  return Array.isArray(value) ? value.map(textOf) : undefined;
}

const textAt = (object: JsonObject, name: string): string => textOf(object[name]);

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));
