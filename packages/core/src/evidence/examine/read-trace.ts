import { isObject, type Json, type JsonObject } from "../../value/json.ts";
import { err, ok, type Result } from "../../value/result.ts";
import { digestOf, type Digest, type Sha256 } from "../../value/sha256.ts";
import type { Trace, TraceEntry, TraceKind } from "../trace.ts";

/** A trace as it was written to a file, and what it was made of. */
export interface ReadTrace {
  readonly trace: Trace;
  /** As it stands in the file. */
  readonly lines: readonly string[];
  /** What the execution was pinned to; where it stands the log says which records the trace knows. */
  readonly snapshot: string;
  readonly records: number;
}

/** `TRACE_UNREADABLE`: it is no trace of ours. `TRACE_TAMPERED`: it was one. */
export interface TraceRefusal {
  readonly code: "TRACE_UNREADABLE" | "TRACE_TAMPERED";
  readonly line: number;
  readonly detail: string;
}

/** Reads the lines of a trace, and verifies that each follows from the one before. */
export function readTrace(text: string, sha256: Sha256): Result<ReadTrace, TraceRefusal> {
  const lines = text.replace(/\n$/, "").split("\n");
  const entries: TraceEntry[] = [];
  let execution = "";
  let prev: Digest | undefined;
  for (const [index, line] of lines.entries()) {
    const at = index + 1;
    const read = lineIn(line);
    if (typeof read === "string") return err({ code: "TRACE_UNREADABLE", line: at, detail: read });
    execution = index === 0 ? read.execution : execution;
    prev ??= digestOf(sha256, execution);
    if (read.execution !== execution || read.sequence !== at || read.prev !== prev) {
      return err({ code: "TRACE_TAMPERED", line: at, detail: "it does not follow from the line before" });
    }
    prev = digestOf(sha256, line);
    entries.push(read.entry);
  }
  return wholeOf(execution, entries, lines);
}

interface Line {
  readonly execution: string;
  readonly sequence: number;
  readonly prev: string;
  readonly entry: TraceEntry;
}

const keys = [
  "trace_schema_version",
  "event_type",
  "timestamp",
  "execution_id",
  "sequence",
  "revision",
  "payload",
  "prev_hash",
];

/** The line, or what is wrong with it. */
function lineIn(line: string): Line | string {
  const value = jsonIn(line);
  if (value === undefined) return "it is not JSON";
  if (!isObject(value) || Object.keys(value).join() !== keys.join()) return "it has other keys than a line of a trace";
  const {
    event_type: kind,
    execution_id: execution,
    payload,
    prev_hash: prev,
    revision,
    sequence,
    timestamp: at,
  } = value;
  if (value["trace_schema_version"] !== "V1") return "it is of another version than V1";
  if (typeof execution !== "string" || typeof at !== "string" || typeof prev !== "string") return "it lacks a text";
  if (typeof sequence !== "number" || typeof revision !== "number") return "it lacks a number";
  if (typeof kind !== "string" || !isKind(kind)) return "its event_type is unknown";
  if (payload === undefined || !isObject(payload)) return "its payload is no object";
  const lacks = needed[kind].find((name) => payload[name] === undefined);
  if (lacks !== undefined) return `a ${kind} has no ${lacks}`;
  return { execution, sequence, prev, entry: { kind, revision, at, payload } };
}

function jsonIn(line: string): Json | undefined {
  try {
    const value: Json = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}

/** What every entry of a kind says. */
const needed: { readonly [Kind in TraceKind]: readonly string[] } = {
  execution_start: ["workflow_code", "policy_profile", "trace_schema_version", "workflow", "snapshot"],
  registry_dump: ["capabilities"],
  node_start: ["node_id", "node_type"],
  node_end: ["node_id", "status"],
  capability_dispatch: ["cc_code", "node_id"],
  transform_start: ["node_id"],
  transform_end: ["node_id", "status"],
  side_effect_start: ["node_id"],
  side_effect_end: ["node_id", "status"],
  violation: ["node_id", "violation_code", "message"],
  error: ["node_id", "error_type", "error_code", "message"],
  audit_event: ["audit_type"],
  context_snapshot: ["status", "standing"],
  workflow_complete: ["status", "class"],
};

const isKind = (name: string): name is TraceKind => Object.hasOwn(needed, name);

function wholeOf(
  execution: string,
  entries: readonly TraceEntry[],
  lines: readonly string[],
): Result<ReadTrace, TraceRefusal> {
  const [first] = entries;
  const last = entries.at(-1);
  const { policy_profile: profile, snapshot, workflow } = startIn(first);
  if (typeof workflow !== "string" || typeof snapshot !== "string") {
    return err({ code: "TRACE_UNREADABLE", line: 1, detail: "it begins with no execution_start" });
  }
  if (last?.kind !== "workflow_complete" && last?.kind !== "context_snapshot") {
    const detail = "it ends with no workflow_complete, and does not say where it stands";
    return err({ code: "TRACE_UNREADABLE", line: lines.length, detail });
  }
  const trace: Trace = { execution, workflow, profile: profile === "BASIC" ? "BASIC" : "ADVANCED", entries };
  return ok({ trace, lines, snapshot, records: last.revision });
}

const startIn = (first: TraceEntry | undefined): JsonObject => (first?.kind === "execution_start" ? first.payload : {});
