import { err, ok } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import type { Door } from "./door.ts";
import type { Refusal } from "./port.ts";
import { json } from "./route.ts";
import type { Answer, Asked } from "./route.ts";

export const alive = (): Promise<Result<Answer, Refusal>> => Promise.resolve(ok(json(200, { status: "alive" })));

/** A door that closes, or a store that does not answer, takes nothing more. */
export async function ready(_: Asked, { leaving, parts }: Door): Promise<Result<Answer, Refusal>> {
  if (leaving.aborted) return err(parts.words.refusal({ code: "OWNER_LEAVING" }));
  await parts.store.find({ tenant: parts.tenant, execution: "readyz" });
  return ok(json(200, { status: "ready" }));
}
