// The standard library for authors of TypeScript: what it takes and returns, as types, and its artifacts themselves, because
// whoever installs the package has no contracts/ beside it. Writes packages/sdk/src/standard-*.ts; a test compares them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "oxfmt";
import { root } from "./run.mjs";

const { parse } = createRequire(join(root, "packages/infra/package.json"))("yaml");

/** The text of each file, by its path. */
export async function libraryTypes() {
  const folder = join(root, "contracts");
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const texts = names.toSorted().map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  const documents = texts.map(([, text]) => parse(text));
  return new Map([
    await written("standard-transforms", documents.filter((one) => "ct_code" in one).map(transform)),
    await written("standard-side-effects", documents.filter((one) => "cs_code" in one).map(sideEffect)),
    await formatted(
      "standard-library",
      `/** The artifacts of the standard library. Written by scripts/library-types.mjs from contracts/. */
export const standardLibrary: ReadonlyMap<string, string> = new Map([
${texts.map(([name, text]) => `["${name.replace(".yaml", "")}", ${JSON.stringify(text)}],`).join("\n")}
]);
`,
    ),
  ]);
}

async function written(name, members) {
  const called = name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  return formatted(
    name,
    `import type { Json } from "@omnibase/core";

/** A part of the standard library as types. Written by scripts/library-types.mjs from contracts/. */
export interface ${called} { ${members.join(" ")} }

type Nothing = { readonly [name in never]: Json };
type JsonObject = { readonly [name: string]: Json };
`,
  );
}

async function formatted(name, text) {
  const file = join(root, `packages/sdk/src/${name}.ts`);
  const { code } = await format(file, text, JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8")));
  return [file, code];
}

function transform({ core, ct_code: code }) {
  const outcomes = core.outcomes ?? ["SUCCESS", "VIOLATION"];
  const surface = outcomes.map((name) => `readonly ${name}: ${name === "SUCCESS" ? fields(core.outputs) : "Nothing"};`);
  return `readonly "std::${code}": { readonly given: ${fields(core.inputs)}; readonly surface: { ${surface.join(" ")} } };`;
}

function sideEffect({ core, cs_code: code }) {
  const operations = Object.entries(core.operations).map(([name, { endpoint, inputs, outcomes = {} }]) => {
    const surface = endpoint
      ? `{ readonly [outcome: string]: ${fields(endpoint.outputs)} }`
      : `{ ${Object.entries(outcomes)
          .map(([outcome, comes]) => `readonly ${outcome}: ${fields(comes)};`)
          .join(" ")} }`;
    const given = endpoint ? "JsonObject" : fields(inputs);
    return `readonly ${name}: { readonly given: ${given}; readonly surface: ${surface} };`;
  });
  return `readonly "std::${code}": { ${operations.join(" ")} };`;
}

function fields(declared = {}) {
  const entries = Object.entries(declared);
  if (entries.length === 0) return "Nothing";
  const lines = entries.map(([name, one]) => `readonly ${name}${one.required ? "" : "?"}: ${type(one)};`);
  return `{ ${lines.join(" ")} }`;
}

function type({ enum: values, fields: inside, items, type: name }) {
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (name === "any") return "Json";
  if (name === "integer") return "number";
  if (name === "array") return `readonly (${items ? type(items) : "Json"})[]`;
  if (name === "object") return inside ? fields(inside) : "JsonObject";
  return name;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await libraryTypes()) writeFileSync(file, text);
}
