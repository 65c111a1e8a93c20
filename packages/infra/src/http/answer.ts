import { decodeUtf8, err, ok, parseJson, plain } from "@omnibase/core";
import type { Failure, Json, Result } from "@omnibase/core";
import type { Answer } from "@omnibase/spi";
import { outcomeOf, type HttpConfiguration } from "./configuration.ts";

/** What came back: the head, and the body or why there is none. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly body: Result<Uint8Array, Failure>;
}

/** What a response means. A declared status is done, if its body can be read; of the others, most say that nothing was. */
export function answerOf(configuration: HttpConfiguration, response: HttpResponse): Answer {
  const { status } = response;
  const outcome = outcomeOf(configuration, status);
  if (outcome === undefined) return undeclared(status);
  const body = valueOf(response);
  if (!body.ok) return { kind: "unknown", failure: body.error };
  return { kind: "done", outcome, value: { status, ...(body.value === undefined ? {} : { body: body.value }) } };
}

/** Success that nobody declared, and "see there" after the work was done, are no certain no; nor is a server that broke. */
const perhapsDone = (status: number): boolean => status < 304 || status >= 500;

/** Too slow, too early, too often: the same request may do later. */
const later = new Set([408, 425, 429]);

function undeclared(status: number): Answer {
  const failure = { code: `HTTP_${String(status)}`, message: `no outcome is declared for status ${String(status)}` };
  if (perhapsDone(status)) return { kind: "unknown", failure };
  return { kind: "not-done", failure, retryable: later.has(status) };
}

function valueOf({ body, contentEncoding, contentType }: HttpResponse): Result<Json | undefined, Failure> {
  if (!body.ok) return body;
  if (body.value.length === 0 || !isJson(contentType)) return ok(undefined);
  if (!["", "identity"].includes(contentEncoding.toLowerCase())) return invalid(`it is encoded as ${contentEncoding}`);
  const text = decodeUtf8(body.value, { file: "response", family: "PAYLOAD" });
  if (!text.ok) return invalid(text.error[0]?.message);
  const json = parseJson(text.value, { file: "response", family: "PAYLOAD" });
  return json.ok ? ok(plain(json.value)) : invalid(json.error[0]?.message);
}

const isJson = (contentType: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());

const invalid = (why: string | undefined): Result<never, Failure> =>
  err({ code: "RESPONSE_INVALID", message: `the body is not the JSON that it says it is: ${why ?? ""}` });
