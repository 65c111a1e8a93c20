import type { HostileInput, Said } from "./case.ts";
import {
  accepted,
  asked,
  bodyIn,
  greet,
  hidden,
  json,
  narrowDoor,
  portOf,
  refused,
  requestText,
  saidOf,
  send,
  sent,
  start,
  type Heard,
} from "./http-bench.ts";

/** Nobody got a second request past the first. */
const once = ({ statuses }: Heard): string | undefined =>
  statuses.length === 1 ? undefined : `${String(statuses.length)} answers came`;

const framing: readonly HostileInput[] = [
  asked(
    "K02",
    "a header of 16 KiB and one",
    refused(431),
    sent(requestText("GET /livez", [`A: ${"x".repeat(16_385)}`]) + "\r\n"),
  ),
  asked(
    "K02",
    "a thousand headers",
    refused(431),
    sent(
      requestText(
        "GET /livez",
        Array.from({ length: 1_000 }, (_, index) => `h${String(index)}: x`),
      ) + "\r\n",
    ),
  ),
  asked(
    "K02",
    "two lengths",
    { ...refused(400), code: "HTTP_BAD_FRAMING" },
    sent(requestText("POST /v1/executions", [json, "Content-Length: 2", "Content-Length: 40"], `{}${hidden}`), once),
  ),
  asked(
    "K02",
    "a length and pieces",
    { ...refused(400), code: "HTTP_BAD_FRAMING" },
    sent(
      requestText(
        "POST /v1/executions",
        [json, "Content-Length: 4", "Transfer-Encoding: chunked"],
        `0\r\n\r\n${hidden}`,
      ),
      once,
    ),
  ),
  asked(
    "K02",
    "pieces that are none",
    refused(400),
    sent(
      requestText("POST /v1/executions", [json, "Transfer-Encoding: chunked, identity"], `0\r\n\r\n${hidden}`),
      once,
    ),
  ),
  asked("K02", "a folded header", refused(400), sent(requestText("GET /livez", ["A: b", " c"]) + "\r\n", once)),
  asked("K02", "a bare line end", refused(400), sent("GET /livez HTTP/1.1\rHost: 127.0.0.1\r\r", once)),
  asked("K02", "a header that is a prototype", accepted, sent(requestText("GET /livez", ["__proto__: x"]) + "\r\n")),
  asked(
    "B19",
    "a body that is longer than it says",
    refused(400),
    sent(requestText("POST /v1/executions", [json, "Content-Length: 1"], "{}}}"), ({ statuses }) =>
      statuses.every((status) => status === 400) ? undefined : `it was told ${statuses.join()}`,
    ),
  ),
  asked("B19", "a body in pieces of one byte", accepted, sent(piecewise(greet))),
  asked(
    "B19",
    "a piece whose length is none",
    { ...refused(400), code: "HTTP_BAD_FRAMING" },
    sent(chunked("zz\r\n{}\r\n0\r\n\r\n")),
  ),
];

function chunked(body: string): string {
  return requestText("POST /v1/executions", [json, "Transfer-Encoding: chunked"], body);
}

function piecewise(body: string): string {
  return chunked(
    `${body
      .split("")
      .map((piece) => `1\r\n${piece}\r\n`)
      .join("")}0\r\n\r\n`,
  );
}

const noCors = ({ text }: Heard): string | undefined =>
  /^access-control-/im.test(text) ? "a header lets others read" : undefined;

const typed = (type: string): string =>
  requestText(
    "POST /v1/executions",
    [...(type === "" ? [] : [type]), `Content-Length: ${String(greet.length)}`],
    greet,
  );

const requests: readonly HostileInput[] = [
  ...["Content-Type: text/plain", "", "Content-Type: application/json; charset=utf-16"].map((type) =>
    asked(
      "K03",
      type === "" ? "no type" : type,
      { ...refused(415), code: "MEDIA_TYPE_UNSUPPORTED" },
      sent(typed(type)),
    ),
  ),
  asked("K03", "a packed body", refused(415), sent(start(greet, "Content-Encoding: gzip"))),
  asked("K04", "another name", refused(421), sent("GET /livez HTTP/1.1\r\nHost: evil.com\r\n\r\n", noCors)),
  asked("K04", "another origin", refused(403), sent(start(greet, "Origin: http://evil.com"), noCors)),
  asked(
    "K04",
    "a preflight",
    refused(403),
    sent(
      requestText("OPTIONS /v1/executions", ["Origin: http://evil.com", "Access-Control-Request-Method: POST"]) +
        "\r\n",
      noCors,
    ),
  ),
  asked(
    "K06",
    "what is ours to say",
    { ...refused(400), code: "SCHEMA_UNKNOWN_FIELD" },
    sent(start('{"workflow":"demo::WF_GREET_V0","status":"completed","tenant":"b","version":9}')),
  ),
  ...[
    "limit=1e9",
    "limit=-1",
    "limit=NaN",
    "after=forged",
    "after=99999999999999999",
    `${"limit=1&".repeat(400)}limit=1`,
  ].map((query) =>
    asked(
      "K07",
      query.slice(0, 30),
      { ...refused(400), code: "QUERY_INVALID" },
      sent(`${requestText(`GET /v1/executions?${query}`)}\r\n`),
    ),
  ),
  asked(
    "K07",
    "10,000 terms",
    refused(414, 431),
    sent(`${requestText(`GET /v1/executions?${"a=b&".repeat(10_000)}`)}\r\n`),
  ),
  asked(
    "K08",
    "a method in a header",
    refused(405),
    sent(requestText("POST /v1/tasks", ["X-HTTP-Method-Override: GET", json, "Content-Length: 2"], "{}")),
  ),
  ...["TRACE /livez", "DELETE /v1/executions"].map((line) =>
    asked("K08", line, refused(405), sent(`${requestText(line)}\r\n`)),
  ),
  asked("K08", "CONNECT", refused(405), sent(`${requestText("CONNECT 127.0.0.1:22")}\r\n`)),
  ...["GET //", "GET /%2e%2e/admin", "GET /v1/executions;param", "GET /../../etc/passwd", "GET http://evil.com/v1"].map(
    (line) => asked("K08", line, refused(404), sent(`${requestText(line)}\r\n`)),
  ),
  asked("K08", "an address of 8 KiB", refused(414), sent(`${requestText(`GET /${"a".repeat(8_192)}`)}\r\n`)),
  asked("K09", "no token", refused(401), () => guarded("")),
  asked("K09", "a token that is malformed", refused(401), () => guarded("Authorization: Bearer a b")),
  asked("K09", "a token that is wrong", { ...refused(401), code: "TOKEN_REFUSED" }, () =>
    guarded("Authorization: Bearer nope"),
  ),
  asked("K09", "a token of 1 MB", refused(431), () => guarded(`Authorization: Bearer ${"x".repeat(1_048_576)}`)),
];

const guarded = (header: string): Promise<Said> =>
  narrowDoor({ tokens: [{ token: "0123456789abcdef" }] }, async (url) => {
    const { statuses, text } = await send(
      portOf(url),
      `${requestText("GET /v1/tasks", header === "" ? [] : [header])}\r\n`,
    );
    return saidOf(statuses[0] ?? 0, bodyIn(text));
  });

/** What one client alone can do to a server. */
export const httpInputs: readonly HostileInput[] = [...framing, ...requests];
