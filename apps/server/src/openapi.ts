import type { Field, Fields, Json, JsonObject } from "@omnibase/core";
import { documentNamed, documents } from "./documents.ts";
import { problemType } from "./problem.ts";
import type { AnswerSpec, BodySpec, HeaderName, RouteSpec } from "./route.ts";
import { schemaOf, schemaOfField } from "./schemas.ts";

export interface Described {
  readonly version: string;
  /** Whether a token is asked for. */
  readonly guarded: boolean;
}

/** The OpenAPI 3.1 document of the routes that are served. */
export function openapiOf(routes: readonly RouteSpec[], { guarded, version }: Described): JsonObject {
  const paths = new Map<string, Record<string, Json>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? {};
    paths.set(route.path, { ...methods, [route.method.toLowerCase()]: operationOf(route, guarded) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "OmniBase", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths: Object.fromEntries(paths),
    components: {
      schemas: documents,
      ...(guarded ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
    },
  };
}

function operationOf(route: RouteSpec, guarded: boolean): JsonObject {
  const { answers, body, headers = [], id, open, query = {}, summary } = route;
  const parameters = [...pathParameters(route), ...queryParameters(query), ...headers.map(headerParameter)];
  const responses = Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)] as const);
  return {
    operationId: id,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBodyOf(body) }),
    responses: { ...Object.fromEntries(responses), default: refused },
    ...(guarded && open !== true ? { security: [{ token: [] }] } : {}),
  };
}

const refused: JsonObject = {
  description: "why it was not done",
  content: { [problemType]: { schema: documentNamed("Problem") } },
};

const requestBodyOf = ({ fields, optional }: BodySpec): JsonObject => ({
  required: optional !== true,
  content: { "application/json": { schema: schemaOf(fields) } },
});

const responseOf = ({ says, schema, type = "application/json" }: AnswerSpec): JsonObject => ({
  description: says,
  content: { [type]: schema === undefined ? {} : { schema } },
});

const pathParameters = ({ path }: RouteSpec): readonly JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

const queryParameters = (fields: Fields): readonly JsonObject[] =>
  Object.entries(fields).map(([name, field]: readonly [string, Field]) => ({
    name,
    in: "query",
    required: field.required,
    schema: schemaOfField(field),
  }));

/** What each header says. */
const headers: { readonly [Name in HeaderName]: { readonly name: string; readonly description: string } } = {
  "idempotency-key": { name: "Idempotency-Key", description: "the same key again is the same execution, or signal" },
  prefer: { name: "Prefer", description: "respond-async: do not wait; wait=N: for so many seconds" },
  "last-event-id": { name: "Last-Event-ID", description: "the revision that was seen last" },
  "omnibase-principal": { name: "Omnibase-Principal", description: "who asks, for the log; or as which actor" },
};

const headerParameter = (name: HeaderName): JsonObject => ({
  ...headers[name],
  in: "header",
  required: false,
  schema: { type: "string" },
});
