import type { Actor } from "../artifact/actor.ts";
import type { Field, Fields } from "../graph/field.ts";
import { actorKey } from "../execution/principal.ts";
import { ownValue, present } from "../value/present.ts";
import type { LinkedIntentNode } from "./linked.ts";

/**
 * What the payload of a workflow holds: what its intent declares, and who sent it, where only actors may.
 *
 * Whoever plays one actor says nothing of another's attributes, so only what all of them require is certain to be there.
 */
export const payloadFields = ({ actors, intent }: LinkedIntentNode): Fields => ({
  ...present(intent).inputs,
  ...(actors === undefined ? {} : { [actorKey]: { type: "object", required: true, fields: attributesOf(actors) } }),
});

/** What may be read of whoever sent it. */
export function attributesOf(actors: readonly Actor[]): Fields {
  const names = new Set(actors.flatMap(({ attributes }) => Object.keys(attributes)));
  return Object.fromEntries([...names].map((name) => [name, inAll(name, actors)]));
}

function inAll(name: string, actors: readonly Actor[]): Field {
  const declared = actors.map(({ attributes }) => ownValue(attributes, name));
  const types = new Set(declared.flatMap((field) => (field === undefined ? [] : [field.type])));
  const isCertain = declared.every((field) => field?.required === true || field?.default !== undefined);
  const [type = "any"] = types.size === 1 ? types : [];
  return { type, required: isCertain };
}
