import { present } from "../value/present.ts";

/** A URL with holes: scheme and host stand fast, parts of path and query come from inputs. */
export interface UrlTemplate {
  /** `https://api.example.org`, without a port that the scheme implies: what is granted and compared. */
  readonly origin: string;
  /** Names of the inputs that fill the holes, each once. */
  readonly inputs: readonly string[];
}

const ORIGIN = /^(?:http|https):\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?(?=[/?]|$)/i;
const REST = /^(?:\/[\w.~!$&'()*+,;=:@%/-]*)?(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?$/;
const HOLE = /\{(\w+)\}/g;

export function parseUrlTemplate(given: string): UrlTemplate | undefined {
  const start = ORIGIN.exec(given)?.[0];
  if (start === undefined) return undefined;
  const rest = given.slice(start.length);
  if (!REST.test(rest.replaceAll(HOLE, "hole"))) return undefined;
  const holes = [...rest.matchAll(HOLE)].map((match) => present(match[1]));
  return { origin: originOf(start), inputs: [...new Set(holes)] };
}

/** An origin as an operator writes it, in the form that is compared. */
export function parseOrigin(given: string): string | undefined {
  const start = ORIGIN.exec(given)?.[0];
  return start === undefined || (given !== start && given !== `${start}/`) ? undefined : originOf(start);
}

const originOf = (start: string): string =>
  start
    .toLowerCase()
    .replace(/^(http:.*):80$/, "$1")
    .replace(/^(https:.*):443$/, "$1");
