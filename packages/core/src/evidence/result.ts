import { admitSent } from "../execution/admit.ts";
import type { Nack } from "../execution/nack.ts";
import { decodeRecord } from "../execution/decode.ts";
import type { DecodedRecord } from "../execution/decode.ts";
import type { ExecutionEvent, Started } from "../execution/events.ts";
import { evolve } from "../execution/evolve.ts";
import { programOf } from "../execution/program.ts";
import { exchanged } from "../execution/secrecy.ts";
import type { Left, Program } from "../execution/program.ts";
import { unborn } from "../execution/state.ts";
import type { ExecutionState } from "../execution/state.ts";
import type { ExitClass, ExitPlace, Graph, OutcomeName, PlaceName } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { instantText } from "../value/instant.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { digestOf } from "../value/sha256.ts";
import type { Digest, Sha256 } from "../value/sha256.ts";

export const resultSchema = "omnibase-result/1";

/** What an execution came to, as other people's programs read it. The keys are fixed; what is not known yet is null. */
export interface ExecutionResult {
  readonly schema: typeof resultSchema;
  readonly execution: string;
  readonly workflow: string;
  readonly snapshot: Digest;
  readonly status: ResultStatus;
  readonly class: ExitClass | "cancelled" | null;
  readonly exit_node: PlaceName | null;
  readonly exit_reason: string | null;
  readonly outcome: OutcomeName | null;
  readonly route: readonly RouteNode[];
  readonly outputs: Json;
  readonly emitted: readonly string[];
  readonly nack: readonly Nack[];
  readonly problems: readonly ResultProblem[];
  readonly digests: { readonly input: Digest; readonly outputs: Digest | null; readonly head: Digest };
  readonly started_at: string;
  readonly completed_at: string | null;
  readonly duration_ms: number;
}

export type ResultStatus = "SUCCESS" | "FAILED" | "CANCELLED" | "WAITING" | "INCIDENT";

/** A node of the workflow as its author wrote it: a contract is one node, whatever happened inside it. */
export interface RouteNode {
  readonly node: string;
  readonly outcome: OutcomeName;
}

/** What went wrong on the way, also where the execution went on. */
export interface ResultProblem {
  readonly code: string;
  readonly message: string;
  readonly place: PlaceName;
  readonly attempt: number;
  readonly revision: number;
}

export interface ResultSource {
  readonly graph: Graph;
  /** The log as it stands, whole and verified. */
  readonly lines: readonly [string, ...string[]];
  readonly sha256: Sha256;
  /** As whoever drove it measured it. Without it, from the first record to the last. */
  readonly durationMs?: number;
}

/** Reads the result off a log. Nothing in it comes from elsewhere, so everyone who holds the log gets the same. */
export function resultOf({ graph, lines, sha256, durationMs }: ResultSource): ExecutionResult {
  const records = lines.map(decodeRecord);
  const walk = follow(graph, records);
  const { started } = walk;
  const digest = (value: Json): Digest => digestOf(sha256, canonical(value));
  const end = endOf(walk, graph);
  return {
    schema: resultSchema,
    execution: started.execution,
    workflow: started.workflow,
    snapshot: started.snapshot,
    ...end.known,
    route: walk.route,
    nack: nackOf(graph, walk),
    problems: records.flatMap(problemIn),
    digests: {
      input: digest(started.input),
      outputs: end.atMs === undefined ? null : digest(end.known.outputs),
      head: digestOf(sha256, present(lines.at(-1))),
    },
    started_at: instantText(started.atMs),
    completed_at: end.atMs === undefined ? null : instantText(end.atMs),
    duration_ms: durationMs ?? walk.lastMs - started.atMs,
  };
}

interface Walk {
  readonly started: Started;
  readonly state: ExecutionState;
  readonly last: ExecutionEvent;
  readonly lastMs: number;
  readonly route: readonly RouteNode[];
}

/** Folds the log like the machine does, and notes which node was left with which outcome. */
function follow(graph: Graph, records: readonly DecodedRecord[]): Walk {
  const route: RouteNode[] = [];
  const program: Program = { ...programOf(graph), left: (left) => void route.push(...nodeLeft(left)) };
  let state: ExecutionState = unborn;
  const [first] = records;
  if (first?.event.type !== "Started") throw new Error("impossible: a log that does not begin with a start");
  let last = first;
  for (const record of records) {
    state = evolve(program, state, record.event);
    last = record;
  }
  if (last.event.type === "Completed") route.push(...exitLeft(graph, last.event.exit));
  return { started: first.event, state, last: last.event, lastMs: last.atMs, route };
}

function exitLeft(graph: Graph, exit: PlaceName): readonly RouteNode[] {
  const { node = exit } = exitAt(graph, exit);
  return node === null ? [] : [{ node, outcome: "completed" }];
}

/**
 * Inside a contract, and in the rounds of a map or a loop, nothing is shown until all of it is left. A place whose name no
 * node can have was written by nobody.
 */
function nodeLeft({ isInScope, leaves, outcome, place, round, scope }: Left): readonly RouteNode[] {
  if (round !== "" || (isInScope && scope === undefined) || place.startsWith("/")) return [];
  return [{ node: scope ?? place, outcome: leaves ?? outcome }];
}

function exitAt({ places, workflow }: Graph, name: PlaceName): ExitPlace {
  const place = present(places[name]);
  if (place.kind !== "exit") throw new Error(`impossible: ${workflow} ended at ${name}, which is no exit`);
  return place;
}

/**
 * What the intent refused, if it was asked. It is pure, so it says today what it said then. Of what is secret nobody can
 * say it again: only where there is no other reason, it is named.
 */
function nackOf(graph: Graph, { route, started }: Walk): readonly Nack[] {
  const { input, principal } = started;
  const [first] = route;
  const place = first && ownValue(graph.places, first.node);
  if (place?.kind !== "call" || place.work.kind !== "admit") return [];
  const sealed = sealedIn(graph, started);
  const { nack } = admitSent(place.work, { received: input, principal });
  const told = nack.filter(({ field }) => !sealed.includes(field));
  if (told.length > 0 || first?.outcome !== "NACK") return told;
  return sealed.map((field) => ({
    field,
    code: "SECRET",
    message: `${field} is secret, or may be: why it was refused is not recorded`,
  }));
}

/** The names of what was sent, and is recorded sealed. */
function sealedIn(graph: Graph, started: Started): readonly string[] {
  const names: string[] = [];
  exchanged(graph, started, (pointer, value) => {
    names.push(
      pointer
        .slice("/input/".length)
        .replaceAll(/\/(\d+)(?=\/|$)/g, "[$1]")
        .replaceAll("/", "."),
    );
    return value;
  });
  return names;
}

interface End {
  readonly known: Pick<
    ExecutionResult,
    "status" | "class" | "exit_node" | "exit_reason" | "outcome" | "outputs" | "emitted"
  >;
  /** Absent where it has not ended. */
  readonly atMs?: number;
}

function endOf({ last, lastMs, state }: Walk, graph: Graph): End {
  if (last.type === "Completed") {
    const { class: exitClass, emitted, exit, outcome, outputs } = last;
    const { node = exit, reason } = exitAt(graph, exit);
    const status = exitClass === "completed" ? "SUCCESS" : "FAILED";
    const known = {
      status,
      class: exitClass,
      exit_node: node,
      exit_reason: reason,
      outcome,
      outputs,
      emitted,
    } as const;
    return { known, atMs: lastMs };
  }
  if (last.type === "Cancelled") {
    const known = { ...nothing, status: "CANCELLED", class: "cancelled", outcome: "CANCELLED" } as const;
    return { known: { ...known, exit_reason: "CANCELLED" }, atMs: lastMs };
  }
  const stands = state.phase === "running" && state.tokens.some(({ stage }) => stage.kind === "incident");
  return { known: { ...nothing, status: stands ? "INCIDENT" : "WAITING" } };
}

const nothing = { class: null, exit_node: null, exit_reason: null, outcome: null, outputs: {}, emitted: [] } as const;

function problemIn({ event, revision }: DecodedRecord): readonly ResultProblem[] {
  if (event.type === "IncidentOpened") {
    const { attempt, code, detail, place } = event;
    return [{ code, message: detail, place, attempt, revision }];
  }
  if (event.type !== "AttemptFailed") return [];
  const { attempt, failure, place } = event;
  return [{ code: failure.code, message: failure.message, place, attempt, revision }];
}
