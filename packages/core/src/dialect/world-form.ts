import { problemAt } from "../artifact/spot.ts";
import type { Located } from "../value/located.ts";
import { pointerOf } from "../value/located-value.ts";
import type { Forms } from "./forms.ts";
import { all, drop, each, entryAt, put, reshape, scalar, valueAt } from "./reshape.ts";

const types: { readonly [published: string]: string } = {
  hex_string: "string",
  integer_string: "string",
  string: "string",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  object: "object",
  array: "array",
};

/** A type that we do not know promises nothing. Defaults were never applied, and other formats never checked. */
export function fieldForm(field: Located): Located {
  return reshape({
    ...all(["default", "nullable", "allowed_values", "pattern"], drop),
    type: (type) =>
      type.kind === "scalar" && typeof type.value === "string" ? scalar(types[type.value] ?? "any", type) : type,
    format: (format) => (format.kind === "scalar" && format.value === "email" ? format : undefined),
    items: fieldForm,
    fields: fieldsForm,
  })(field);
}

export const fieldsForm = (fields: Located): Located => each(fieldForm)(fields);

export const intentForm = (document: Located): Located =>
  reshape({ extensions: drop, core: reshape({ outcomes: drop, inputs: fieldsForm }) })(document);

export const eventForm = (document: Located): Located =>
  reshape({ extensions: drop, core: reshape({ schema: fieldsForm }) })(document);

/** Only `policy` was ever read, so what is called otherwise stopped the published engine where it loaded it. */
export function bindingForm(document: Located, { report }: Forms): Located {
  const binding = (value: Located, key: string): Located => {
    const known = reshape(all(["host", "operation", "type"], drop))(value);
    const config = entryAt(known, "config");
    if (config === undefined || valueAt(known, "policy") !== undefined) return known;
    const spot = { at: config.keyAt, path: pointerOf(["core", "bindings", key, "config"]) };
    report(problemAt(spot, "ARTIFACT_SCHEMA", "the key policy is absent", { hint: "call config policy" }));
    return put(reshape({ config: drop })(known), "policy", config.value);
  };
  return reshape({ ...all(["extensions", "parameters"], drop), core: reshape({ bindings: each(binding) }) })(document);
}

export function structureForm(document: Located): Located {
  const store = reshape(all(["record_type"], drop));
  return reshape({
    extensions: drop,
    core: reshape({
      ...all(["layer", "domain", "resolution", "isolation", "migration"], drop),
      entity_stores: each(store),
    }),
  })(document);
}
