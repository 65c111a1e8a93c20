import { flag, keyRule, mapped, name, oneOf, optional, refuse, required, shape, table, text } from "./reader.ts";
import type { At, Reader, Table } from "./reader.ts";
import { problemAt, type Spot } from "./spot.ts";
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

const endpointShape = shape({
  method: required(oneOf(methods)),
  url: required(text),
  idempotent: optional(flag),
  outcomes: required(table(name, outcomePattern)),
});

const endpoint: Reader<Endpoint> = mapped(endpointShape, (read, here) => {
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
