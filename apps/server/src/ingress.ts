import { admit, ok, refusedAt, replyTo } from "@omnibase/core";
import type { Result, Route, Said, Snapshot } from "@omnibase/core";
import type { Door } from "./door.ts";
import { begin, executionFor, settled } from "./executions.ts";
import type { Refusal } from "./port.ts";
import type { Answer, AnswerSpec, Asked, RouteSpec } from "./route.ts";
import { json } from "./route.ts";

/** The doors that the snapshot declares: what is let in there, and what is said to whoever came in. */
export const ingressRoutes = ({ routes = {} }: Snapshot): readonly RouteSpec[] =>
  Object.entries(routes).map(([ingress, route]) => ({
    method: route.method,
    path: route.path,
    id: ingress,
    summary: `Come in to ${route.workflow}`,
    headers: ["idempotency-key", "prefer", "omnibase-principal"],
    body: { fields: route.admits, raw: true },
    answers: answersOf(route),
    commands: true,
    handle: (asked, door) => enter(route, asked, door),
  }));

/** Which of them stand where the API does. */
export const reservedRoutes = (
  { routes = {} }: Pick<Snapshot, "routes">,
  own: readonly RouteSpec[],
): readonly string[] =>
  Object.entries(routes)
    .filter(([, { path }]) => path.startsWith("/v1/") || own.some((one) => one.path === path))
    .map(([ingress]) => ingress);

function answersOf({ replies: { classes, exits } }: Route): RouteSpec["answers"] {
  const declared = Object.entries({ ...classes, ...exits });
  const statuses = new Set(declared.map(([, { status }]) => status));
  const meant = (status: number): AnswerSpec => ({
    says: declared.flatMap(([name, reply]) => (reply.status === status ? [name] : [])).join(", "),
  });
  const underWay = { says: "it was begun, and waits for something or someone" };
  return {
    202: underWay,
    400: { says: "what was sent is not let in" },
    ...Object.fromEntries([...statuses].map((status) => [status, meant(status)])),
  };
}

async function enter(route: Route, asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { nack, payload } = admit(route.admits, asked.body);
  if (nack.length > 0) return ok(answerOf(refusedAt(nack)));
  const execution = executionFor(door, asked);
  if (!execution.ok) return execution;
  const { replies, workflow } = route;
  const { principal } = asked;
  const begun = await begin(door, { execution: execution.value, workflow, input: payload, principal });
  if (!begun.ok) return begun;
  await settled(door, execution.value, asked);
  const result = await door.parts.evidence.result(execution.value);
  return result.ok ? ok(answerOf(replyTo(replies, result.value), execution.value)) : result;
}

/** Statuses that say that no body follows. */
const bare: ReadonlySet<number> = new Set([204, 205, 304]);

function answerOf({ body, status }: Said, execution?: string): Answer {
  const more = execution === undefined ? {} : { execution, headers: { location: `/v1/executions/${execution}` } };
  return bare.has(status) ? { status, body: { kind: "none" }, ...more } : json(status, body, more);
}
