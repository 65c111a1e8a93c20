import { isObject } from "@omnibase/core";
import type { Json } from "@omnibase/core";

/** What a runtime binding says about one side effect over HTTP. */
export interface HttpConfiguration {
  readonly method: string;
  /** With `{input}` in path and query. */
  readonly url: string;
  /** A status (`409`) or a class of them (`2xx`) → the outcome that it means. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** With `secret://NAME` where a secret belongs. */
  readonly headers: ReadonlyMap<string, string>;
}

/** With CONNECT and TRACE a server does not do work, it gives up its connection or echoes the request. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function readConfiguration(configuration: Json): HttpConfiguration | undefined {
  if (!isObject(configuration)) return undefined;
  const { headers = {}, method, url, outcomes } = configuration;
  if (typeof method !== "string" || !methods.has(method.toUpperCase())) return undefined;
  if (typeof url !== "string" || outcomes === undefined || !isObject(outcomes)) return undefined;
  const meanings = textsIn(outcomes);
  const sent = textsIn(headers);
  return meanings && sent && { method: method.toUpperCase(), url, outcomes: meanings, headers: sent };
}

function textsIn(value: Json): ReadonlyMap<string, string> | undefined {
  if (!isObject(value)) return undefined;
  const texts = new Map<string, string>();
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string") return undefined;
    texts.set(name.toLowerCase(), text);
  }
  return texts;
}

/** The exact status counts before its class. */
export const outcomeOf = ({ outcomes }: HttpConfiguration, status: number): string | undefined =>
  outcomes.get(String(status)) ?? outcomes.get(`${String(Math.floor(status / 100))}xx`);
