import { decodeRecord } from "../execution/decode.ts";
import { effectKey } from "../execution/requests.ts";
import type { Graph } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { executionIdOf } from "../value/execution-id.ts";
import { limits } from "../value/limits.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { present } from "../value/present.ts";
import type { Digest, Sha256 } from "../value/sha256.ts";
import { digestOf } from "../value/sha256.ts";
import { resultOf } from "./result.ts";
import { entriesOf } from "./trace-entries.ts";
import type { TraceEntry, TraceProfile } from "./trace-entry.ts";
import { walkOf } from "./walk.ts";

export type { TraceEntry, TraceKind, TraceProfile } from "./trace-entry.ts";

/** What an execution did, as people and their tools read it. It is made from the log, and says nothing that is not there. */
export interface Trace {
  readonly execution: string;
  readonly workflow: string;
  readonly profile: TraceProfile;
  readonly entries: readonly TraceEntry[];
}

export interface TraceSource {
  readonly graph: Graph;
  /** The log as it stands, whole and verified. */
  readonly lines: readonly [string, ...string[]];
  readonly sha256: Sha256;
  /** Absent: `ADVANCED`. */
  readonly profile?: TraceProfile;
}

/** Tells the story of a log. Whoever holds the log and the graph tells the same. */
export function traceOf({ graph, lines, profile = "ADVANCED", sha256 }: TraceSource): Trace {
  const walk = walkOf(graph, lines.map(decodeRecord));
  const result = resultOf({ graph, lines, sha256 });
  const { execution, workflow } = walk.started;
  const childAt = (position: string): string =>
    executionIdOf(walk.started.tenant, effectKey(sha256, walk.started, position), sha256);
  const bodyOf = (revision: number): JsonObject => bodyIn(present(lines[revision - 1]));
  const tooLong = (value: Json): Digest | undefined => {
    const text = canonical(value);
    return text.length > limits.traceValueCharsMax ? digestOf(sha256, text) : undefined;
  };
  const telling = { graph, profile, result, childAt, bodyOf, tooLong };
  return { execution, workflow, profile, entries: entriesOf(walk, telling) };
}

function bodyIn(line: string): JsonObject {
  const { body }: { readonly body: JsonObject } = JSON.parse(line);
  return body;
}

/** One line an entry, without its end. Each line names the digest of the one before; the first that of the id. */
export function traceLines({ entries, execution }: Trace, sha256: Sha256): readonly string[] {
  let prev: Digest = digestOf(sha256, execution);
  return entries.map(({ at, kind, payload, revision }, index) => {
    const line = JSON.stringify({
      trace_schema_version: "V1",
      event_type: kind,
      timestamp: at,
      execution_id: execution,
      sequence: index + 1,
      revision,
      payload,
      prev_hash: prev,
    });
    prev = digestOf(sha256, line);
    return line;
  });
}
