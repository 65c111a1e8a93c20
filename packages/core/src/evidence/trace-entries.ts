import type { DecodedRecord } from "../execution/decode.ts";
import type { ExecutionEvent, Failure } from "../execution/events.ts";
import type { Stage } from "../execution/state.ts";
import type { Graph } from "../graph/graph.ts";
import { instantText } from "../value/instant.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import type { ExecutionResult } from "./result.ts";
import type { TraceEntry, TraceKind, TraceProfile } from "./trace-entry.ts";
import {
  capabilitiesOf,
  capabilityOf,
  categoryOf,
  isNode,
  nodeAround,
  nodeTypeOf,
  placeAt,
  stepKindOf,
  workOf,
} from "./trace-words.ts";
import type { LeftMoment, Moment, Visit, Walk } from "./walk.ts";

export interface Telling {
  readonly graph: Graph;
  readonly profile: TraceProfile;
  readonly result: ExecutionResult;
  /** The id of the execution that a place with a child asks for. */
  readonly childAt: (position: string) => string;
  /** What a record says, as it says it. */
  readonly bodyOf: (revision: number) => JsonObject;
  /** The digest of a value that is too long to be shown. */
  readonly tooLong: (value: Json) => string | undefined;
}

interface Teller extends Telling {
  readonly entries: TraceEntry[];
  /** Contracts that are under way at the workflow's own level, and since when. */
  readonly entered: Map<string, number>;
}

export function entriesOf(walk: Walk, telling: Telling): readonly TraceEntry[] {
  const teller: Teller = { ...telling, entries: [], entered: new Map() };
  for (const moment of walk.moments) tell(teller, moment);
  if (telling.result.completed_at === null) tellStanding(teller, walk, walk.last);
  else tellEnd(teller, walk.last);
  return teller.entries;
}

function tell(teller: Teller, moment: Moment): void {
  switch (moment.kind) {
    case "record":
      tellRecord(teller, moment.record);
      return;
    case "arrived":
      tellArrived(teller, moment.visit);
      return;
    case "left":
      tellLeft(teller, moment);
  }
}

interface When {
  readonly revision: number;
  readonly atMs: number;
}

function say({ entries }: Teller, kind: TraceKind, { atMs, revision }: When, payload: JsonObject): void {
  entries.push({ kind, revision, at: instantText(atMs), payload });
}

/** What only the fuller profile says. */
function sayMore(teller: Teller, kind: TraceKind, when: When, payload: JsonObject): void {
  if (teller.profile === "ADVANCED") say(teller, kind, when, payload);
}

function tellRecord(teller: Teller, record: DecodedRecord): void {
  const { event } = record;
  switch (event.type) {
    case "Started":
      tellStart(teller, record);
      return;
    case "AttemptFailed":
    case "AttemptLost":
    case "IncidentOpened":
      tellError(teller, event, record);
      return;
    case "Passed":
    case "Settled":
    case "Completed":
      return;
    case "AttemptStarted":
    case "CancelRequested":
    case "Cancelled":
    case "Imported":
    case "IncidentResolved":
    case "LateAnswer":
    case "Signalled":
    case "TaskSettled":
    case "TimerFired":
      sayMore(teller, "audit_event", record, { audit_type: event.type, ...teller.bodyOf(record.revision) });
  }
}

function tellStart(teller: Teller, record: DecodedRecord): void {
  const { graph, profile, result } = teller;
  const { input = null, ...started } = teller.bodyOf(record.revision);
  say(teller, "execution_start", record, {
    workflow_code: codeIn(result.workflow),
    policy_profile: profile,
    trace_schema_version: "TRACE_SCHEMA_V1",
    ...started,
    ...valued(teller, "input", "input_digest", input),
  });
  const capabilities = capabilitiesOf(graph);
  sayMore(teller, "registry_dump", record, { capabilities, count: Object.keys(capabilities).length });
}

const codeIn = (identity: string): string => identity.slice(identity.indexOf("::") + 2);

type Failing = Extract<ExecutionEvent, { readonly type: "AttemptFailed" | "AttemptLost" | "IncidentOpened" }>;

/** What the world said of an attempt, and what a person has to decide. */
function tellError(teller: Teller, event: Failing, when: When): void {
  const { attempt, place: position, type } = event;
  const { code, message } = failureIn(event);
  const more = type === "AttemptFailed" ? { certainty: event.certainty, ...retryIn(event) } : {};
  say(teller, "error", when, {
    component: type === "IncidentOpened" ? "machine" : "handler",
    error_type: type,
    error_code: code,
    message,
    traceback: null,
    node_id: position,
    workflow: teller.result.workflow,
    node_category: categoryOf(placeAt(teller.graph, position)),
    attempt,
    ...more,
  });
}

function failureIn(event: Failing): Failure {
  if (event.type === "AttemptFailed") return event.failure;
  if (event.type === "IncidentOpened") return { code: event.code, message: event.detail };
  return { code: "ATTEMPT_LOST", message: "the process that made the attempt died before it said anything" };
}

const retryIn = ({ retryAtMs }: { readonly retryAtMs?: number }): JsonObject =>
  retryAtMs === undefined ? {} : { retry_at: instantText(retryAtMs) };

/** A node is what the author of the workflow wrote: a contract is one, whatever happens inside it. */
function tellArrived(teller: Teller, visit: Visit): void {
  const { entered, graph } = teller;
  const { arrivedMs: atMs, place: name, position, revision } = visit;
  const place = placeAt(graph, name);
  const when = { atMs, revision };
  if (place.kind === "exit") {
    const { node = name } = place;
    if (node !== null) say(teller, "node_start", when, { node_id: node, node_type: "exit" });
    return;
  }
  const scope = nodeAround(graph, visit);
  if (scope !== undefined && !entered.has(scope)) {
    entered.set(scope, atMs);
    const code = present(ownValue(graph.scopes, scope)).code;
    say(teller, "node_start", when, { node_id: scope, node_type: "capability_contract", capability_code: code });
    sayMore(teller, "capability_dispatch", when, { cc_code: code, node_id: scope });
  }
  const what = {
    capability_code: capabilityOf(graph, name, place),
    work: workOf(place.work),
    ...childOf(teller, visit),
  };
  const told = { ...what, ...inputsOf(teller, visit) };
  if (isNode(visit, place))
    say(teller, "node_start", when, { node_id: position, node_type: nodeTypeOf(place), ...told });
  else {
    const around = scope === undefined ? {} : { scope };
    const undoes = visit.undoes ? { undoes: true } : {};
    sayMore(teller, `${stepKindOf(place)}_start`, when, { node_id: position, ...around, ...undoes, ...told });
  }
}

function childOf({ childAt, graph }: Teller, { place, position }: Visit): JsonObject {
  const found = placeAt(graph, place);
  return found.kind === "call" && found.work.kind === "child" ? { child: childAt(position) } : {};
}

function inputsOf({ tooLong }: Telling, { inputs, notKept }: Visit): JsonObject {
  const digests = Object.entries(inputs).flatMap(([name, value]) => {
    const digest = tooLong(value);
    return digest === undefined ? [] : [[name, digest] as const];
  });
  const long = new Set(digests.map(([name]) => name));
  const shown =
    long.size === 0 ? inputs : Object.fromEntries(Object.entries(inputs).filter(([name]) => !long.has(name)));
  return {
    inputs: shown,
    ...(long.size === 0 ? {} : { input_digests: Object.fromEntries(digests) }),
    ...(notKept.length === 0 ? {} : { not_kept: notKept }),
  };
}

function valued({ tooLong }: Telling, name: string, digestName: string, value: Json): JsonObject {
  const digest = tooLong(value);
  return digest === undefined ? { [name]: value } : { [digestName]: digest };
}

/** A value that nobody reads any more stands in the log as its digest already. */
function outputsOf(teller: Telling, { digest, value }: Pick<LeftMoment, "digest" | "value">): JsonObject {
  if (value !== undefined) return valued(teller, "outputs", "digest", value);
  return digest === undefined ? {} : { digest };
}

function tellLeft(teller: Teller, moment: LeftMoment): void {
  const { left, record, returned, visit } = moment;
  const { entered, graph } = teller;
  const { arrivedMs, place: name, position } = visit;
  const { atMs } = record;
  const place = placeAt(graph, name);
  const status = left?.outcome ?? "CALLED_OFF";
  const ended = (since: number, outcome: string): JsonObject => ({ status: outcome, duration_ms: atMs - since });
  const outputs = outputsOf(teller, moment);
  if (place.kind === "exit") {
    const { node = name } = place;
    if (node !== null) say(teller, "node_end", record, { node_id: node, ...ended(arrivedMs, status) });
    return;
  }
  if (isNode(visit, place)) {
    if (status === "NACK") tellNack(teller, record, position);
    say(teller, "node_end", record, { node_id: position, ...ended(arrivedMs, status), ...outputs });
    return;
  }
  sayMore(teller, `${stepKindOf(place)}_end`, record, { node_id: position, ...ended(arrivedMs, status), ...outputs });
  const scope = nodeAround(graph, visit);
  const leaves = left === undefined ? "CALLED_OFF" : left.leaves;
  const since = scope === undefined ? undefined : entered.get(scope);
  if (scope === undefined || since === undefined || leaves === undefined) return;
  entered.delete(scope);
  const came = returned === undefined ? {} : valued(teller, "outputs", "digest", returned);
  say(teller, "node_end", record, { node_id: scope, ...ended(since, leaves), ...came });
}

function tellNack(teller: Teller, when: When, node: string): void {
  for (const { code, field, message } of teller.result.nack) {
    say(teller, "violation", when, { node_id: node, violation_code: code, message, field });
  }
}

function tellEnd(teller: Teller, when: When): void {
  const { class: exitClass, duration_ms, emitted, exit_node, exit_reason, outcome, outputs, status } = teller.result;
  say(teller, "workflow_complete", when, {
    status,
    duration_ms,
    exit_condition: status === "SUCCESS" ? "SUCCESS" : "FAILURE",
    exit_reason_code: exit_reason,
    class: exitClass,
    exit_node,
    outcome,
    ...valued(teller, "outputs", "outputs_digest", outputs),
    emitted,
  });
}

/** Where it stands, and why, as long as it is not over. */
function tellStanding(teller: Teller, { tokens }: Walk, when: When): void {
  const standing = tokens.map(({ position, stage }) =>
    Object.assign({ node_id: position, stage: stage.kind }, stageFacts(stage)),
  );
  say(teller, "context_snapshot", when, { status: teller.result.status, standing });
}

function stageFacts(stage: Stage): JsonObject {
  if (stage.kind === "incident") return { code: stage.code };
  const dueMs = stage.kind === "loop" ? stage.next?.dueMs : stage.kind === "waiting" ? stage.dueMs : undefined;
  return dueMs === undefined ? {} : { due_at: instantText(dueMs) };
}
