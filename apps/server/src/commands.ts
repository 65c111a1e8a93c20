import { err, isObject, ok } from "@omnibase/core";
import type { Json, Resolution, Result } from "@omnibase/core";
import type { ExecutionKey, Reply, Standing } from "@omnibase/spi";
import type { Door } from "./door.ts";
import { textIn, told } from "./executions.ts";
import type { Refusal } from "./port.ts";
import { refusal } from "./problem.ts";
import type { Answer, Asked } from "./route.ts";

/** Says something to an execution, and answers with what becomes of it. */
async function say(
  asked: Asked,
  door: Door,
  tell: (key: ExecutionKey) => Promise<Reply<Standing>>,
): Promise<Result<Answer, Refusal>> {
  const { execution } = asked;
  const reply = await tell({ tenant: door.parts.tenant, execution });
  return reply.ok ? told(door, execution, asked) : err(door.parts.words.refusal(reply.error));
}

export function cancel(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const reason = textIn(asked.body, "reason") ?? "asked over HTTP";
  return say(asked, door, (key) => door.parts.owner.cancel({ ...key, by: asked.principal, reason }));
}

/** The key of a request is the id of a signal: sent again, it is the same signal. */
export function signal(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { body, key: said, principal: by } = asked;
  const id = said ?? door.parts.newId();
  const name = textIn(body, "name") ?? "";
  return say(asked, door, (key) => door.parts.owner.signal({ ...key, by, id, name, value: valueIn(body, "value") }));
}

export function completeTask(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { body, principal: by } = asked;
  const outcome = textIn(body, "outcome") ?? "";
  const value = valueIn(body, "output");
  return say(asked, door, (key) => door.parts.owner.settleTask({ ...key, ...placeIn(body), by, outcome, value }));
}

export async function resolveIncident(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { body, principal: by } = asked;
  const resolution = resolutionIn(body);
  if (!resolution.ok) return resolution;
  const request = { ...placeIn(body), by, resolution: resolution.value };
  return say(asked, door, (key) => door.parts.owner.resolve({ ...key, ...request }));
}

function resolutionIn(body: Json): Result<Resolution, Refusal> {
  const [kind, outcome] = [textIn(body, "resolution"), textIn(body, "outcome")];
  if (kind === "done" && outcome !== undefined) return ok({ kind, outcome, value: valueIn(body, "output") });
  const saysMore = isObject(body) && (outcome !== undefined || body["output"] !== undefined);
  if ((kind === "retry" || kind === "not-done") && !saysMore) return ok({ kind });
  return err(refusal("BODY_INVALID", "outcome, and output where there is one, go with done and with nothing else"));
}

/** What is said is an object, unless somebody says something else. */
const valueIn = (body: Json, name: string): Json => (isObject(body) ? body[name] : undefined) ?? {};

function placeIn(body: Json): { readonly place?: string } {
  const place = textIn(body, "place");
  return place === undefined ? {} : { place };
}
