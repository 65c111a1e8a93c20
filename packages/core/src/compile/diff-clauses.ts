import type { Clause, EventsAsked } from "../entity/admission.ts";
import type { CallPlace } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import type { Allows } from "./diff-fields.ts";
import { clausesBound } from "./lower-admission.ts";

/** A demand on the past that is gone or weaker lets more through, and one that is new or stronger less. */
export interface ClauseChange {
  readonly allows: Allows;
  readonly message: string;
}

export const isGate = ({ work }: CallPlace): boolean => work.kind === "operate" && work.operation === "events.ADMIT";

export function clauseChanges(was: CallPlace, is: CallPlace): readonly ClauseChange[] {
  const [before, after] = [demandsOf(was), demandsOf(is)];
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((asked): readonly ClauseChange[] => {
    const [old, now] = [before.get(asked) ?? anything, after.get(asked) ?? anything];
    if (textOf(old) === textOf(now)) return [];
    const message = `asks for ${textOf(now)} of ${asked}, and asked for ${textOf(old)}`;
    return [{ allows: holds(now, old) ? "more" : holds(old, now) ? "less" : "unknown", message }];
  });
}

/** How many events there may be. */
interface Demand {
  readonly least: number;
  readonly most: number;
}

const anything: Demand = { least: 0, most: Infinity };

const holds = (outer: Demand, inner: Demand): boolean => outer.least <= inner.least && outer.most >= inner.most;

/** By what is asked for; two clauses about the same are one demand. */
function demandsOf({ inputs }: CallPlace): ReadonlyMap<string, Demand> {
  const demands = new Map<string, Demand>();
  for (const clause of clausesBound(inputs)) {
    const { at_least, at_most = Infinity } = clause;
    const { least, most } = demands.get(askedText(clause)) ?? anything;
    demands.set(askedText(clause), { least: Math.max(least, at_least), most: Math.min(most, at_most) });
  }
  return demands;
}

const askedText = ({ after, ...asked }: Clause): string =>
  after === undefined ? eventsText(asked) : `${eventsText(asked)} after ${eventsText(after)}`;

const eventsText = ({ event, where }: EventsAsked): string =>
  Object.keys(where).length === 0 ? event : `${event} ${canonical(where)}`;

function textOf({ least, most }: Demand): string {
  if (most === 0) return "none";
  if (most === Infinity) return least === 0 ? "any number" : `at least ${String(least)}`;
  return least === 0 ? `at most ${String(most)}` : `${String(least)} to ${String(most)}`;
}
