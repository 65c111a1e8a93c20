import type { Field, Fields } from "../graph/field.ts";
import { ownValue } from "../value/present.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { plainFields, recordedFields } from "./field.ts";
import { anything, list, mapped, name, optional, required, saying, shape, table, text } from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import { described, type Describe } from "./schema.ts";
import { problemAt, type Spot } from "./spot.ts";

/** What the records of a store are. */
export interface Entity extends Named {
  readonly kind: "entity";
  /** The attribute by which a record is known. */
  readonly knownBy: At<string>;
  readonly attributes: Fields;
  readonly lifecycle: DeclaredLifecycle | undefined;
}

/** The stages of a record's life. Without transitions it goes on through them in their order, and may leave some out. */
export interface DeclaredLifecycle {
  readonly spot: Spot;
  readonly field: At<string>;
  readonly stages: At<readonly At<string>[]>;
  readonly initial: At<string>;
  readonly terminal: At<readonly At<string>[]>;
  readonly transitions: Table<At<readonly At<string>[]>> | undefined;
}

const lifecycle: Reader<DeclaredLifecycle> = shape({
  field: required(text),
  stages: required(list(name)),
  initial: required(name),
  terminal: required(list(name)),
  transitions: optional(table(list(name))),
});

/** What an entity means to people. */
const prose = saying(() => ({ description: "For people. Nothing executes it." }), anything);

/** A record is stored as it is written. */
const attributes: Reader<Table<Field>> = mapped(recordedFields, (read, here) => {
  for (const { key, spot, value } of read.entries.values()) {
    if (!hasDefault(value)) continue;
    const hint = "take it out; where a workflow fills something in, its intent says so";
    here.report(problemAt(spot, "ENTITY_CONTRADICTION", `${key} has a default, which no record ever gets`, { hint }));
  }
  return read;
});

const hasDefault = ({ any_of: ways = [], default: value, fields: inner = {}, items, others }: Field): boolean =>
  value !== undefined ||
  [items, others, ...ways, ...Object.values(inner)].some((one) => one !== undefined && hasDefault(one));

const document = shape({
  entity_code: required(code),
  ...envelope,
  core: required(
    shape({
      identity: required(shape({ field: required(text) })),
      attributes: required(attributes),
      lifecycle: optional(lifecycle),
      semantics: optional(prose),
      relationships: optional(prose),
      invariants: optional(prose),
    }),
  ),
});

export const entitySchema: Describe = (parts) => described(document, parts);

export function readEntity(here: Here, named: Named): Entity | undefined {
  const read = document(here)?.core;
  if (read === undefined) return undefined;
  const declared = plainFields(read.attributes);
  const wrong: Wrong = (at, message, hint) => {
    here.report(problemAt(at, "ENTITY_CONTRADICTION", message, { hint }));
  };
  isRequiredText(read.identity.field, declared, wrong);
  if (read.lifecycle !== undefined) lifeIsSound(read.lifecycle, declared, wrong);
  return { kind: "entity", ...named, knownBy: read.identity.field, attributes: declared, lifecycle: read.lifecycle };
}

type Wrong = (at: Spot, message: string, hint: string) => void;

function isRequiredText({ spot, value }: At<string>, declared: Fields, wrong: Wrong): void {
  const field = ownValue(declared, value);
  if (field === undefined) wrong(spot, `${value} is no attribute`, "name one of the attributes");
  else if (field.type !== "string" || !field.required)
    wrong(spot, `${value} may be absent, or be no text`, requiredText);
}

const requiredText = "declare the attribute as { type: string, required: true }";

function lifeIsSound(life: DeclaredLifecycle, declared: Fields, wrong: Wrong): void {
  const { field, initial, stages, terminal, transitions } = life;
  isRequiredText(field, declared, wrong);
  const known = new Set<string>();
  for (const { spot, value } of stages.value) {
    if (known.has(value)) wrong(spot, `${value} is a stage already`, "take it out");
    known.add(value);
  }
  if (ownValue(declared, field.value)?.enum !== undefined) {
    wrong(field.spot, `${field.value} has an enum, and the stages say the same`, "take the enum out");
  }
  if (terminal.value.length === 0) wrong(terminal.spot, "no stage is the last", "name the stages at which a life ends");
  const ways = [...(transitions?.entries.values() ?? [])];
  const named = [initial, terminal.value, ways.map(({ key, spot }) => ({ value: key, spot }))].concat(
    ways.map(({ value }) => value.value),
  );
  const strange = named.flat().filter(({ value }) => !known.has(value));
  for (const { spot, value } of strange)
    wrong(spot, `${value} is none of the stages`, "add it to the stages, or correct its spelling");
  if (strange.length === 0) everyStageIsLived(life, wrong);
}

function everyStageIsLived(life: DeclaredLifecycle, wrong: Wrong): void {
  const { initial, stages, terminal, transitions } = life;
  const next = nextIn(life);
  const ends = new Set(terminal.value.map(({ value }) => value));
  for (const { key, spot } of transitions?.entries.values() ?? []) {
    if (ends.has(key))
      wrong(spot, `a life ends at ${key}, so nothing follows it`, "take it out here, or among the terminal stages");
  }
  const reached = new Set([initial.value]);
  for (const stage of reached) for (const to of next.get(stage) ?? []) reached.add(to);
  for (const { spot, value } of stages.value) {
    if (!reached.has(value)) wrong(spot, `no life comes to ${value}`, "let a stage lead to it, or take it out");
    else if (next.get(value)?.length === 0)
      wrong(spot, `no life goes on from ${value}`, "let a stage follow it, or name it as terminal");
  }
}

/** Which other stages may follow each that is not the last. */
export function nextIn({ stages, terminal, transitions }: DeclaredLifecycle): ReadonlyMap<string, readonly string[]> {
  const order = stages.value.map(({ value }) => value);
  const ends = new Set(terminal.value.map(({ value }) => value));
  return new Map(
    order
      .filter((stage) => !ends.has(stage))
      .map((stage) => {
        const declared = transitions?.entries.get(stage)?.value.value.map(({ value }) => value) ?? [];
        return [stage, transitions === undefined ? order.slice(order.indexOf(stage) + 1) : declared];
      }),
  );
}
