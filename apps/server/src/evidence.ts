import { canonical, digestOf, ok } from "@omnibase/core";
import type { Graph, Json, JsonObject, Result } from "@omnibase/core";
import type { Door } from "./door.ts";
import type { DoorParts, Refusal } from "./port.ts";
import { json, plain } from "./route.ts";
import type { Answer, Asked } from "./route.ts";
import { schemaOf } from "./schemas.ts";

/** The log as `verify` takes it: the bytes that were chained, one record a line. */
export async function log({ execution }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const lines = await door.parts.evidence.log(execution);
  if (!lines.ok) return lines;
  const body = { kind: "text", type: "application/x-ndjson", text: `${lines.value.join("\n")}\n` } as const;
  return ok({ status: 200, body, execution });
}

export async function receipt({ execution }: Asked, door: Door): Promise<Result<Answer, Refusal>> {
  const signed = await door.parts.evidence.receipt(execution);
  if (!signed.ok) return signed;
  return ok({ status: 200, body: { kind: "text", type: "application/json", text: `${signed.value}\n` }, execution });
}

export const publicKey = (_: Asked, { parts }: Door): Promise<Result<Answer, Refusal>> =>
  Promise.resolve(
    ok({ status: 200, body: { kind: "text", type: "application/x-pem-file", text: parts.publicKeyPem } }),
  );

/** What is served: the same that `snapshot show` says. */
export function showSnapshot(_: Asked, { parts }: Door): Promise<Result<Answer, Refusal>> {
  const { authority, digest, graphs, implementations, keyid, objects } = parts.snapshot;
  const digests = Object.fromEntries(
    Object.entries(objects).map(([identity, value]) => [identity, digestOf(parts.sha256, canonical(value))]),
  );
  const facts = { snapshot: digest, keyid, workflows: Object.keys(graphs), objects: digests, implementations };
  return Promise.resolve(ok(json(200, { schema: "omnibase-snapshot-view/1", ...facts, authority: plain(authority) })));
}

/** What can be started, with what, and by which routes. */
export function listWorkflows(_: Asked, { parts }: Door): Promise<Result<Answer, Refusal>> {
  const { digest } = parts.snapshot;
  return Promise.resolve(
    ok(json(200, { schema: "omnibase-workflows/1", snapshot: digest, workflows: workflowsIn(parts) })),
  );
}

function workflowsIn({ snapshot }: Pick<DoorParts, "snapshot">): Json {
  const routes = Object.entries(snapshot.routes ?? {});
  return Object.entries(snapshot.graphs).map(([workflow, graph]): JsonObject => {
    const own = routes.filter(([, route]) => route.workflow === workflow);
    return {
      workflow,
      input: inputOf(graph),
      signals: Object.fromEntries(Object.entries(graph.signals ?? {}).map(([name, said]) => [name, schemaOf(said)])),
      routes: own.map(([ingress, { method, path }]) => ({ ingress, method, path })),
    };
  });
}

/** What its intent admits. Where nothing is checked, anything is. */
function inputOf({ places, start }: Graph): JsonObject {
  const place = places[start];
  if (place?.kind !== "call" || place.work.kind !== "admit") return {};
  const { fields, open } = place.work;
  return open === true ? { ...schemaOf(fields), additionalProperties: true } : schemaOf(fields);
}
