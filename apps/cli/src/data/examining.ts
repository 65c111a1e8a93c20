import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  err,
  examine,
  ok,
  readTrace,
  traceLines,
  traceOf,
  withChildren,
  type Examination,
  type Examined,
  type Graph,
  type ReadTrace,
  type Result,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { readPlainFile } from "@omnibase/infra/files";
import type { Refused } from "../edge/report.ts";
import type { Place } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";
import { graphOf, recorded, recordedWithGraph, type WithGraph } from "./read-data.ts";

/** One that was examined with those that it asked for, and the snapshot that they are all pinned to. */
export interface ExaminedHere {
  readonly examined: Examined;
  readonly snapshot: string;
}

type Where = Pick<Place, "dataRoot" | "trust">;

/** The execution of an id. Its log is verified before anything is said of it. */
export async function examinedById(place: Where, id: string): Promise<Result<ExaminedHere, Refused>> {
  const found = await recordedWithGraph(place, id);
  if (!found.ok) return found;
  const own = examinationOf(found.value);
  return ok({ examined: await followed(place, own, [own.execution]), snapshot: found.value.record.row.snapshot });
}

/** The execution of a trace file; a folder is that of one trace. Without a place the trace alone tells. */
export async function examinedByTrace(place: Where | undefined, path: string): Promise<Result<ExaminedHere, Refused>> {
  const file = traceFileAt(path);
  const read = readTrace(Buffer.from(readPlainFile(file)).toString(), sha256);
  if (!read.ok) {
    const { code, detail, line } = read.error;
    const message = `Trace parse error: ${shownPath(file)}:${String(line)}: ${detail}`;
    return err({ exit: code === "TRACE_TAMPERED" ? 5 : 1, code, message, facts: { line } });
  }
  const { snapshot, trace } = read.value;
  if (place === undefined) return ok({ examined: withChildren(examine(trace), []), snapshot });
  const graph = await graphOf(place, { snapshot, workflow: trace.workflow });
  const differs = graph.ok ? await differenceFromLog(place, graph.value, read.value) : undefined;
  if (differs !== undefined) return err({ ...differs, message: `${shownPath(file)} ${differs.message}` });
  const own = examine(trace, graph.ok ? graph.value : undefined);
  return ok({ examined: await followed(place, own, [own.execution]), snapshot });
}

/** Whether an argument names a file or a folder, and so no execution. */
export const isPath = (cwd: string, named: string): boolean =>
  statSync(resolve(cwd, named), { throwIfNoEntry: false }) !== undefined || /[/\\]|\.jsonl$/.test(named);

function traceFileAt(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path;
  const file = readdirSync(path).find((name) => name.endsWith(".jsonl"));
  return join(path, file ?? "");
}

/** A trace says what the log says, as far as the log had come. Nothing where there is no log to compare it with. */
async function differenceFromLog(
  place: Where,
  graph: Graph,
  { lines, records, trace }: ReadTrace,
): Promise<Refused | undefined> {
  const record = await recorded(place, trace.execution);
  if (!record.ok) return record.error.exit === 3 ? undefined : record.error;
  const [first, ...rest] = record.value.lines;
  const log = [first, ...rest.slice(0, records - 1)] as const;
  const { profile } = trace;
  const told = traceLines(traceOf({ graph, lines: log, sha256, profile }), sha256);
  const at = lines.findIndex((line, index) => line !== told[index]);
  if (at < 0 && lines.length === told.length) return undefined;
  const line = (at < 0 ? lines.length : at) + 1;
  return {
    exit: 5,
    code: "TRACE_TAMPERED",
    message: `says at line ${String(line)} what the log does not`,
    hint: `\`omnibase trace ${trace.execution}\` makes it again`,
    facts: { line },
  };
}

const examinationOf = ({ graph, record: { lines } }: WithGraph): Examination =>
  examine(traceOf({ graph, lines, sha256 }), graph);

/** Workflows ask for workflows only so deep, and a log that says otherwise is followed no further. */
const deepMax = 16;

/** With what was asked for, as far as it is at hand. What cannot be read is left to whoever asks for it by its id. */
async function followed(place: Where, own: Examination, above: readonly string[]): Promise<Examined> {
  const examined: Examined[] = [];
  for (const id of above.length > deepMax ? [] : own.children) {
    if (above.includes(id)) continue;
    const found = await recordedWithGraph(place, id);
    if (found.ok) examined.push(await followed(place, examinationOf(found.value), [...above, id]));
  }
  return withChildren(own, examined);
}
