import { edgesOf, err, ok, type Graph, type Json, type Result } from "@omnibase/core";
import type { ExecutionRow, ExecutionStatus, Store } from "@omnibase/spi";
import { documentOf, type Refused } from "../edge/report.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { incidentsIn, incidentsSaid, type Incident } from "./incident.ts";
import { tenant } from "./layout.ts";
import { recordedIn, type GraphFor } from "./read-data.ts";
import { type Recorded } from "./verified-record.ts";

export interface Search {
  readonly store: Store;
  readonly graphFor: GraphFor;
  /** What cannot be looked into is said, and keeps nobody from seeing the rest. */
  readonly warn: (line: string) => void;
}

/** Where several stand at once, one may stand still while the others go on: the status is then theirs. */
export async function incidentsFound({ graphFor, store, warn }: Search): Promise<readonly Incident[]> {
  const found: Incident[] = [];
  for (const status of ["incident", "open", "parked"] as const) {
    for await (const row of rowsWith(store, status)) {
      const graph = await graphFor(row);
      if (graph.ok && status !== "incident" && !maySplit(graph.value)) continue;
      if (!graph.ok) warn(graph.error.message);
      if (!graph.ok && status !== "incident") continue;
      const record = await recordedIn(store, row);
      if (!record.ok) warn(record.error.message);
      else found.push(...(graph.ok ? incidentsIn(record.value, graph.value) : incidentsSaid(record.value)));
    }
  }
  return found.toSorted((a, b) => (a.since < b.since ? 1 : -1));
}

const rowsPerLook = 1_000;

async function* rowsWith(store: Store, status: ExecutionStatus): AsyncGenerator<ExecutionRow> {
  let before: number | undefined;
  for (;;) {
    const older = before === undefined ? {} : { before };
    const rows = await store.list({ tenant, status, limit: rowsPerLook, ...older });
    yield* rows;
    if (rows.length < rowsPerLook) return;
    before = rows.at(-1)?.number;
  }
}

/** Whether an execution of it may stand at several places at once. */
function maySplit({ places, scopes }: Graph): boolean {
  const ways = [
    ...Object.values(places).flatMap(edgesOf),
    ...Object.values(scopes).flatMap(({ exits }) => Object.values(exits)),
  ];
  const isParallel = Object.values(places).some(
    (place) => place.kind === "call" && place.work.kind === "map" && place.work.parallel > 1,
  );
  return isParallel || ways.some((way) => "also" in way);
}

export const incidentsDocument = (incidents: readonly Incident[]): Json =>
  documentOf("omnibase-incidents/1", { incidents });

export interface OpenIncident {
  readonly incident: Incident;
  /** Whether it is the only one that is open there. */
  readonly alone: boolean;
}

/** At a place, or the only one. */
export function incidentIn(record: Recorded, graph: Graph, place: string | undefined): Result<OpenIncident, Refused> {
  const open = incidentsIn(record, graph);
  const [incident, ...others] = place === undefined ? open : open.filter((one) => one.place === place);
  if (incident === undefined) return err({ exit: 4, code: "NO_INCIDENT", message: "no incident is open there" });
  if (others.length > 0) {
    return err(refusedByOwner({ code: "PLACE_AMBIGUOUS", places: open.map((one) => one.place) }));
  }
  return ok({ incident, alone: open.length === 1 });
}

export const incidentDocument = (incident: Incident): Json => documentOf("omnibase-incident/1", incident);
