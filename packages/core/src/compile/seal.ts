import type { Graph } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { digestOf, type Digest, type Sha256 } from "../value/sha256.ts";
import type { Authority, Compiled } from "./compiled.ts";

export const snapshotFormat = "omnibase-snapshot/1";

/** A compiled set of artifacts in its one spelling. Who signed it stands beside it and changes nothing of it. */
export interface Sealed {
  /** That of the manifest, which names everything else by content. */
  readonly digest: Digest;
  readonly manifest: string;
  readonly objects: { readonly [identity: string]: string };
  readonly graphs: { readonly [workflow: string]: string };
}

/** The same artifacts give the same bytes, on every host and in whatever order they were read. */
export function seal(compiled: Compiled, { sha256 }: { readonly sha256: Sha256 }): Sealed {
  const objects = mapped(compiled.objects, canonical);
  const graphs = mapped(compiled.graphs, (graph) => canonical(plain(graph)));
  const digests = (texts: { readonly [name: string]: string }): Json => mapped(texts, (text) => digestOf(sha256, text));
  const manifest = canonical({
    authority: plain(compiled.authority),
    format: snapshotFormat,
    graphs: digests(graphs),
    implementations: compiled.implementations,
    objects: digests(objects),
    ...(compiled.routes === undefined ? {} : { routes: plain(compiled.routes) }),
  });
  return { digest: digestOf(sha256, manifest), manifest, objects, graphs };
}

const mapped = <A, B>(table: { readonly [name: string]: A }, change: (value: A) => B): { readonly [name: string]: B } =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
const plain = (value: Graph | Authority | NonNullable<Compiled["routes"]>): Json => value as unknown as Json;
