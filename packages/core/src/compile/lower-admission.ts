import type { Expression, PathExpression } from "../artifact/expression.ts";
import { clausesInput, clausesOf } from "../entity/admission.ts";
import type { Clause, EventsAsked } from "../entity/admission.ts";
import { eventStore } from "../entity/events.ts";
import { actorKey } from "../execution/principal.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { CallPlace, Edge, ExitClass, ExitPlace, Place, PlaceName } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { ownValue, present } from "../value/present.ts";
import type { LinkedAdmission, LinkedClause, LinkedEvents } from "./link-admission.ts";

/** The gate of a workflow with an admission. No node of it may be called so. */
export const admissionPlace = "ADMISSION";

type Places = readonly (readonly [PlaceName, Place])[];

/** One operation on the store of events, and an exit for who is denied. */
export interface Gate {
  readonly place: PlaceName;
  readonly clauses: readonly Clause[];
  /** What the clauses name, each by the name that they use. */
  readonly values: Bindings;
  /** Where it leads when it opens. */
  readonly admitted: Edge;
  /** Where it leads when something that is asked for has no value. Absent: that cannot be. */
  readonly missing?: Edge;
  /** What a denial means. */
  readonly class: ExitClass;
}

export function gatePlaces({ admitted, clauses, class: meaning, missing, place, values }: Gate): Places {
  const gate: CallPlace = {
    kind: "call",
    work: { kind: "operate", capability: "admission", operation: "events.ADMIT", store: eventStore },
    inputs: { ...values, [clausesInput]: { kind: "literal", value: clauses } },
    required: Object.keys(values),
    ...(missing === undefined ? {} : { missing }),
    outcomes: ["ADMITTED", "DENIED"],
    edges: { ADMITTED: admitted, DENIED: { to: `${place}/DENIED` } },
  };
  return [
    [place, gate],
    [
      `${place}/DENIED`,
      { ...deniedExit(meaning), outputs: { denied: { kind: "result", of: place, path: ["denied"] } } },
    ],
  ];
}

/** What a gate asks for, read off its place again. */
export function clausesBound(inputs: Bindings): readonly Clause[] {
  const bound = ownValue(inputs, clausesInput);
  return clausesOf(bound?.kind === "literal" ? bound.value : undefined);
}

/** No author wrote it, so it has no node. */
export const deniedExit = (meaning: ExitClass): ExitPlace => ({
  kind: "exit",
  class: meaning,
  reason: "ADMISSION_DENIED",
  outcome: "ADMISSION_DENIED",
  outputs: {},
  node: null,
});

/**
 * The gate stands behind the intent: nobody learns what happened who may not ask, or asks for nothing that can be. Where
 * the intent would have led, the gate leads.
 */
export function behindGate(name: PlaceName, start: CallPlace, { clauses }: LinkedAdmission): Places {
  const values = clauses.flatMap(({ after, asked }) => [...asked.where, ...(after?.where ?? [])]);
  const gate = gatePlaces({
    place: admissionPlace,
    clauses: clauses.map(clauseOf),
    values: Object.fromEntries(values.map(({ value }) => [inputName(value), valueOf(value)])),
    admitted: present(start.edges["ACK"]),
    class: "rejected",
  });
  return [[name, { ...start, edges: { ...start.edges, ACK: { to: admissionPlace } } }], ...gate];
}

const clauseOf = ({ after, asked, atLeast, atMost, name }: LinkedClause): Clause => ({
  clause: name,
  ...askedOf(asked),
  at_least: atLeast.value,
  ...(atMost === undefined ? {} : { at_most: atMost.value }),
  ...(after === undefined ? {} : { after: askedOf(after) }),
});

const askedOf = ({ identity, where }: LinkedEvents): EventsAsked => ({
  event: identity,
  where: Object.fromEntries(where.map(({ key, value }) => [key, inputName(value)])),
});

/** The checks let paths into the payload and literals through, and their spellings cannot be confused. */
const inputName = (value: Expression): string =>
  value.kind === "literal" ? canonical(value.value) : payloadName(pathOf(value));

export const payloadName = (path: readonly string[]): string => ["$.payload", ...path].join(".");

const valueOf = (value: Expression): Binding =>
  value.kind === "literal" ? { kind: "literal", value: value.value } : { kind: "payload", path: pathOf(value) };

/** Where the payload holds what a path reads: what was sent, and who sent it. */
export function payloadPath({ path, root }: PathExpression): readonly string[] | undefined {
  if (root === "actor") return [actorKey, ...path];
  return root === "payload" ? path : undefined;
}

function pathOf(value: Expression): readonly string[] {
  const path = value.kind === "path" ? payloadPath(value) : undefined;
  if (path === undefined) throw new Error("impossible: an admission asks for what is neither sent nor written");
  return path;
}
