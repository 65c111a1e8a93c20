import { isObject, type Json, type JsonObject } from "@omnibase/core";
import { ClientFault } from "./client-fault.ts";

/** The part of `fetch` that is used; `app.request` of a door in the same process is one, too. */
type Fetch = (url: string, init: FetchInit) => Promise<Response>;

interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Where the API is, and who asks. */
export interface DoorOptions {
  /** `http://127.0.0.1:7070` */
  readonly url: string;
  readonly token?: string;
  /** Who asks, for the log: a name, or an actor as `--as` writes it. */
  readonly as?: string;
  /** Absent: that of the platform. */
  readonly fetch?: Fetch;
}

export interface Asking {
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks this once. */
  readonly as?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks one thing, and hands on an answer that says yes. */
export async function ask(door: DoorOptions, what: string, asking: Asking = {}): Promise<Response> {
  const [method = "", path = ""] = what.split(" ");
  const { body, headers = {}, signal } = asking;
  const { fetch: given, token, url } = door;
  const who = asking.as ?? door.as;
  const init: FetchInit = {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(who === undefined ? {} : { "omnibase-principal": who }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  const response = await answered(() => (given ?? fetch)(new URL(path, url).href, init));
  if (response.ok) return response;
  throw faultIn(response.status, await documentIn(response));
}

/** Silence is not a no, but here asking again is asking once: what is begun has a key or an id. */
async function answered(call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof Error && cause.name === "AbortError") throw cause;
    const message = cause instanceof Error ? cause.message : "nobody answered";
    throw new ClientFault(message, { code: "NO_ANSWER", status: 0, hint: undefined, cause });
  }
}

function faultIn(status: number, problem: JsonObject): ClientFault {
  const { code, detail, hint, title } = problem;
  const message = textOf(detail) ?? textOf(title) ?? `it was answered with ${String(status)}`;
  return new ClientFault(message, { code: textOf(code) ?? `HTTP_${String(status)}`, status, hint: textOf(hint) });
}

export const textOf = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** What a body says; an empty object where it is no JSON of an object. */
export async function documentIn(response: Response): Promise<JsonObject> {
  const text = await response.text();
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
