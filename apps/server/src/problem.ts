import type { JsonObject } from "@omnibase/core";
import type { OwnerRefusal, StoreFaultCode } from "@omnibase/spi";
import type { Refusal, Words } from "./port.ts";

/** What the door itself refuses. */
export type DoorCode =
  | "ROUTE_NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "HOST_REFUSED"
  | "ORIGIN_REFUSED"
  | "TOKEN_MISSING"
  | "TOKEN_REFUSED"
  | "PRINCIPAL_REFUSED"
  | "TARGET_TOO_LONG"
  | "MEDIA_TYPE_UNSUPPORTED"
  | "NOT_ACCEPTABLE"
  | "QUERY_INVALID"
  | "HEADER_INVALID"
  | "SCHEMA_UNKNOWN_FIELD"
  | "BODY_INVALID"
  | "HTTP_BAD_FRAMING"
  | "HTTP_HEADERS_TOO_LARGE"
  | "HTTP_TOO_SLOW"
  | "WATCH_LAGGED";

/** The status of each: a code of ours that is new does not compile until it stands here. */
const own: { readonly [Code in DoorCode]: number } = {
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  HOST_REFUSED: 421,
  ORIGIN_REFUSED: 403,
  TOKEN_MISSING: 401,
  TOKEN_REFUSED: 401,
  PRINCIPAL_REFUSED: 403,
  TARGET_TOO_LONG: 414,
  MEDIA_TYPE_UNSUPPORTED: 415,
  NOT_ACCEPTABLE: 406,
  QUERY_INVALID: 400,
  HEADER_INVALID: 400,
  SCHEMA_UNKNOWN_FIELD: 400,
  BODY_INVALID: 400,
  HTTP_BAD_FRAMING: 400,
  HTTP_HEADERS_TOO_LARGE: 431,
  HTTP_TOO_SLOW: 408,
  WATCH_LAGGED: 503,
};

export const doorCodes: readonly string[] = Object.keys(own);

/** What the owner refuses: against what stands (409), for something that is not there (404), or for now (429, 503). */
const byOwner: { readonly [Code in OwnerRefusal["code"]]: number } = {
  IDEMPOTENCY_MISMATCH: 409,
  EXECUTION_NOT_FOUND: 404,
  EXECUTION_REMOVED: 410,
  NO_TASK: 409,
  PLACE_AMBIGUOUS: 409,
  PLACE_NEEDED: 409,
  WORKFLOW_NOT_FOUND: 404,
  SNAPSHOT_REFUSED: 500,
  DATA_FILE_DRIFT: 409,
  DATA_FILE_UNREADABLE: 409,
  SECRET_ERASED: 410,
  NOT_ENDED: 409,
  LOG_DAMAGED: 500,
  BUSY: 429,
  OWNER_LEAVING: 503,
  ALREADY_STARTED: 409,
  NOT_RUNNING: 409,
  NOT_WAITING_FOR: 409,
  NOT_DUE: 409,
  NO_INCIDENT: 409,
  UNDECLARED_OUTCOME: 422,
  ALREADY_CANCELLING: 409,
  ALREADY_ENDING: 409,
  SIGNAL_UNKNOWN: 422,
  SIGNALS_FULL: 409,
  VALUE_REFUSED: 422,
  VALUE_TOO_LARGE: 413,
  NOT_AN_ACTOR: 403,
};

const stores: { readonly [Code in StoreFaultCode]: number } = {
  STORE_LOCKED: 503,
  STORE_FULL: 507,
  STORE_DAMAGED: 500,
  STORE_NEWER: 500,
  STORE_FAILED: 503,
};

const others: Readonly<Record<string, number>> = {
  ...own,
  ...byOwner,
  ...stores,
  ID_CHARSET: 400,
  ID_LENGTH: 400,
  NOT_ENDED: 409,
  PAYLOAD_TOO_LARGE: 413,
  OWNER_GONE: 503,
};

export function statusOf(code: string): number {
  if (Object.hasOwn(others, code)) return others[code] ?? 500;
  return code.startsWith("PAYLOAD_") ? 400 : 500;
}

/** RFC 9457, with our code as a member of its own and in the type. Facts stand beside, and replace nothing. */
export function problemOf({ code, facts = {}, hint, message }: Refusal, words: Pick<Words, "title">): JsonObject {
  const said = {
    type: `urn:omnibase:code:${code}`,
    title: words.title(code) ?? code,
    status: statusOf(code),
    code,
    detail: message,
    ...(hint === undefined ? {} : { hint }),
  };
  return { ...said, ...facts, ...said };
}

export const problemType = "application/problem+json";

/** One of our own. */
export const refusal = (code: DoorCode, message: string, facts?: Refusal["facts"]): Refusal =>
  facts === undefined ? { code, message } : { code, message, facts };
