import type { JsonObject } from "@omnibase/core";

/** What the documents of the API look like. The same ones are printed by the commands with `--json`. */

const text = { type: "string" } as const;
const texts = { type: "array", items: text } as const;
const number = { type: "number" } as const;
const count = { type: "integer", minimum: 0 } as const;
const orNull = (schema: { readonly type: string }): JsonObject => ({ ...schema, type: [schema.type, "null"] });
const list = (items: JsonObject): JsonObject => ({ type: "array", items });
const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** An object with all of these, and what later versions add. */
const shape = (properties: Readonly<Record<string, JsonObject>>): JsonObject => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

const document = (schema: string, properties: Readonly<Record<string, JsonObject>>): JsonObject =>
  shape({ schema: { const: schema }, ...properties });

const next = { type: ["integer", "null"], description: "`after` of the next page" };

const listedTask = shape({
  number: count,
  execution: text,
  workflow: text,
  place: text,
  summary: text,
  actors: texts,
  outcomes: texts,
  due_at: orNull(text),
});

const incident = {
  execution: text,
  workflow: text,
  place: text,
  code: text,
  detail: text,
  attempt: count,
  since: text,
  revision: count,
  outcomes: texts,
};

export const documents: Readonly<Record<string, JsonObject>> = {
  Problem: shape({ type: text, title: text, status: count, code: text, detail: text }),
  Result: document("omnibase-result/1", {
    execution: text,
    workflow: text,
    snapshot: text,
    status: { enum: ["SUCCESS", "FAILED", "CANCELLED", "WAITING", "INCIDENT"] },
    class: { enum: ["completed", "rejected", "failed", "cancelled", null] },
    exit_node: orNull(text),
    exit_reason: orNull(text),
    outcome: orNull(text),
    route: list(shape({ node: text, outcome: text })),
    outputs: {},
    emitted: texts,
    nack: list(shape({ field: text, code: text, message: text })),
    problems: list(shape({ code: text, message: text, place: text, attempt: count, revision: count })),
    digests: shape({ input: text, outputs: orNull(text), head: text }),
    started_at: text,
    completed_at: orNull(text),
    duration_ms: number,
    waiting: list(shape({ kind: text, place: text })),
  }),
  Started: document("omnibase-started/1", {
    execution: text,
    workflow: text,
    snapshot: text,
    existed: { type: "boolean" },
  }),
  Executions: document("omnibase-history/1", {
    executions: list(
      shape({
        number: count,
        execution: text,
        workflow: text,
        snapshot: text,
        status: text,
        principal: text,
        parent: orNull(text),
        class: orNull(text),
        outcome: orNull(text),
        started_at: text,
        ended_at: orNull(text),
      }),
    ),
    next,
  }),
  Tasks: document("omnibase-tasks/1", { tasks: list(listedTask), next }),
  Task: document("omnibase-task/1", {
    execution: text,
    workflow: text,
    place: text,
    summary: text,
    inputs: {},
    outcomes: texts,
    fields: { type: "object" },
    actors: texts,
    due_at: orNull(text),
  }),
  Incidents: document("omnibase-incidents/1", { incidents: list(shape({ number: count, ...incident })), next }),
  Incident: document("omnibase-incident/1", incident),
  Snapshot: document("omnibase-snapshot-view/1", {
    snapshot: text,
    keyid: text,
    workflows: texts,
    objects: { type: "object", additionalProperties: text },
    implementations: { type: "object", additionalProperties: text },
    authority: { type: "object" },
  }),
  Workflows: document("omnibase-workflows/1", {
    snapshot: text,
    workflows: list(
      shape({
        workflow: text,
        input: { type: "object" },
        signals: { type: "object" },
        routes: list(shape({ ingress: text, method: text, path: text })),
      }),
    ),
  }),
  Record: shape({ at: text, body: { type: "object" }, prev: orNull(text), revision: count, type: text }),
  Health: shape({ status: text }),
};

export const documentNamed = (name: string): JsonObject => {
  if (!Object.hasOwn(documents, name)) throw new Error(`impossible: there is no document ${name}`);
  return named(name);
};
