import type { Located } from "../value/located.ts";
import { all, drop, entryAt, map, put, reshape, scalar, textAt, valueAt } from "./reshape.ts";
import { fieldForm, fieldsForm } from "./world-form.ts";

/** Those that have no code key of their own say by their code what they are. */
const codeKeys: readonly (readonly [prefix: string, key: string])[] = [
  ["TI_", "ti_code"],
  ["TE_", "te_code"],
  ["AC_", "ac_code"],
  ["ENTITY_", "entity_code"],
];

/** The same under the key that we know it by. */
export function underOwnCode(document: Located): Located {
  const entry = entryAt(document, "artifact_code");
  const code = textAt(document, "artifact_code") ?? "";
  const key = codeKeys.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (entry === undefined || key === undefined) return document;
  return put(reshape({ artifact_code: drop })(document), key, entry.value);
}

/** What says nothing that anyone executes. */
const besides = all(["artifact_type", "artifact_kind", "extensions", "governed_by"], drop);

export const actorForm = (document: Located): Located =>
  versioned(reshape({ ...besides, core: reshape({ attributes: fieldsForm }) })(document));

export const ingressForm = (document: Located): Located =>
  versioned(
    reshape({
      ...besides,
      core: reshape({
        outcomes: drop,
        route: reshape({ content_type: drop }),
        admission_schema: fieldsForm,
      }),
    })(document),
  );

/** Attributes are a list there, and those of identity and stage are what every record has. */
export function entityForm(document: Located): Located {
  const core = valueAt(document, "core");
  const needed = new Set([textAt(core, "identity", "field"), textAt(core, "lifecycle", "field")]);
  const attributes = (listed: Located): Located => {
    if (listed.kind !== "list") return listed;
    const named = listed.items.flatMap((item) => {
      const name = textAt(item, "name");
      if (name === undefined) return [];
      const field = fieldForm(reshape(all(["name"], drop))(item));
      return [[name, needed.has(name) ? put(field, "required", scalar(true, item)) : field] as const];
    });
    return map(Object.fromEntries(named), listed);
  };
  const identity = reshape(all(["type", "unique"], drop));
  return versioned(reshape({ ...besides, core: reshape({ attributes, identity, projection: drop }) })(document));
}

/** They are all of the first version, and some do not say so. */
const versioned = (document: Located): Located =>
  document.kind !== "map" || entryAt(document, "version") !== undefined
    ? document
    : put(document, "version", scalar("v0", document));
