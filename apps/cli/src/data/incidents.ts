import { edgesOf, err, limits, ok, type Graph, type Json, type Result } from "@omnibase/core";
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

/** A page of what stands still: of the newest execution first, and of several in one the newest first. */
export interface IncidentsPage {
  readonly incidents: readonly ListedIncident[];
  /** The number behind which the next page begins. */
  readonly next: number | null;
}

interface ListedIncident extends Incident {
  readonly number: number;
}

export interface IncidentsAsked {
  readonly after?: number;
  readonly limit: number;
}

export const incidentRowsMax = 1_000;

/** An execution has fewer records, so an incident has a number of its own: of its execution, and of its record there. */
const recordsSpan = 2 * limits.executionEventsMax;

/** No more is looked at than it takes to know that there is another one. */
export async function incidentsPage(search: Search, { after, limit }: IncidentsAsked): Promise<IncidentsPage> {
  const found: ListedIncident[] = [];
  const before = after === undefined ? undefined : Math.floor(after / recordsSpan) + 1;
  for await (const row of rowsStanding(search.store, before)) {
    const listed: ListedIncident[] = [];
    for (const incident of await incidentsOf(row, search)) {
      const number = row.number * recordsSpan + incident.revision;
      if (after === undefined || number < after) listed.push({ number, ...incident });
    }
    found.push(...listed.toSorted((a, b) => b.number - a.number));
    if (found.length > limit) break;
  }
  const incidents = found.slice(0, limit);
  return { incidents, next: found.length > limit ? (incidents.at(-1)?.number ?? null) : null };
}

/** Where several stand at once, one may stand still while the others go on: the status is then theirs. */
async function incidentsOf(row: ExecutionRow, { graphFor, store, warn }: Search): Promise<readonly Incident[]> {
  const graph = await graphFor(row);
  if (graph.ok && row.status !== "incident" && !maySplit(graph.value)) return [];
  if (!graph.ok) warn(graph.error.message);
  if (!graph.ok && row.status !== "incident") return [];
  const record = await recordedIn(store, row);
  if (record.ok) return graph.ok ? incidentsIn(record.value, graph.value) : incidentsSaid(record.value);
  warn(record.error.message);
  return [];
}

/** Whatever has not ended, newest first. */
async function* rowsStanding(store: Store, before: number | undefined): AsyncGenerator<ExecutionRow> {
  const ways = (["incident", "open", "parked"] as const).map((status) => rowsWith(store, status, before));
  const heads = await Promise.all(ways.map((way) => way.next()));
  let last = Number.POSITIVE_INFINITY;
  for (;;) {
    const rows = heads.map((head) => (head.done === true ? undefined : head.value));
    const newest = rows.reduce((a, b) => ((b?.number ?? 0) > (a?.number ?? 0) ? b : a));
    if (newest === undefined) return;
    const from = rows.indexOf(newest);
    // One that changes meanwhile may stand in two lists.
    if (newest.number < last) yield newest;
    last = Math.min(last, newest.number);
    const next = await ways[from]?.next();
    if (next !== undefined) heads[from] = next;
  }
}

const rowsPerLook = 1_000;

async function* rowsWith(
  store: Store,
  status: ExecutionStatus,
  from: number | undefined,
): AsyncGenerator<ExecutionRow, undefined> {
  let before = from;
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

export const incidentsDocument = ({ incidents, next }: IncidentsPage): Json =>
  documentOf("omnibase-incidents/1", { incidents, next });

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
