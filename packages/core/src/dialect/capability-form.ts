import type { Located } from "../value/located.ts";
import { ownValue } from "../value/present.ts";
import { gatewayHandler } from "../compile/gateway-handler.ts";
import type { Forms } from "./forms.ts";
import { all, drop, each, map, put, reshape, scalar, textAt, textsAt, valueAt } from "./reshape.ts";
import { fieldForm, fieldsForm } from "./world-form.ts";

/** The namespaces, of a workspace or of a part of it, whose declarations are theirs and whose code is ours. */
const generic: { readonly transforms: string; readonly sideEffects: string } = {
  transforms: "capability_transforms",
  sideEffects: "capability_side_effects",
};

/** A generic transform is built in under its own name; another's code comes with its domain, under its identity. */
export function transformForm(document: Located, { namespace }: Forms): Located {
  const code = textAt(document, "ct_code") ?? "";
  const at = valueAt(document, "machine") ?? document;
  const plainName = code.replace(/^CT_(?:PURE_)?/, "").replace(/_V\d+$/, "");
  const name = namespace === generic.transforms ? `std.${plainName.toLowerCase()}` : `${namespace}::${code}`;
  const isGeneric = namespace === generic.transforms;
  const fields = isGeneric ? (given: Located): Located => each(labelled)(fieldsForm(given)) : fieldsForm;
  const known = reshape({
    ...all(["extensions", "machine"], drop),
    core: reshape({ inputs: fields, outputs: fields }),
  })(document);
  const implementation =
    isGeneric && code === entropy ? { given: scalar("entropy", at) } : { builtin: scalar(name, at) };
  return put(known, "implementation", map(implementation, at));
}

/** It was called pure, and read the chance of its process. */
const entropy = "CT_PURE_GENERATE_ENTROPY_V0";

/** What generic transforms call what nobody may see. Nothing published says so. */
const secrets: ReadonlySet<string> = new Set([
  "entropy_bytes",
  "mnemonic",
  "passphrase",
  "seed_bytes",
  "private_key_bytes",
  ...["master", "parent", "child"].flatMap((whose) => [`${whose}_private_key_bytes`, `${whose}_chain_code_bytes`]),
]);

const labelled = (field: Located, name: string): Located =>
  secrets.has(name) ? put(field, "secret", scalar(true, field)) : field;

const stores: { readonly [code: string]: string } = {
  CS_REGISTRY: "registry",
  CS_APPENDONLY_JSONL: "append-only",
  CS_MUTABLE_JSON: "document",
  CS_NAME_REGISTRY: "name-registry",
};

/** Side effects that are other workflows, which the machine starts itself. */
const starting: ReadonlySet<string> = new Set(["CS_WORKFLOW_GATEWAY", "CS_WORKFLOW_LOOP", "CS_CONCURRENT_WORKFLOWS"]);

/** Inputs and outputs by name only; their types stand beside, where there are any. */
export function sideEffectForm(document: Located, { namespace }: Forms): Located {
  const code = textAt(document, "cs_code") ?? "";
  const family = code.replace(/_V\d+$/, "");
  const isGeneric = namespace === generic.sideEffects || namespace.endsWith(`.${generic.sideEffects}`);
  const store = isGeneric ? ownValue(stores, family) : undefined;
  const at = valueAt(document, "implementation") ?? document;
  const handler = isGeneric && starting.has(family) ? gatewayHandler : `${namespace}::${code}`;
  const implementation =
    store === undefined ? map({ handler: scalar(handler, at) }, at) : map({ store: scalar(store, at) }, at);
  const types = valueAt(document, "core", "field_types");
  const known = reshape({
    extensions: drop,
    core: reshape({
      ...all(["category", "policy", "field_types", "description"], drop),
      operations: each((operation) => operationForm(operation, types)),
    }),
  })(document);
  return put(known, "implementation", implementation);
}

function operationForm(operation: Located, types: Located | undefined): Located {
  const fields = (names: readonly string[]): Located =>
    map(Object.fromEntries(names.map((name) => [name, fieldOf(name, types, operation)])), operation);
  const outputs = textsAt(operation, "output");
  const status = outputs.filter((name) => name === "result_status");
  const outcomes = textsAt(operation, "result_status_values").map(
    (outcome) => [outcome, fields(outcome === "SUCCESS" ? outputs : status)] as const,
  );
  return map(
    {
      inputs: fields(textsAt(operation, "input")),
      outcomes: map(Object.fromEntries(outcomes), operation),
      idempotent: scalar(true, operation),
    },
    operation,
  );
}

function fieldOf(name: string, types: Located | undefined, at: Located): Located {
  const type = valueAt(types, name) ?? scalar("any", at);
  return fieldForm(map({ type }, type));
}
