import { edgesOf, ok, printable, type Graph, type Result } from "@omnibase/core";
import type { ExecutionRow, ExecutionStatus, Store } from "@omnibase/spi";
import { incidentsIn, incidentsSaid, type Incident } from "../data/incident.ts";
import { tenant } from "../data/layout.ts";
import { graphOf, recordedIn, withStore } from "../data/read-data.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Context } from "../program/command.ts";
import { openPlace, type Place } from "../project/open.ts";

/** Whatever waits for a person. */
export const command: Command = async (given, context) => {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const search: Search = { context, graphs: new Map(), place: place.value };
  const found = await withStore<readonly Incident[]>(place.value, [], (store) => incidentsOf(search, store));
  const incidents = found.toSorted((a, b) => (a.since < b.since ? 1 : -1));
  const lines = incidents.map(({ code, execution, place: where, since }) =>
    [since, code, execution, where].map((text) => printable(text)).join("  "),
  );
  const text = lines.length === 0 ? "no incidents" : lines.join("\n");
  return ok({ exit: 0, document: documentOf("omnibase-incidents/1", { incidents }), text });
};

interface Search {
  readonly context: Context;
  readonly place: Place;
  /** Each is loaded once, however many executions are pinned to it. */
  readonly graphs: Map<string, Promise<Result<Graph, Refused>>>;
}

/** Where several stand at once, one may stand still while the others go on: the status is then theirs. */
async function incidentsOf(search: Search, store: Store): Promise<readonly Incident[]> {
  const found: Incident[] = [];
  for (const status of ["incident", "open", "parked"] as const) {
    for await (const row of rowsWith(store, status)) {
      const graph = await graphFor(search, row);
      if (graph.ok && status !== "incident" && !maySplit(graph.value)) continue;
      if (!graph.ok) search.context.warn(graph.error.message);
      if (!graph.ok && status !== "incident") continue;
      const record = await recordedIn(store, row);
      if (!record.ok) search.context.warn(record.error.message);
      else found.push(...(graph.ok ? incidentsIn(record.value, graph.value) : incidentsSaid(record.value)));
    }
  }
  return found;
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

function graphFor({ graphs, place }: Search, row: ExecutionRow): Promise<Result<Graph, Refused>> {
  const name = `${row.snapshot}\n${row.workflow}`;
  const graph = graphs.get(name) ?? graphOf(place, row);
  graphs.set(name, graph);
  return graph;
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
