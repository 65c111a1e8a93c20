import { err, ok } from "@omnibase/core";
import type { Answer } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { answerOf, type HttpResponse } from "./answer.ts";

const declared = { "200": "EXACT", "2xx": "CLASS", "409": "KNOWN", "302": "MOVED", "503": "AWAY" };

const configuration = (outcomes: Readonly<Record<string, string>>): Parameters<typeof answerOf>[0] => ({
  method: "POST",
  url: "http://a/",
  outcomes: new Map(Object.entries(outcomes)),
  headers: new Map(),
});

const responseOf = (
  status: number,
  text: string | Uint8Array = "",
  headers: Partial<HttpResponse> = {},
): HttpResponse => ({
  status,
  contentType: "",
  contentEncoding: "",
  body: ok(typeof text === "string" ? new TextEncoder().encode(text) : text),
  ...headers,
});

const answer = (response: HttpResponse, outcomes: Readonly<Record<string, string>> = declared): Answer =>
  answerOf(configuration(outcomes), response);

describe("what a status means", () => {
  it.each([
    [200, "EXACT"],
    [204, "CLASS"],
    [302, "MOVED"],
    [409, "KNOWN"],
    [503, "AWAY"],
  ])("%i is %s, the exact status before its class", (status, outcome) => {
    expect(answer(responseOf(status))).toEqual({ kind: "done", outcome, value: { status } });
  });

  it.each([
    [400, "not-done", false],
    [401, "not-done", false],
    [307, "not-done", false],
    [304, "not-done", false],
    [408, "not-done", true],
    [425, "not-done", true],
    [429, "not-done", true],
    [202, "unknown", undefined],
    [303, "unknown", undefined],
    [500, "unknown", undefined],
    [504, "unknown", undefined],
  ])("%i without a declared outcome is %s, retryable %s", (status, kind, retryable) => {
    const answered = answer(responseOf(status, "ignored"), { "200": "EXACT" });
    expect(answered).toMatchObject({ kind, failure: { code: `HTTP_${String(status)}` } });
    expect("retryable" in answered ? answered.retryable : undefined).toBe(retryable);
  });
});

describe("what a body means", () => {
  const contentType = "application/problem+json; charset=utf-8";

  it("JSON is a value, and nothing else is", () => {
    expect(answer(responseOf(200, `{"a":[1]}`, { contentType }))).toMatchObject({ value: { body: { a: [1] } } });
    for (const other of ["text/plain", "", "application/jsonx", "text/x; a=application/json"]) {
      expect(answer(responseOf(200, "{", { contentType: other }))).toMatchObject({ value: { status: 200 } });
    }
    expect(answer(responseOf(200, "", { contentType }))).toEqual({
      kind: "done",
      outcome: "EXACT",
      value: { status: 200 },
    });
  });

  it.each<[string | Uint8Array]>([
    ["{"],
    [`{"a":1,"a":2}`],
    [`{"__proto__":{}}`],
    ["9007199254740993"],
    ["[".repeat(5_000)],
    [Uint8Array.of(0x22, 0xff, 0x22)],
  ])("%.20j is unknown although the status was declared", (text) => {
    const failure = { code: "RESPONSE_INVALID" };
    expect(answer(responseOf(200, text, { contentType }))).toMatchObject({ kind: "unknown", failure });
  });

  it("that is packed is not unpacked", () => {
    const packed = responseOf(200, "{}", { contentType, contentEncoding: "gzip" });
    expect(answer(packed)).toMatchObject({ kind: "unknown", failure: { code: "RESPONSE_INVALID" } });
  });

  it("that did not come leaves a declared status unknown, and a refusal a refusal", () => {
    const body = err({ code: "RESPONSE_TOO_LARGE", message: "long" });
    expect(answer(responseOf(200, "", { body }))).toMatchObject({
      kind: "unknown",
      failure: { code: body.error.code },
    });
    expect(answer(responseOf(400, "", { body }))).toMatchObject({ kind: "not-done", failure: { code: "HTTP_400" } });
  });
});
