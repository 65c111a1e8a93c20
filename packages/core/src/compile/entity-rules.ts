import { nextIn, type Entity } from "../artifact/entity.ts";
import type { Step } from "../artifact/contract.ts";
import { entityInput } from "../entity/lawful.ts";
import type { Bindings } from "../graph/binding.ts";
import type { EntityRules } from "../graph/entity.ts";
import type { Fields } from "../graph/field.ts";
import { present } from "../value/present.ts";
import type { LinkedBinding } from "./linked.ts";

/** What an operation on a store is told of the records there; `{}`: nothing is known of them. */
export function entityBindings({ store }: Step, binding: LinkedBinding | undefined): Bindings {
  const entity = store && binding?.entities.get(store.value);
  return entity === undefined ? {} : { [entityInput]: { kind: "literal", value: entityRules(entity) } };
}

/** The entity, as what is written is checked against it. */
function entityRules(entity: Entity): EntityRules {
  const { knownBy, lifecycle } = entity;
  const rules = { identity: knownBy.value, attributes: attributesEver(entity) };
  if (lifecycle === undefined) return rules;
  const next = [...nextIn(lifecycle)].map(([stage, others]) => [stage, [stage, ...others]] as const);
  const { field, initial } = lifecycle;
  return { ...rules, lifecycle: { field: field.value, initial: initial.value, next: Object.fromEntries(next) } };
}

const stagesOf = ({ lifecycle }: Entity): readonly string[] =>
  (lifecycle?.stages.value ?? []).map(({ value }) => value);

/** What a record has that is at one of these stages. */
function attributesAt({ attributes, lifecycle }: Entity, stages: readonly string[]): Fields {
  if (lifecycle === undefined) return attributes;
  const { value: field } = lifecycle.field;
  return { ...attributes, [field]: { ...present(attributes[field]), enum: stages } };
}

/** What a record is that is written for the first time, and what it may be whenever it is written. */
export const attributesAtFirst = (entity: Entity): Fields =>
  attributesAt(entity, entity.lifecycle === undefined ? [] : [entity.lifecycle.initial.value]);
export const attributesEver = (entity: Entity): Fields => attributesAt(entity, stagesOf(entity));
