import { err, ok } from "@omnibase/core";
import type { Result } from "@omnibase/core";
import type { Door } from "./door.ts";
import type { Sample } from "./metrics.ts";
import type { Refusal } from "./port.ts";
import { json } from "./route.ts";
import type { Answer, Asked } from "./route.ts";

export const alive = (): Promise<Result<Answer, Refusal>> => Promise.resolve(ok(json(200, { status: "alive" })));

/** A door that closes, or a store that does not answer, takes nothing more. */
export async function ready(_: Asked, { leaving, parts }: Door): Promise<Result<Answer, Refusal>> {
  if (leaving.isSo()) return err(parts.words.refusal({ code: "OWNER_LEAVING" }));
  await parts.store.find({ tenant: parts.tenant, execution: "readyz" });
  return ok(json(200, { status: "ready" }));
}

export async function metrics(_: Asked, { parts }: Door): Promise<Result<Answer, Refusal>> {
  const text = await parts.metrics.text();
  return ok({ status: 200, body: { kind: "text", type: "text/plain; version=0.0.4; charset=utf-8", text } });
}

export const document = (_: Asked, { openapi }: Door): Promise<Result<Answer, Refusal>> =>
  Promise.resolve(ok(json(200, openapi)));

/** What stands at this moment. */
export function gaugesOf({ load, parts }: Door): void {
  const { commits, metrics: registry } = parts;
  registry.gauge("omnibase_http_requests_under_way", "Requests that are being answered.", () => one(load.requests));
  registry.gauge("omnibase_http_commands_under_way", "Of those, what something may come to be of.", () =>
    one(load.commands),
  );
  registry.gauge("omnibase_streams_open", "Streams that are followed.", () => one(load.streams));
  registry.gauge("omnibase_commits_waiting", "Commits that are not durable yet.", () => one(commits.waiting()));
  registry.gauge("omnibase_executions", "Executions that have not ended, by how they stand.", async () => {
    const counts = await parts.store.underWay();
    return Object.entries(counts).map(([status, value]) => ({ labels: { status }, value }));
  });
  registry.gauge("process_resident_memory_bytes", "Memory of the process.", () => one(process.memoryUsage.rss()));
}

const one = (value: number): readonly Sample[] => [{ value }];
