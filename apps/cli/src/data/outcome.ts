import { ok, replyTo, type Replies, type Result } from "@omnibase/core";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { exitOf, resultText } from "../text/result-text.ts";
import { replyDocument, replyText } from "./door.ts";
import { graphOf, recorded, resultIn } from "./read-data.ts";
import { standingIn, waitingIn } from "./standing.ts";
import type { WriteTrace } from "./tracing.ts";

export interface Beside {
  /** Files that were written, relative to the data root. */
  readonly files?: readonly string[];
  /** Present where the trace is to be written. */
  readonly writeTrace?: WriteTrace;
  /** As `whereGiven` says it. */
  readonly where: string;
  /** As whoever waited measured it. */
  readonly ms?: number;
  /** Present where whoever asked came in by a door: then what is told is what is said there. */
  readonly replies?: Replies | undefined;
  /** Whether programs are told what is waited for, too: the keys of a result are fixed where others read it. */
  readonly tellsWaiting?: true;
}

/** What an execution came to, as it stands in the store. */
export async function outcomeOf(
  place: Pick<Place, "dataRoot" | "trust">,
  execution: string,
  { files = [], ms, replies, tellsWaiting, where, writeTrace }: Beside,
): Promise<Result<Report, Refused>> {
  const record = await recorded(place, execution);
  if (!record.ok && record.error.code === "EXECUTION_REMOVED") {
    const { removedReport, tombstoneOf } = await import("./removed.ts");
    const tombstone = await tombstoneOf(place, execution);
    return tombstone === undefined ? record : ok(removedReport(tombstone, place, where));
  }
  if (!record.ok) return record;
  const graph = await graphOf(place, record.value.row);
  if (!graph.ok) return graph;
  const result = resultIn(graph.value, record.value, ms);
  const isOver = result.completed_at !== null;
  const waiting = isOver ? [] : waitingIn(standingIn(graph.value, record.value.lines));
  const traces = (await writeTrace?.(graph.value, record.value.lines)) ?? [];
  const text = resultText(result, { files, traces, dataRoot: place.dataRoot, waiting, where });
  if (replies !== undefined) {
    const said = replyTo(replies, result);
    const document = replyDocument(execution, said);
    return ok({ exit: exitOf(result), document, text: `${replyText(said)}\n${text}` });
  }
  const { schema, ...facts } = result;
  const document = documentOf(schema, tellsWaiting === true ? { ...facts, waiting } : facts);
  return ok({ exit: exitOf(result), document, text });
}
