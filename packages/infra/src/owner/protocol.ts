import { canonical, isObject, parseJson, plain } from "@omnibase/core";
import type { Json, Resolution } from "@omnibase/core";
import type {
  CancelRequest,
  EraseRequest,
  ExecutionKey,
  Owner,
  ProjectRequest,
  RemoveRequest,
  ResolveRequest,
  SettleTaskRequest,
  SignalRequest,
  StartRequest,
} from "@omnibase/spi";
import { frameBytesMax } from "./frames.ts";
import { removalsIn, removalsText } from "./removal-frames.ts";

/**
 * What travels between an owner and its clients, one JSON text a line: `{ id, method, params }`, and back `{ id, reply }`
 * or `{ id, fault }`. Values that end in a log travel as text of their own, so that the owner reads them as strictly as
 * whoever read them first.
 */
export type Request = { readonly id: number } & Call;

export type Call =
  | { readonly method: "start"; readonly params: StartRequest }
  | { readonly method: "wait"; readonly params: ExecutionKey }
  | { readonly method: "cancel"; readonly params: CancelRequest }
  | { readonly method: "resolve"; readonly params: ResolveRequest }
  | { readonly method: "signal"; readonly params: SignalRequest }
  | { readonly method: "settleTask"; readonly params: SettleTaskRequest }
  | { readonly method: "eraseSecrets"; readonly params: EraseRequest }
  | { readonly method: "project"; readonly params: ProjectRequest }
  | { readonly method: "remove"; readonly params: RemoveRequest }
  | { readonly method: "tidy"; readonly params: object };

/** Asks an owner what was asked over the wire. */
export function ask(owner: Owner, call: Call): Promise<unknown> {
  switch (call.method) {
    case "start":
      return owner.start(call.params);
    case "wait":
      return owner.wait(call.params);
    case "cancel":
      return owner.cancel(call.params);
    case "resolve":
      return owner.resolve(call.params);
    case "signal":
      return owner.signal(call.params);
    case "settleTask":
      return owner.settleTask(call.params);
    case "eraseSecrets":
      return owner.eraseSecrets(call.params);
    case "project":
      return owner.project(call.params);
    case "remove":
      return owner.remove(call.params);
    case "tidy":
      return owner.tidy();
  }
}

export const requestLine = (id: number, call: Call): string =>
  `${JSON.stringify({ id, method: call.method, params: sent(call) })}\n`;

function sent(call: Call): object {
  switch (call.method) {
    case "start":
      return { ...call.params, input: canonical(call.params.input) };
    case "resolve":
      return { ...call.params, resolution: canonical({ ...call.params.resolution }) };
    case "signal":
    case "settleTask":
      return { ...call.params, value: canonical(call.params.value) };
    case "wait":
    case "cancel":
    case "eraseSecrets":
    case "project":
    case "tidy":
      return call.params;
    case "remove":
      return { removals: removalsText(call.params) };
  }
}

/** Reads a request, or nothing if it is none. Whoever sent it is a stranger. */
export function parseRequest(line: string): Request | undefined {
  const frame = fieldsIn(line);
  const id = frame?.["id"];
  const params = fieldsOf(frame?.["params"]);
  if (typeof id !== "number" || !Number.isSafeInteger(id) || params === undefined) return undefined;
  const call = callOf(frame?.["method"], params);
  return call === undefined ? undefined : { id, ...call };
}

function callOf(method: unknown, params: Fields): Call | undefined {
  switch (method) {
    case "start":
      return startOf(params);
    case "wait":
    case "eraseSecrets": {
      const key = texts(params, ["tenant", "execution"]);
      return key && { method, params: key };
    }
    case "cancel": {
      const request = texts(params, ["tenant", "execution", "by", "reason"]);
      return request && { method, params: request };
    }
    case "resolve":
      return resolveOf(params);
    case "signal": {
      const request = texts(params, ["tenant", "execution", "by", "id", "name"]);
      const value = jsonIn(params["value"]);
      return request && value !== undefined ? { method, params: { ...request, value } } : undefined;
    }
    case "settleTask":
      return settleTaskOf(params);
    case "project": {
      const request = texts(params, ["tenant", "snapshot", "workflow"]);
      return request && { method, params: request };
    }
    case "remove": {
      const request = removalsIn(jsonIn(params["removals"]));
      return request && { method, params: request };
    }
    case "tidy":
      return { method, params: {} };
    default:
      return undefined;
  }
}

function startOf(params: Fields): Call | undefined {
  const request = texts(params, ["tenant", "execution", "workflow", "snapshot", "principal"]);
  const input = jsonIn(params["input"]);
  const accept = params["acceptFiles"];
  if (request === undefined || input === undefined) return undefined;
  if (accept === undefined) return { method: "start", params: { ...request, input } };
  return typeof accept === "boolean"
    ? { method: "start", params: { ...request, input, acceptFiles: accept } }
    : undefined;
}

function resolveOf(params: Fields): Call | undefined {
  const request = texts(params, ["tenant", "execution", "by"]);
  const resolution = resolutionOf(jsonIn(params["resolution"]));
  const place = placeIn(params);
  if (request === undefined || resolution === undefined || place === undefined) return undefined;
  return { method: "resolve", params: { ...request, ...place, resolution } };
}

function settleTaskOf(params: Fields): Call | undefined {
  const request = texts(params, ["tenant", "execution", "by", "outcome"]);
  const [place, value] = [placeIn(params), jsonIn(params["value"])];
  if (request === undefined || value === undefined || place === undefined) return undefined;
  return { method: "settleTask", params: { ...request, ...place, value } };
}

const placeIn = (params: Fields): { readonly place?: string } | undefined =>
  params["place"] === undefined ? {} : texts(params, ["place"]);

function resolutionOf(value: Json | undefined): Resolution | undefined {
  if (!isObject(value)) return undefined;
  const { kind, outcome, value: output } = value;
  if (kind === "not-done" || kind === "retry") return { kind };
  if (kind !== "done" || typeof outcome !== "string" || output === undefined) return undefined;
  return { kind, outcome, value: output };
}

export type Fields = Readonly<Record<string, unknown>>;

/** A line that is one JSON object. */
export function fieldsIn(line: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

export const fieldsOf = (value: unknown): Fields | undefined =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever an object holds is unknown here
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** The named fields, if each is a text that can be written again as it was read. */
function texts<N extends string>(from: Fields, names: readonly N[]): { readonly [Name in N]: string } | undefined {
  const found = names.map((name) => [name, from[name]] as const);
  if (found.some(([, value]) => typeof value !== "string" || LONE_SURROGATE.test(value))) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was just found to be a text
  return Object.fromEntries(found) as { readonly [Name in N]: string };
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function jsonIn(text: unknown): Json | undefined {
  if (typeof text !== "string") return undefined;
  const json = parseJson(text, { file: "request", family: "PAYLOAD", bytesMax: frameBytesMax });
  return json.ok ? plain(json.value) : undefined;
}
