import { admit, decodeUtf8, err, isObject, ok, parseJson, plain } from "@omnibase/core";
import type { Fields, Json, JsonObject, Nack, Result } from "@omnibase/core";
import type { DoorLimits } from "./limits.ts";
import type { Refusal } from "./port.ts";
import { refusal } from "./problem.ts";
import type { BodySpec } from "./route.ts";

/** Checks a query against what a route declares. Whoever misspells a filter is not shown everything. */
export function readQuery(search: URLSearchParams, fields: Fields = {}): Result<JsonObject, Refusal> {
  const given: Record<string, Json> = {};
  for (const [name, text] of search) {
    if (Object.hasOwn(given, name)) return err(refusal("QUERY_INVALID", "a parameter is given twice"));
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    Object.defineProperty(given, name, { value: valueOf(text, field?.type), enumerable: true });
  }
  const { nack, payload } = admit(fields, given);
  if (nack.length === 0 && isObject(payload)) return ok(payload);
  const known = Object.keys(fields).join(", ");
  const message = `the query is not as declared: ${saidIn(nack)}`;
  return err({
    ...refusal("QUERY_INVALID", message, { nack: nackJson(nack) }),
    hint: known === "" ? "this route takes no parameters" : `the parameters here are ${known}`,
  });
}

/** As it is written in an address. What is no number stays a text, and is refused as one. */
function valueOf(text: string, type: Fields[string]["type"] | undefined): Json {
  return type === "integer" && /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

const charsMax = 1_000;

const saidIn = (nack: readonly Nack[]): string =>
  nack
    .map(({ message }) => message)
    .join("; ")
    .slice(0, charsMax);

/** A hostile document could be refused a thousand times over. */
const nacksMax = 50;

const nackJson = (nack: readonly Nack[]): Json =>
  nack.slice(0, nacksMax).map(({ code, field, message }) => ({ code, field, message }));

/** The media type in full: what calls itself something else is not guessed at. */
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Reads a body as JSON, and no more of it than it may have. Core's reader refuses what could be read in two ways. */
export async function readBody(
  request: Request,
  { fields, optional, raw }: BodySpec,
  { bodyBytesMax }: DoorLimits,
): Promise<Result<Json, Refusal>> {
  const { headers } = request;
  const type = headers.get("content-type");
  if (headers.get("content-encoding") !== null || (type !== null && !JSON_TYPE.test(type))) return err(notJson);
  const bytes = await bytesOf(request, bodyBytesMax);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0 && optional === true) return readFields({}, fields);
  if (type === null) return err(notJson);
  // A body that is a payload is bounded as one.
  const value = readJson(bytes.value, raw === true ? {} : { bytesMax: bodyBytesMax });
  if (!value.ok || raw === true) return value;
  return readFields(value.value, fields);
}

const notJson: Refusal = {
  ...refusal("MEDIA_TYPE_UNSUPPORTED", "a body is JSON in UTF-8, as it stands"),
  hint: "send Content-Type: application/json, and no Content-Encoding",
};

async function bytesOf(request: Request, most: number): Promise<Result<Uint8Array, Refusal>> {
  const tooLarge: Refusal = { code: "PAYLOAD_TOO_LARGE", message: `a body has at most ${String(most)} bytes` };
  const length = request.headers.get("content-length");
  if (length !== null) {
    return Number(length) > most ? err(tooLarge) : whole(async () => new Uint8Array(await request.arrayBuffer()));
  }
  // Sent in pieces, of which nobody knows how many come.
  const pieces: Uint8Array[] = [];
  let size = 0;
  const read = await whole(async () => {
    for await (const piece of piecesOf(request)) {
      size += piece.length;
      if (size > most) return;
      pieces.push(piece);
    }
  });
  if (!read.ok) return read;
  return size > most ? err(tooLarge) : ok(Buffer.concat(pieces));
}

/** Whoever hangs up in the middle has asked for nothing. */
async function whole<T>(read: () => Promise<T>): Promise<Result<T, Refusal>> {
  try {
    return ok(await read());
  } catch {
    return err(refusal("HTTP_BAD_FRAMING", "the body broke off before its end"));
  }
}

async function* piecesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) yield read.value;
}

function readJson(bytes: Uint8Array, bound: { readonly bytesMax?: number }): Result<Json, Refusal> {
  const where = { file: "body", family: "PAYLOAD" } as const;
  const text = decodeUtf8(bytes, where);
  const value = text.ok ? parseJson(text.value, { ...where, ...bound }) : text;
  if (value.ok) return ok(plain(value.value));
  const [problem] = value.error;
  if (problem === undefined) throw new Error("impossible: a body was refused without a problem");
  const { at, code, message, path = "" } = problem;
  return err({ code, message, facts: { at: { line: at.line, column: at.column }, pointer: path } });
}

/** Against what is declared: an unknown key is an error, because whoever sent it believes that it is read. */
function readFields(value: Json, fields: Fields): Result<Json, Refusal> {
  const { nack, payload } = admit(fields, value);
  if (nack.length === 0) return ok(payload);
  const isUnknown = nack.some(({ code }) => code === "UNDECLARED");
  const message = `the body is not as declared: ${saidIn(nack)}`;
  const refused = refusal(isUnknown ? "SCHEMA_UNKNOWN_FIELD" : "BODY_INVALID", message, { nack: nackJson(nack) });
  return err({ ...refused, hint: `the fields here are ${Object.keys(fields).join(", ")}` });
}
