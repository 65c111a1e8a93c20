import type { Field, Fields } from "@omnibase/core";
import { limits } from "@omnibase/core";
import { cancel, completeTask, resolveIncident, signal } from "./commands.ts";
import { documentNamed } from "./documents.ts";
import { follow } from "./events.ts";
import { listWorkflows, log, publicKey, receipt, showSnapshot } from "./evidence.ts";
import { show, start } from "./executions.ts";
import { alive, document, metrics, ready } from "./health.ts";
import { doorLimits } from "./limits.ts";
import { classes, listExecutions, listIncidents, listTasks, showIncident, showTask, statuses } from "./listings.ts";
import type { AnswerSpec, RouteSpec } from "./route.ts";

const text = (more: Partial<Field> = {}): Field => ({ type: "string", required: false, ...more });
const required = { required: true, min_length: 1 } as const;

const id = text({ min_length: 1, max_length: limits.idCharsMax });
const identity = text({ min_length: 1, max_length: 2 * limits.idCharsMax + 2 });
const outcome = text({ min_length: 1, max_length: limits.idCharsMax });
const place = text({ min_length: 1, max_length: 10 * limits.idCharsMax });
const value: Field = { type: "any", required: false, nullable: true };

const instant = text({ format: "date-time" });

const page: Fields = {
  limit: { type: "integer", required: false, minimum: 1, maximum: doorLimits.pageRowsMax },
  after: { type: "integer", required: false, minimum: 1 },
};

const said = (name: string, says: string): AnswerSpec => ({ says, schema: documentNamed(name) });
const result: AnswerSpec = said("Result", "what the execution came to");
const waits: AnswerSpec = said("Result", "it has not ended");
const begun = documentNamed("Started");
const asks = ["prefer", "omnibase-principal"] as const;

const one = "/v1/executions/{execution}";

/** Executions: they are begun, looked at, and spoken to. */
const executions: readonly RouteSpec[] = [
  {
    method: "POST",
    path: "/v1/executions",
    id: "startExecution",
    summary: "Start an execution, and wait for its end",
    headers: ["idempotency-key", ...asks],
    body: { fields: { workflow: { ...identity, ...required }, input: value, execution: id } },
    answers: { 200: result, 202: { says: waits.says, schema: { anyOf: [begun, documentNamed("Result")] } } },
    commands: true,
    handle: start,
  },
  {
    method: "GET",
    path: "/v1/executions",
    id: "listExecutions",
    summary: "List executions, newest first",
    query: {
      workflow: identity,
      status: text({ enum: statuses }),
      class: text({ enum: classes }),
      outcome,
      principal: text({ min_length: 1, max_length: limits.principalCharsMax }),
      parent: id,
      since: instant,
      until: instant,
      ...page,
    },
    answers: { 200: said("Executions", "a page of them") },
    handle: listExecutions,
  },
  {
    method: "GET",
    path: one,
    id: "showExecution",
    summary: "Show what an execution came to, or what it waits for",
    headers: ["prefer"],
    answers: { 200: result },
    handle: show,
  },
  {
    method: "GET",
    path: `${one}/events`,
    id: "followExecution",
    summary: "Follow the records of an execution as they are committed, until its end",
    query: { after: { type: "integer", required: false, minimum: 0 } },
    headers: ["last-event-id"],
    answers: {
      200: { says: "records; the id of each is its revision", type: "text/event-stream" },
      204: { says: "there is nothing more, and never will be" },
    },
    handle: follow,
  },
  {
    method: "POST",
    path: `${one}/signals`,
    id: "signalExecution",
    summary: "Say something to an execution that waits for it, or will",
    headers: ["idempotency-key", ...asks],
    body: { fields: { name: { ...id, ...required }, value } },
    answers: { 200: result, 202: waits },
    commands: true,
    handle: signal,
  },
  {
    method: "POST",
    path: `${one}/cancel`,
    id: "cancelExecution",
    summary: "Cancel an execution",
    headers: asks,
    body: { fields: { reason: text({ min_length: 1, max_length: 1_000 }) }, optional: true },
    answers: { 200: result, 202: waits },
    commands: true,
    handle: cancel,
  },
];

/** What people and agents are asked to do, and to decide. */
const people: readonly RouteSpec[] = [
  {
    method: "GET",
    path: "/v1/tasks",
    id: "listTasks",
    summary: "List what people and agents are asked to do, oldest first",
    query: { actor: identity, execution: id, ...page },
    answers: { 200: said("Tasks", "a page of them") },
    handle: listTasks,
  },
  {
    method: "GET",
    path: `${one}/task`,
    id: "showTask",
    summary: "Show what is to be done, with what, by whom and until when",
    query: { place },
    answers: { 200: said("Task", "the task that is open there") },
    handle: showTask,
  },
  {
    method: "POST",
    path: `${one}/task`,
    id: "completeTask",
    summary: "Say how a task ended; with its place, saying it again changes nothing",
    headers: asks,
    body: { fields: { outcome: { ...outcome, ...required }, output: value, place } },
    answers: { 200: result, 202: waits },
    commands: true,
    handle: completeTask,
  },
  {
    method: "GET",
    path: "/v1/incidents",
    id: "listIncidents",
    summary: "List what cannot go on by itself, of the newest execution first",
    query: page,
    answers: { 200: said("Incidents", "a page of them") },
    handle: listIncidents,
  },
  {
    method: "GET",
    path: `${one}/incident`,
    id: "showIncident",
    summary: "Show what stands still, and why",
    query: { place },
    answers: { 200: said("Incident", "the incident that is open there") },
    handle: showIncident,
  },
  {
    method: "POST",
    path: `${one}/incident`,
    id: "resolveIncident",
    summary: "Say what happened, or what shall happen",
    headers: asks,
    body: {
      fields: {
        resolution: text({ required: true, enum: ["done", "not-done", "retry"] }),
        outcome,
        output: value,
        place,
      },
    },
    answers: { 200: result, 202: waits },
    commands: true,
    handle: resolveIncident,
  },
];

/** What proves what happened, and what is served. */
const evidence: readonly RouteSpec[] = [
  {
    method: "GET",
    path: `${one}/log`,
    id: "readLog",
    summary: "The log of an execution, byte for byte",
    answers: { 200: { says: "one record a line", type: "application/x-ndjson" } },
    handle: log,
  },
  {
    method: "GET",
    path: `${one}/receipt`,
    id: "signReceipt",
    summary: "The signed receipt of an execution that has ended",
    answers: { 200: { says: "a DSSE envelope", schema: { type: "object" } } },
    handle: receipt,
  },
  {
    method: "GET",
    path: "/v1/key",
    id: "showKey",
    summary: "The public key that receipts are verified with",
    answers: { 200: { says: "in PEM", type: "application/x-pem-file" } },
    handle: publicKey,
  },
  {
    method: "GET",
    path: "/v1/snapshot",
    id: "showSnapshot",
    summary: "Show what is served, and what it may touch",
    answers: { 200: said("Snapshot", "the snapshot") },
    handle: showSnapshot,
  },
  {
    method: "GET",
    path: "/v1/workflows",
    id: "listWorkflows",
    summary: "List what can be started, with what, and by which routes",
    answers: { 200: said("Workflows", "all of them") },
    handle: listWorkflows,
  },
];

/** For whoever looks after the process. */
const operation: readonly RouteSpec[] = [
  {
    method: "GET",
    path: "/livez",
    id: "livez",
    summary: "Say that the process is there",
    answers: { 200: said("Health", "it is there") },
    open: true,
    handle: alive,
  },
  {
    method: "GET",
    path: "/readyz",
    id: "readyz",
    summary: "Say whether requests are taken",
    answers: { 200: said("Health", "they are") },
    open: true,
    handle: ready,
  },
  {
    method: "GET",
    path: "/metrics",
    id: "metrics",
    summary: "Figures, as Prometheus reads them",
    answers: { 200: { says: "text", type: "text/plain" } },
    handle: metrics,
  },
  {
    method: "GET",
    path: "/openapi.json",
    id: "openapi",
    summary: "This document",
    answers: { 200: { says: "OpenAPI 3.1", schema: { type: "object" } } },
    handle: document,
  },
];

/**
 * The API. Paths stay as they are: other people's programs are written against them.
 *
 *   POST /v1/executions                       start; waits for the end as long as `Prefer: wait=N` or `respond-async` says
 *   GET  /v1/executions                       ?workflow= &status= &class= &outcome= &principal= &parent= &since= &until= &limit= &after=
 *   GET  /v1/executions/{execution}           the result, or where it stands; `Prefer: wait=N` waits
 *   GET  /v1/executions/{execution}/events    text/event-stream or application/x-ndjson; `Last-Event-ID` or ?after=
 *   POST /v1/executions/{execution}/signals   {name, value?}; `Idempotency-Key` is its id
 *   POST /v1/executions/{execution}/cancel    {reason?}
 *   GET  /v1/tasks                            ?actor= &execution= &limit= &after=
 *   GET  /v1/executions/{execution}/task      ?place=
 *   POST /v1/executions/{execution}/task      {outcome, output?, place?}
 *   GET  /v1/incidents                        ?limit= &after=
 *   GET  /v1/executions/{execution}/incident  ?place=
 *   POST /v1/executions/{execution}/incident  {resolution: done|not-done|retry, outcome?, output?, place?}
 *   GET  /v1/executions/{execution}/log       GET /v1/executions/{execution}/receipt       GET /v1/key
 *   GET  /v1/snapshot                         GET /v1/workflows
 *   GET  /livez · /readyz · /metrics · /openapi.json
 */
export const apiRoutes: readonly RouteSpec[] = [...executions, ...people, ...evidence, ...operation];
