import { err, executionIdOf, isObject, ok, parseIdentifier } from "@omnibase/core";
import type { Json, Result } from "@omnibase/core";
import type { StartRequest } from "@omnibase/spi";
import { departure } from "./door.ts";
import type { Door } from "./door.ts";
import type { Refusal, Told } from "./port.ts";
import { json, plain } from "./route.ts";
import type { Answer, Asked } from "./route.ts";

/** What is begun, and by whom. */
export interface Beginning {
  readonly execution: string;
  readonly workflow: string;
  readonly input: Json;
  readonly principal: string;
}

/** Starts an execution of what is served, durably. */
export async function begin(door: Door, beginning: Beginning): Promise<Result<{ readonly existed: boolean }, Refusal>> {
  const { imported, parts } = door;
  const { workflow } = beginning;
  const request: StartRequest = { tenant: parts.tenant, snapshot: parts.snapshot.digest, ...beginning };
  // Files that were put there by hand are looked at once: from then on the store is the truth, and they only show it.
  const started = await parts.owner.start(imported.has(workflow) ? request : { ...request, acceptFiles: false });
  if (!started.ok) return err(parts.words.refusal(started.error));
  imported.add(workflow);
  return ok({ existed: started.value.existed });
}

/** By the id that was chosen, by the key that was, or a new one. */
export function executionFor({ parts }: Door, { key }: Pick<Asked, "key">, chosen?: string): Result<string, Refusal> {
  if (chosen !== undefined && key !== undefined) {
    return err({ code: "BODY_INVALID", message: "execution and Idempotency-Key both name the execution" });
  }
  if (chosen !== undefined) return parseIdentifier(chosen, "execution");
  return ok(key === undefined ? parts.newId() : executionIdOf(parts.tenant, key, parts.sha256));
}

/** Waits for the end, for as long as was asked for, and no longer than whoever asked is there. */
export async function settled(door: Door, execution: string, asked: Pick<Asked, "gone" | "waitMs">): Promise<void> {
  const waitMs = asked.waitMs ?? door.limits.waitMsUsual;
  if (waitMs === 0) return;
  const patience = departure();
  const forgets = [door.parts.clock.after(waitMs, patience.begin), asked.gone.hear(patience.begin)];
  const lost = new Promise<void>((resolve) => {
    patience.hear(resolve);
  });
  await Promise.race([endOf(door, execution), lost]);
  for (const forget of forgets) forget();
}

/** The owner keeps whoever waits until the end; so it is asked once, however often people ask and go away. */
function endOf({ ends, parts }: Door, execution: string): Promise<void> {
  const known = ends.get(execution);
  if (known !== undefined) return known;
  const over = (): void => void ends.delete(execution);
  const end = parts.owner.wait({ tenant: parts.tenant, execution }).then(over, over);
  ends.set(execution, end);
  return end;
}

const locationOf = (execution: string): string => `/v1/executions/${execution}`;

/** What has become of it: 200 where it is over, 202 where it is not. */
export async function told(
  door: Door,
  execution: string,
  asked: Pick<Asked, "gone" | "waitMs">,
): Promise<Result<Answer, Refusal>> {
  await settled(door, execution, asked);
  const result = await door.parts.evidence.result(execution);
  return result.ok ? ok(resultAnswer(result.value)) : result;
}

const resultAnswer = (result: Told): Answer =>
  json(result.completed_at === null ? 202 : 200, plain(result), {
    execution: result.execution,
    headers: { location: locationOf(result.execution) },
  });

export const textIn = (body: Json, name: string): string | undefined => {
  const value = isObject(body) ? body[name] : undefined;
  return typeof value === "string" ? value : undefined;
};

export async function start(asked: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const { body, principal } = asked;
  const execution = executionFor(door, asked, textIn(body, "execution"));
  if (!execution.ok) return execution;
  const workflow = textIn(body, "workflow") ?? "";
  const input = (isObject(body) ? body["input"] : undefined) ?? {};
  const begun = await begin(door, { execution: execution.value, workflow, input, principal });
  if (!begun.ok) return begun;
  if (asked.waitMs !== 0) return told(door, execution.value, asked);
  const { digest } = door.parts.snapshot;
  const { existed } = begun.value;
  const document = { schema: "omnibase-started/1", execution: execution.value, workflow, snapshot: digest, existed };
  const headers = { location: locationOf(execution.value), "preference-applied": "respond-async" };
  return ok(json(202, document, { execution: execution.value, headers }));
}

/** As it stands; with `Prefer: wait=N` as it will stand when it ends, or rests, or the time is over. */
export async function show({ execution, gone, waitMs }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  await settled(door, execution, { gone, waitMs: waitMs ?? 0 });
  const result = await door.parts.evidence.result(execution);
  if (!result.ok) return result;
  const answer = resultAnswer(result.value);
  return ok({ ...answer, status: 200 });
}
