import type { Admission, ClauseText, EventsText } from "../artifact/admission.ts";
import type { EventArtifact } from "../artifact/event.ts";
import type { Expression } from "../artifact/expression.ts";
import { identityOf } from "../artifact/fqdn.ts";
import { entriesOf, type At, type Entry, type Table } from "../artifact/reader.ts";
import type { Spot } from "../artifact/spot.ts";
import { findNear, type Finder } from "./find.ts";

/** An admission whose events have been found, and in which every clause says itself what it asks for. */
export interface LinkedAdmission {
  readonly spot: Spot;
  readonly clauses: readonly LinkedClause[];
  /** What is bound for an event that no clause takes it from. */
  readonly unused: readonly Spot[];
}

export interface LinkedClause {
  /** `requires[0]`, for whoever is denied. */
  readonly name: string;
  readonly asked: LinkedEvents;
  readonly after: LinkedEvents | undefined;
  readonly atLeast: At<number>;
  readonly atMost: At<number> | undefined;
}

export interface LinkedEvents {
  readonly spot: Spot;
  readonly identity: string;
  readonly event: EventArtifact | undefined;
  /** Field of the event → the value that it must have. */
  readonly where: readonly Entry<Expression>[];
}

/** Follows what an admission names. Codes without a namespace are those of the workflow's own. */
export function linkAdmission(admission: Admission, namespace: string, finder: Finder): LinkedAdmission {
  const near = (name: string): string => (name.includes("::") ? name : identityOf(namespace, name));
  const bound = new Map(entriesOf(admission.bindings).map((entry) => [near(entry.key), entry]));
  const used = new Set<string>();

  function eventsOf({ event, spot, where }: EventsText): LinkedEvents {
    const identity = near(event.value);
    if (where === undefined) used.add(identity);
    const found = findNear({ ...event, from: namespace }, "event", finder);
    return {
      spot,
      identity,
      event: found,
      where: where === undefined ? boundBy(bound.get(identity)) : entriesOf(where),
    };
  }

  const clauseOf = (clause: ClauseText, name: string): LinkedClause => ({
    name,
    asked: eventsOf(clause),
    after: clause.after && eventsOf(clause.after),
    ...boundsOf(clause, name),
  });

  const { forbids, requires, spot } = admission;
  const clauses = [
    ...requires.map((clause, index) => clauseOf(clause, `requires[${String(index)}]`)),
    ...forbids.map((clause, index) => clauseOf(clause, `forbids[${String(index)}]`)),
  ];
  return { spot, clauses, unused: [...bound].flatMap(([identity, entry]) => (used.has(identity) ? [] : [entry.spot])) };
}

/** `bindings` names fields of the payload, as the published dialect does. */
const boundBy = (bound: Entry<Table<At<string>>> | undefined): readonly Entry<Expression>[] =>
  (bound === undefined ? [] : entriesOf(bound.value)).map(({ key, spot, value }) => ({
    key,
    spot,
    value: { kind: "path", root: "payload", path: [value.value], spot: value.spot },
  }));

/** What is required is there once at least; what is forbidden is not there. */
function boundsOf(
  { atLeast, atMost, spot }: ClauseText,
  name: string,
): { readonly atLeast: At<number>; readonly atMost: At<number> | undefined } {
  if (name.startsWith("forbids")) return { atLeast: { value: 0, spot }, atMost: { value: 0, spot } };
  // Who says only how many there may be at most means that there may be none.
  return { atLeast: atLeast ?? { value: atMost === undefined ? 1 : 0, spot }, atMost };
}
