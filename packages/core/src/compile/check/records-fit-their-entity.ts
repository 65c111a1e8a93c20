import type { Step } from "../../artifact/contract.ts";
import type { Entity } from "../../artifact/entity.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Fields } from "../../graph/field.ts";
import { ownValue } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import { contractView } from "../contract-view.ts";
import { attributesAtFirst, attributesEver } from "../entity-rules.ts";
import { contractOf, withUndoing, type LinkedContract, type LinkedStep, type LinkedWorkflow } from "../linked.ts";
import type { ScopeView } from "../view.ts";
import { typesFit } from "./types-fit.ts";

/** What is written into a store that has an entity is one of its records, as far as declarations tell. */
export function recordsFitTheirEntity({ binding, nodes }: LinkedWorkflow): readonly Problem[] {
  if (binding === undefined || binding.entities.size === 0) return [];
  const contracts = new Set([...nodes.values()].flatMap((node) => contractOf(node) ?? []));
  return [...contracts].flatMap((linked) => ofContract(linked, binding.entities));
}

function ofContract(linked: LinkedContract, entities: ReadonlyMap<string, Entity>): readonly Problem[] {
  const written = withUndoing(linked.steps).flatMap((step) => {
    const entity = entities.get(step.step.store?.value ?? "");
    return entity === undefined ? [] : [{ step, entity }];
  });
  if (written.length === 0) return [];
  const view = contractView(linked);
  return written.flatMap(({ entity, step }) => ofStep(step, entity, view));
}

/** Which inputs of an operation are a record and what it stands under. */
const writers: { readonly [operation: string]: { readonly record: string; readonly key: string } } = {
  "registry.REGISTER": { record: "value", key: "key" },
  "document.WRITE": { record: "value", key: "key" },
  "append-only.APPEND": { record: "record", key: "stream_id" },
};

const removers: ReadonlySet<string> = new Set(["registry.DEREGISTER", "document.DELETE", "document.DELETE_MANY"]);

function ofStep({ callable, step }: LinkedStep, entity: Entity, view: ScopeView): readonly Problem[] {
  if (callable?.kind !== "store") return [];
  const operation = `${callable.store}.${callable.operation}`;
  if (callable.store === "name-registry") {
    return [problemAt(step.spot, code, `what stands under a name is addresses, and no ${entity.identity}`)];
  }
  if (removers.has(operation) && entity.lifecycle !== undefined) {
    return [problemAt(step.spot, "ENTITY_NOT_REMOVED", `${callable.operation} would remove a ${entity.identity}`)];
  }
  const at = { entity, step, view };
  if (operation === "document.UPDATE_WHERE") return recordFits("updates", optionally(attributesEver(entity)), at);
  const written = ownValue(writers, operation);
  if (written === undefined) return [];
  const { key, record } = written;
  const attributes = operation === "registry.REGISTER" ? attributesAtFirst(entity) : attributesEver(entity);
  return [...isBound(record, at), ...isBound(key, at), ...recordFits(record, attributes, at)];
}

interface Writing {
  readonly entity: Entity;
  readonly step: Step;
  readonly view: ScopeView;
}

function isBound(name: string, { entity, step }: Writing): readonly Problem[] {
  if (step.inputs.entries.has(name)) return [];
  const message = `a ${entity.identity} is written with ${name}`;
  return [problemAt(step.inputs.spot, code, message, { hint: `bind ${name}` })];
}

function recordFits(name: string, attributes: Fields, { step, view }: Writing): readonly Problem[] {
  const expression = step.inputs.entries.get(name)?.value;
  if (expression === undefined) return [];
  const expects = { name, field: { type: "object", required: true, fields: attributes }, code } as const;
  const sites = view.sites
    .filter((site) => site.expression === expression)
    .map(({ lookup, reader }) => ({ reader, expression, lookup, expects }));
  return typesFit({ ...view, sites });
}

const code = "ENTITY_RECORD_MISFIT";

const optionally = (attributes: Fields): Fields =>
  Object.fromEntries(Object.entries(attributes).map(([name, field]) => [name, { ...field, required: false }]));
