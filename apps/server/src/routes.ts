import type { Field, Fields } from "@omnibase/core";
import { limits } from "@omnibase/core";
import { show, start } from "./executions.ts";
import { alive, ready } from "./health.ts";
import type { AnswerSpec, RouteSpec } from "./route.ts";

const text = (more: Partial<Field> = {}): Field => ({ type: "string", required: false, ...more });
const name = text({ required: true, min_length: 1, max_length: 2 * limits.idCharsMax + 2 });
const id = text({ min_length: 1, max_length: limits.idCharsMax });
const value: Field = { type: "any", required: false, nullable: true };

const starts: Fields = { workflow: name, input: value, execution: id };

const result: AnswerSpec = { says: "what the execution came to" };
const underWay: AnswerSpec = { says: "it was begun and has not ended" };

/**
 * The API. Paths stay: other people's programs are written against them.
 *
 *   POST /v1/executions                         start, and wait for the end for as long as `Prefer: wait` says
 *   GET  /v1/executions/{execution}             the result, or where it stands
 *   GET  /livez · /readyz                       for whoever looks after the process
 */
export const apiRoutes: readonly RouteSpec[] = [
  {
    method: "POST",
    path: "/v1/executions",
    id: "startExecution",
    summary: "Start an execution, and wait for its end",
    headers: ["idempotency-key", "prefer", "omnibase-principal"],
    body: { fields: starts },
    answers: { 200: result, 202: underWay },
    commands: true,
    handle: start,
  },
  {
    method: "GET",
    path: "/v1/executions/{execution}",
    id: "showExecution",
    summary: "Show what an execution came to, or what it waits for",
    headers: ["prefer"],
    answers: { 200: result },
    handle: show,
  },
  {
    method: "GET",
    path: "/livez",
    id: "livez",
    summary: "Say that the process is there",
    answers: { 200: { says: "it is there" } },
    open: true,
    handle: alive,
  },
  {
    method: "GET",
    path: "/readyz",
    id: "readyz",
    summary: "Say whether requests are taken",
    answers: { 200: { says: "they are" } },
    open: true,
    handle: ready,
  },
];
