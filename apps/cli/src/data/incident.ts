import { placeOf, type Graph } from "@omnibase/core";
import type { Recorded } from "./read-data.ts";
import { standingIn } from "./standing.ts";

/** What stands still, as a person must see it to decide. */
export interface Incident {
  readonly execution: string;
  readonly workflow: string;
  /** The position: a place with the rounds that lead to it. */
  readonly place: string;
  readonly code: string;
  readonly detail: string;
  readonly attempt: number;
  readonly since: string;
  readonly revision: number;
  /** With which it could go on. */
  readonly outcomes: readonly string[];
}

/** Every incident that is open. Others may go on beside it. */
export function incidentsIn({ chain, lines, row }: Recorded, graph: Graph): readonly Incident[] {
  const { events, state } = standingIn(graph, lines);
  if (state.phase !== "running") return [];
  const { execution, workflow } = row;
  return state.tokens.flatMap(({ position, stage }) => {
    if (stage.kind !== "incident") return [];
    const index = events.findLastIndex((event) => event.type === "IncidentOpened" && event.place === position);
    const opened = events[index];
    if (opened?.type !== "IncidentOpened") throw new Error(`impossible: nobody opened the incident at ${position}`);
    const { attempt, code, detail, place } = opened;
    const since = chain.records[index]?.at ?? "";
    const at = graph.places[placeOf(place)];
    const outcomes = at?.kind === "call" ? Object.keys(at.edges) : [];
    return [{ execution, workflow, place, code, detail, attempt, since, revision: index + 1, outcomes }];
  });
}
