import type { Nack } from "../execution/nack.ts";
import { valueAt } from "../execution/evaluate.ts";
import type { Replies, Reply } from "../graph/route.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionResult } from "./result.ts";

/** What a door says. */
export interface Said {
  readonly status: number;
  readonly body: JsonObject;
}

/** What is said to whoever came in, as far as the execution has come. */
export function replyTo({ classes, exits }: Replies, result: ExecutionResult): Said {
  const own = result.exit_node === null ? undefined : ownValue(exits, result.exit_node);
  const reply = own ?? (result.class === null ? underWay : classes[result.class]);
  const members = Object.entries(reply.body).flatMap(([name, path]) => {
    const value = valueAt(plain(result), path);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { status: reply.status, body: Object.fromEntries(members) };
}

/** It was begun, and waits for something or someone. */
const underWay: Reply = { status: 202, body: { execution: ["execution"], status: ["status"] } };

/** Nobody came in, and this is why. */
export const refusedAt = (nack: readonly Nack[]): Said => ({
  status: 400,
  body: { nack: nack.map(({ code, field, message }) => ({ code, field, message })) },
});

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
const plain = (result: ExecutionResult): Json => result as unknown as Json;
