import type { Word } from "../program/words.ts";
import type { Place } from "../project/open.ts";
import { incidentsIn } from "./incident.ts";
import { executionKey, recordedWithGraph, withStore, type WithGraph } from "./read-data.ts";
import { standingIn, waitingIn } from "./standing.ts";
import { taskRowsMax } from "./tasks.ts";

export interface Told {
  readonly kind: "signal" | "task-outcome" | "incident-outcome";
  readonly execution: string;
  /** The one place that it is for. */
  readonly at: string | undefined;
}

/** What an execution may be told as it stands now, and where that would be heard. Nothing, where nobody knows it. */
export async function tellable(
  place: Pick<Place, "dataRoot" | "trust">,
  { at, execution, kind }: Told,
): Promise<readonly Word[]> {
  if (kind === "task-outcome") return heardAt(await tasksOf(place, execution), at);
  const found = await recordedWithGraph(place, execution);
  if (!found.ok) return [];
  if (kind === "signal") return signalsIn(found.value);
  const incidents = incidentsIn(found.value.record, found.value.graph);
  const asking = incidents.map(({ code, outcomes, place: position }) => ({ place: position, summary: code, outcomes }));
  return heardAt(asking, at);
}

/** What is waited for now, and then what would be kept until it is. */
function signalsIn({ graph, record }: WithGraph): readonly Word[] {
  const standing = standingIn(graph, record.lines);
  if (standing.state.phase !== "running") return [];
  const waited = new Map(
    waitingIn(standing).flatMap((one) => (one.kind === "signal" ? [[one.signal, one.place] as const] : [])),
  );
  const others = Object.keys(graph.signals ?? {}).filter((name) => !waited.has(name));
  return [
    ...[...waited].map(([word, at]) => ({ word, says: `waited for at ${at}` })),
    ...others.toSorted().map((word) => ({ word, says: "kept until it is waited for" })),
  ];
}

interface Asking {
  readonly place: string;
  readonly summary: string;
  readonly outcomes: readonly string[];
}

/** No log is read for it. */
async function tasksOf(place: Pick<Place, "dataRoot">, execution: string): Promise<readonly Asking[]> {
  const key = executionKey(execution);
  if (!key.ok) return [];
  return withStore(place, [], (store) => store.tasks({ ...key.value, limit: taskRowsMax }));
}

/** Each outcome once, however many places would hear it. */
function heardAt(asking: readonly Asking[], at: string | undefined): readonly Word[] {
  const found = new Map<string, string>();
  for (const { outcomes, place, summary } of asking) {
    if (at !== undefined && place !== at) continue;
    for (const word of outcomes) if (!found.has(word)) found.set(word, `${summary} (${place})`);
  }
  return [...found].map(([word, says]) => ({ word, says }));
}
