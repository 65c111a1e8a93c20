import { ok } from "@omnibase/core";
import type { JsonObject, Result } from "@omnibase/core";
import type { EndClass, ExecutionStatus } from "@omnibase/spi";
import type { Door } from "./door.ts";
import type { Refusal } from "./port.ts";
import { json } from "./route.ts";
import type { Answer, Asked } from "./route.ts";

export const statuses: readonly ExecutionStatus[] = ["open", "parked", "incident", "ended"];

export const classes: readonly EndClass[] = ["completed", "rejected", "failed", "cancelled"];

export async function listExecutions({ query }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const status = statuses.find((one) => one === query["status"]);
  const ended = classes.find((one) => one === query["class"]);
  const document = await door.parts.evidence.executions({
    ...pageIn(query, door),
    ...texts(query, ["workflow", "principal", "parent", "outcome"]),
    ...(status === undefined ? {} : { status }),
    ...(ended === undefined ? {} : { class: ended }),
    ...instantIn(query, "since", "sinceMs"),
    ...instantIn(query, "until", "untilMs"),
  });
  return ok(json(200, document));
}

/** It was checked that it is one. */
function instantIn<As extends string>(query: JsonObject, name: string, as: As): { readonly [Name in As]?: number } {
  const { [name]: text } = texts(query, [name]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one name that there is
  return (text === undefined ? {} : { [as]: Date.parse(text) }) as { readonly [Name in As]?: number };
}

export async function listTasks({ query }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const asked = { ...pageIn(query, door), ...texts(query, ["actor", "execution"]) };
  return ok(json(200, await door.parts.evidence.tasks(asked)));
}

export async function listIncidents({ query }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  return ok(json(200, await door.parts.evidence.incidents(pageIn(query, door))));
}

export async function showTask({ execution, query }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const shown = await door.parts.evidence.task(execution, texts(query, ["place"]).place);
  return shown.ok ? ok(json(200, shown.value, { execution })) : shown;
}

export async function showIncident({ execution, query }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const shown = await door.parts.evidence.incident(execution, texts(query, ["place"]).place);
  return shown.ok ? ok(json(200, shown.value, { execution })) : shown;
}

function pageIn(query: JsonObject, { limits }: Door): { readonly limit: number; readonly after?: number } {
  const { after, limit } = query;
  const size = { limit: typeof limit === "number" ? limit : limits.pageRowsUsual };
  return typeof after === "number" ? { ...size, after } : size;
}

/** Those that are there. */
function texts<N extends string>(query: JsonObject, names: readonly N[]): { readonly [Name in N]?: string } {
  const found = names.flatMap((name) => (typeof query[name] === "string" ? [[name, query[name]] as const] : []));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name was just found to be a text
  return Object.fromEntries(found) as { readonly [Name in N]?: string };
}
