import type { PathExpression } from "../artifact/expression.ts";
import { meantHint } from "../artifact/nearest.ts";
import type { LoopNode } from "../artifact/node.ts";
import type { Field } from "../graph/field.ts";
import { plainFields } from "../artifact/field.ts";
import { present } from "../value/present.ts";
import { returnsAt } from "./contract-view.ts";
import { anyField, fieldAt } from "./field-rules.ts";
import type { LinkedContract, WithContract } from "./linked.ts";
import { fieldOf, spelled } from "./view.ts";
import type { Found, Lookup, Unknown } from "./view.ts";

/** What the inputs of a round may read beside what can be read outside: which round it is, and what it is about. */
export function roundLookup(linked: WithContract, outside: Lookup): Lookup {
  switch (linked.type) {
    case "CC":
      return outside;
    case "MAP": {
      const { as, over } = linked.node;
      const item = fieldOf(over, outside).items ?? anyField;
      return (path) => (path.root === as.value ? itemField(path, item) : (indexField(path) ?? outside(path)));
    }
    case "LOOP": {
      const { contract, node } = linked;
      return (path) => (path.root === "last" ? lastField(path, node, contract) : (indexField(path) ?? outside(path)));
    }
  }
}

function indexField(path: PathExpression): Found | Unknown | undefined {
  if (path.root !== "index") return undefined;
  return path.path.length === 0 ? { field: { type: "integer", required: true } } : unknown(path, "is a number");
}

function itemField(path: PathExpression, item: Field): Found | Unknown {
  const field = fieldAt(item, path.path);
  if (field !== undefined) return { field };
  return {
    ...unknown(path, "is not declared of an item"),
    ...meantHint(present(path.path[0]), Object.keys(item.fields ?? {})),
  };
}

/** In the first round it is what the loop gives, in every other one what the round before has returned. */
function lastField(
  path: PathExpression,
  { again, first }: LoopNode,
  linked: LinkedContract | undefined,
): Found | Unknown {
  if (linked === undefined) return { field: anyField };
  const { outputs } = linked.contract;
  const [name, ...rest] = path.path;
  if (name === undefined) return { field: { type: "object", required: true, fields: plainFields(outputs) } };
  const declared = outputs.entries.get(name)?.value;
  const field = declared && fieldAt(declared, rest);
  if (field === undefined) {
    const message = `is not an output of ${linked.contract.identity}`;
    return { ...unknown(path, message), ...meantHint(name, outputs.entries.keys()) };
  }
  if (!first.entries.has(name)) return absent(path, "has no value in the first round", `give ${name} under first`);
  const lacking = again.value.find(({ value }) => !returnsAt(linked, value, name));
  if (lacking === undefined) return { field };
  return absent(path, `has no value after a round that ends with ${lacking.value}`, `return ${name} there, too`);
}

const unknown = (path: PathExpression, why: string): Unknown => ({
  code: "INPUT_FIELD_UNKNOWN",
  message: `${spelled(path)} ${why}`,
});

const absent = (path: PathExpression, why: string, hint: string): Unknown => ({
  code: "RESULT_NOT_ON_EVERY_PATH",
  message: `${spelled(path)} ${why}`,
  hint,
});

/** The names that the inputs of a loop's rounds read of `$.last`; `undefined`: all of it. */
export function readOfLast(paths: readonly PathExpression[]): ReadonlySet<string> | undefined {
  const read = paths.filter(({ root }) => root === "last").map(({ path }) => path[0]);
  const names = read.filter((name) => name !== undefined);
  return names.length === read.length ? new Set(names) : undefined;
}
