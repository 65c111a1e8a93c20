import type { Json, Result } from "@omnibase/core";
import type { DoorParts, Refusal } from "./port.ts";
import type { Answer, RouteSpec } from "./route.ts";

export type Level = "info" | "warn" | "error";

/** One line of NDJSON. Only what is named here is ever logged: no payload, no header as it came. */
export function logLine(
  { clock, say }: Pick<DoorParts, "clock" | "say">,
  level: Level,
  facts: { readonly msg: string; readonly [name: string]: Json },
): void {
  say(JSON.stringify({ level, time: new Date(clock.nowMs()).toISOString(), ...facts }));
}

export interface Logged {
  readonly call: Pick<Request, "headers" | "method">;
  readonly route: RouteSpec;
  readonly requestId: string;
  readonly ms: number;
  readonly status: number;
  readonly answered: Result<Answer, Refusal>;
}

/** One line for each request, by the name of its route: an address may hold what is nobody's business. */
export function logged(
  parts: Pick<DoorParts, "clock" | "say">,
  { answered, call, ms, requestId, route, status }: Logged,
): void {
  const execution = answered.ok ? answered.value.execution : textOf(answered.error.facts?.["execution"]);
  logLine(parts, status >= 500 ? "error" : "info", {
    msg: "request",
    request_id: requestId,
    method: methods.has(call.method) ? call.method : "OTHER",
    route: route.id,
    status,
    ms: Math.round(ms * 1_000) / 1_000,
    ...(execution === undefined ? {} : { execution }),
    ...(answered.ok ? {} : { code: answered.error.code }),
    ...(status >= 500 && !answered.ok ? { detail: answered.error.inside ?? answered.error.message } : {}),
    ...traceIn(call.headers),
  });
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

const textOf = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(?:-.*)?$/;

/** W3C Trace Context: whoever sent the request finds our lines by its trace. */
function traceIn(headers: Headers): { readonly trace_id?: string; readonly parent_id?: string } {
  const [, trace, parent] = TRACEPARENT.exec(headers.get("traceparent") ?? "") ?? [];
  return trace === undefined || parent === undefined ? {} : { trace_id: trace, parent_id: parent };
}

const REQUEST_ID = /^[\w.-]{1,100}$/;

/** The one that came with it, if it may stand in a log; it is told again in the answer. */
export function requestIdIn(headers: Headers, newId: () => string): string {
  const given = headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : newId();
}
