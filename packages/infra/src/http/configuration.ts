import { isObject } from "@omnibase/core";
import type { Json } from "@omnibase/core";

/** What a runtime binding says about one side effect over HTTP. */
export interface HttpConfiguration {
  readonly method: string;
  /** With `{input}` in path and query. */
  readonly url: string;
  /** A status (`409`) or a class of them (`2xx`) → the outcome that it means. */
  readonly outcomes: ReadonlyMap<string, string>;
}

/** With CONNECT and TRACE a server does not do work, it gives up its connection or echoes the request. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function readConfiguration(configuration: Json): HttpConfiguration | undefined {
  if (!isObject(configuration)) return undefined;
  const { method, url, outcomes } = configuration;
  if (typeof method !== "string" || !methods.has(method.toUpperCase())) return undefined;
  if (typeof url !== "string" || outcomes === undefined || !isObject(outcomes)) return undefined;
  const meanings = new Map<string, string>();
  for (const [status, outcome] of Object.entries(outcomes)) {
    if (typeof outcome !== "string") return undefined;
    meanings.set(status.toLowerCase(), outcome);
  }
  return { method: method.toUpperCase(), url, outcomes: meanings };
}

/** The exact status counts before its class. */
export const outcomeOf = ({ outcomes }: HttpConfiguration, status: number): string | undefined =>
  outcomes.get(String(status)) ?? outcomes.get(`${String(Math.floor(status / 100))}xx`);
