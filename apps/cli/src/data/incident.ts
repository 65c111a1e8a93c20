import { decodeRecord, placeOf, type ExecutionEvent, type Graph } from "@omnibase/core";
import type { Recorded } from "./verified-record.ts";
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
  const standing = state.tokens.filter(({ stage }) => stage.kind === "incident");
  return standing.map(({ position }) => {
    const at = graph.places[placeOf(position)];
    return incidentAt(position, { chain, row, events }, at?.kind === "call" ? Object.keys(at.edges) : []);
  });
}

/** The same as far as the log alone tells: where the snapshot is gone, nobody knows which outcomes there are. */
export function incidentsSaid({ chain, lines, row }: Recorded): readonly Incident[] {
  const events = lines.map((line) => decodeRecord(line).event);
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "IncidentOpened") open.add(event.place);
    if (event.type === "IncidentResolved") open.delete(event.place);
  }
  return [...open].map((position) => incidentAt(position, { chain, row, events }, []));
}

interface Told extends Pick<Recorded, "chain" | "row"> {
  readonly events: readonly ExecutionEvent[];
}

function incidentAt(position: string, { chain, events, row }: Told, outcomes: readonly string[]): Incident {
  const index = events.findLastIndex((event) => event.type === "IncidentOpened" && event.place === position);
  const opened = events[index];
  if (opened?.type !== "IncidentOpened") throw new Error(`impossible: nobody opened the incident at ${position}`);
  const { attempt, code, detail, place } = opened;
  const { execution, workflow } = row;
  const since = chain.records[index]?.at ?? "";
  return { execution, workflow, place, code, detail, attempt, since, revision: index + 1, outcomes };
}
