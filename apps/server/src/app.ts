import { err, ok, parseIdentifier } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Door, Leaving } from "./door.ts";
import { holderIn, isMeant } from "./guard.ts";
import type { Guard } from "./guard.ts";
import { keyIn, principalIn, waitIn } from "./headers.ts";
import { readBody, readQuery } from "./input.ts";
import { logged, requestIdIn } from "./log.ts";
import type { Refusal } from "./port.ts";
import { problemOf, problemType, refusal, statusOf } from "./problem.ts";
import type { Answer, Asked, RouteSpec } from "./route.ts";

/** What the server knows of a request beside the request; absent in tests without a socket. */
interface Bindings {
  readonly incoming?: { readonly url?: string; readonly rawHeaders: readonly string[] };
}

export type App = Hono<{ Bindings: Bindings }>;
type Call = Context<{ Bindings: Bindings }>;

/** Everything between a request and its answer. Nothing is thrown out of it. */
export function appOf(door: Door, guard: Guard, routes: readonly RouteSpec[]): App {
  const app: App = new Hono({ strict: true });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    methods.set(path, [...(methods.get(path) ?? []), route.method]);
    app.on(route.method, path, (call) => respond(door, guard, { call, route }));
  }
  for (const [path, allowed] of methods) {
    app.all(path, (call) => respond(door, guard, { call, route: notThatMethod(allowed) }));
  }
  app.notFound((call) => respond(door, guard, { call, route: nowhere }));
  return app;
}

const elsewhere = (id: string, handle: RouteSpec["handle"]): RouteSpec => ({
  method: "GET",
  path: "",
  id,
  summary: "",
  answers: {},
  handle,
});

const nowhere: RouteSpec = elsewhere("nowhere", () =>
  Promise.resolve(err(refusal("ROUTE_NOT_FOUND", "nothing is served at this path"))),
);

const notThatMethod = (allowed: readonly string[]): RouteSpec =>
  elsewhere("nowhere", () =>
    Promise.resolve(err(refusal("METHOD_NOT_ALLOWED", `here one may ${allowed.join(", ")}`, { allow: [...allowed] }))),
  );

interface Arrived {
  readonly call: Call;
  readonly route: RouteSpec;
}

async function respond(door: Door, guard: Guard, arrived: Arrived): Promise<Response> {
  const { call, route } = arrived;
  const { clock } = door.parts;
  const beganMs = clock.monotonicMs();
  const requestId = requestIdIn(call.req.raw.headers, door.parts.newId);
  const answered = await caught(door, () => answerTo(door, guard, arrived));
  const answer = answered.ok ? answered.value : refused(answered.error, door);
  const ms = clock.monotonicMs() - beganMs;
  const status = String(answer.status);
  door.parts.metrics.count("omnibase_http_requests_total", { route: route.id, status });
  door.parts.metrics.observe("omnibase_http_request_duration_seconds", ms / 1_000, { route: route.id });
  logged(door.parts, { call: call.req.raw, route, requestId, ms, answered, status: answer.status });
  return responseOf(answer, requestId);
}

/** What is thrown is a fault of the platform or a bug of ours. Whoever asked learns its code, and the log the rest. */
async function caught({ parts }: Door, work: () => Promise<Result<Answer, Refusal>>): Promise<Result<Answer, Refusal>> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = parts.words.fault(error);
    return err({ code, message: "what failed stands in the log, under the id of this request", inside: message });
  }
}

async function answerTo(door: Door, guard: Guard, { call, route }: Arrived): Promise<Result<Answer, Refusal>> {
  const { headers } = call.req.raw;
  const fits = isBounded(door, call.env?.incoming);
  if (!fits.ok) return fits;
  const isLetIn = isMeant(headers, guard);
  if (!isLetIn.ok) return isLetIn;
  const holder: ReturnType<typeof holderIn> = route.open === true ? ok({}) : holderIn(headers, guard);
  if (!holder.ok) return holder;
  if (route.open !== true && door.leaving.isSo()) return err(door.parts.words.refusal({ code: "OWNER_LEAVING" }));
  return counted(door, route, async () => {
    const asked = await askedIn(door, { call, route }, holder.value.principal);
    return asked.ok ? route.handle(asked.value, door) : asked;
  });
}

/** What the parser of Node lets through, or passes over in silence. */
function isBounded({ limits }: Door, incoming: Bindings["incoming"]): Result<undefined, Refusal> {
  const { headersMax, targetCharsMax } = limits;
  if ((incoming?.url ?? "").length > targetCharsMax) {
    return err(refusal("TARGET_TOO_LONG", `an address has at most ${String(targetCharsMax)} characters`));
  }
  if ((incoming?.rawHeaders.length ?? 0) > 2 * headersMax) {
    return err(refusal("HTTP_HEADERS_TOO_LARGE", `there are at most ${String(headersMax)} headers`));
  }
  return ok(undefined);
}

/** A bounded queue: whoever comes when it is full is told so at once, and costs nothing more. */
async function counted(
  { limits, load, parts }: Door,
  { commands, open }: RouteSpec,
  work: () => Promise<Result<Answer, Refusal>>,
): Promise<Result<Answer, Refusal>> {
  const isCommand = commands === true;
  const isFull = load.requests >= limits.requestsMax || (isCommand && load.commands >= limits.commandsMax);
  if (isFull && open !== true) return err(parts.words.refusal({ code: "BUSY", retryAfterMs: limits.busyRetryMs }));
  load.requests += 1;
  if (isCommand) load.commands += 1;
  try {
    return await work();
  } finally {
    load.requests -= 1;
    if (isCommand) load.commands -= 1;
  }
}

async function askedIn(
  door: Door,
  { call: { req }, route }: Arrived,
  holder: string | undefined,
): Promise<Result<Asked, Refusal>> {
  const { headers, signal } = req.raw;
  const named = req.param("execution");
  const execution = named === undefined ? ok("") : parseIdentifier(named, "execution");
  if (!execution.ok) return execution;
  const query = readQuery(new URL(req.url).searchParams, route.query);
  if (!query.ok) return query;
  const key = keyIn(headers);
  if (!key.ok) return key;
  const principal = principalIn(headers, holder);
  if (!principal.ok) return principal;
  const waitMs = waitIn(headers, door.limits);
  if (!waitMs.ok) return waitMs;
  const body = route.body === undefined ? ok(null) : await readBody(req.raw, route.body, door.limits);
  if (!body.ok) return body;
  return ok({
    execution: execution.value,
    query: query.value,
    body: body.value,
    principal: principal.value,
    key: key.value,
    waitMs: waitMs.value,
    accept: headers.get("accept") ?? "*/*",
    lastEventId: headers.get("last-event-id") ?? undefined,
    gone: goneOf(signal, door.leaving),
  });
}

const goneOf = (signal: AbortSignal, leaving: Leaving): Leaving => ({
  isSo: () => signal.aborted || leaving.isSo(),
  hear: (heard) => {
    signal.addEventListener("abort", heard);
    const forget = leaving.hear(heard);
    if (signal.aborted) heard();
    return () => {
      signal.removeEventListener("abort", heard);
      forget();
    };
  },
});

/** A refusal as an answer, with what a client needs to do better. */
function refused(said: Refusal, { limits, parts }: Door): Answer {
  const { code, facts = {} } = said;
  const status = statusOf(code);
  const allow = facts["allow"];
  const isLater = status === 429 || status === 503;
  return {
    status,
    headers: {
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
      ...(Array.isArray(allow) ? { allow: allow.join(", ") } : {}),
      ...(isLater ? { "retry-after": String(Math.ceil(limits.busyRetryMs / 1_000)) } : {}),
    },
    body: { kind: "text", type: problemType, text: JSON.stringify(problemOf(said, parts.words)) },
  };
}

const usualHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function responseOf({ body, headers = {}, status }: Answer, requestId: string): Response {
  const said = { ...usualHeaders, ...headers, "x-request-id": requestId };
  switch (body.kind) {
    case "json":
      return new Response(JSON.stringify(body.value), {
        status,
        headers: { ...said, "content-type": "application/json" },
      });
    case "text":
      return new Response(body.text, { status, headers: { ...said, "content-type": body.type } });
    case "stream":
      return new Response(body.stream, { status, headers: { ...said, "content-type": body.type } });
    case "none":
      return new Response(null, { status, headers: said });
  }
}
