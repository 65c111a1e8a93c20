import {
  entriesOf,
  flag,
  keyRule,
  mapped,
  name,
  narrowed,
  oneOf,
  optional,
  refuse,
  required,
  shape,
  table,
  text,
} from "./reader.ts";
import type { At, Reader, Table } from "./reader.ts";
import { problemAt, type Spot } from "./spot.ts";
import { secretNamesIn } from "../value/secret-reference.ts";
import { parseUrlTemplate, type UrlTemplate } from "./url.ts";

/** One thing that may be asked of somebody else's service. */
export interface Endpoint {
  readonly spot: Spot;
  readonly method: Method;
  readonly url: At<string>;
  readonly template: UrlTemplate;
  readonly idempotent: boolean;
  /** `404` or `4xx` → outcome. */
  readonly outcomes: Table<At<string>>;
  /** Sent as they stand; in each, `secret://NAME` is replaced where the call is made. */
  readonly headers: Table<At<string>> | undefined;
}

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

const methods: readonly Method[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Only these carry inputs that the URL does not take. */
export const hasBody = (method: Method): boolean => method === "POST" || method === "PUT" || method === "PATCH";

const OUTCOME_PATTERN = /^[2-5](?:\d\d|xx)$/;

const outcomePattern = keyRule(
  () => ({ pattern: OUTCOME_PATTERN.source }),
  (given, { spot, report }) => {
    if (OUTCOME_PATTERN.test(given)) return true;
    report(problemAt(spot, "OUTCOME_PATTERN_INVALID", `${given} is neither a status nor a class of statuses`));
    return false;
  },
);

/** Those that say how the message is made are the client's own. */
const ownHeaders: ReadonlySet<string> = new Set(
  "connection content-encoding content-length content-type expect host idempotency-key keep-alive te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/** Whoever may read the project would be whoever may use them. */
const credentials: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie"]);

const HEADER_NAME = /^[a-z][a-z0-9-]{0,99}$/;

const headerName = keyRule(
  () => ({ pattern: HEADER_NAME.source, not: { enum: [...ownHeaders] } }),
  (given, { spot, report }) => {
    if (HEADER_NAME.test(given) && !ownHeaders.has(given)) return true;
    const why = ownHeaders.has(given) ? "is written by the client" : "is no name of a header in small letters";
    report(problemAt(spot, "ENDPOINT_HEADER_INVALID", `${given} ${why}`));
    return false;
  },
);

/** One line of visible ASCII: anything else could end the header, or begin another. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?$/;

const headerValue: Reader<At<string>> = narrowed(
  mapped(text, (read, here) =>
    HEADER_VALUE.test(read.value)
      ? read
      : refuse(here, "ENDPOINT_HEADER_INVALID", "a header is one line of at most 1,000 visible characters"),
  ),
  { pattern: HEADER_VALUE.source },
);

const headers: Reader<Table<At<string>>> = mapped(table(headerValue, headerName), (read, { report }) => {
  for (const { key, value } of entriesOf(read)) {
    if (!credentials.has(key) || secretNamesIn(value.value).length > 0) continue;
    report(
      problemAt(value.spot, "SECRET_FLOW", `${key} stands here for everybody`, {
        hint: "refer to it by secret://NAME",
      }),
    );
  }
  return read;
});

const endpointShape = shape({
  method: required(oneOf(methods)),
  url: required(text),
  idempotent: optional(flag),
  outcomes: required(table(name, outcomePattern)),
  headers: optional(headers),
});

const endpoint: Reader<Endpoint> = mapped(endpointShape, (read, here) => {
  if (secretNamesIn(read.url.value).length > 0) {
    here.report(problemAt(read.url.spot, "SECRET_FLOW", "a URL is written down by everybody that it passes"));
    return undefined;
  }
  const template = parseUrlTemplate(read.url.value);
  if (template === undefined) {
    here.report(problemAt(read.url.spot, "ENDPOINT_URL_INVALID", `${read.url.value} is not a URL that we would call`));
    return undefined;
  }
  if (read.idempotent === undefined) {
    return refuse(here, "IDEMPOTENCY_NOT_DECLARED", "the endpoint does not say whether a call may be repeated");
  }
  return { ...read, template, method: read.method.value, idempotent: read.idempotent };
});

export const endpoints: Reader<{ readonly spot: Spot; readonly endpoints: Table<Endpoint> }> = shape({
  endpoints: required(table(endpoint)),
});
