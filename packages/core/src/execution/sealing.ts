import { canonical } from "../value/canonical.ts";
import type { Graph } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import type { DecodedRecord } from "./decode.ts";
import type { ExecutionEvent } from "./events.ts";
import { exchanged } from "./secrecy.ts";

/**
 * Seals values under the key of one execution, handed in: core computes no ciphers. The same text at the same place of
 * the same log is sealed the same, so a replay that holds the key comes to the same bytes.
 */
export interface Sealer {
  close(where: string, text: string): { readonly commitment: string; readonly box: string };
  /** `undefined`: the box is not what was committed to there. */
  open(where: string, sealed: { readonly commitment: string; readonly box: string }): string | undefined;
}

/** A value as only the holder of the key can read it. Its commitment stands in the record, at the pointer into its body. */
export interface SealedBox {
  readonly revision: number;
  readonly pointer: string;
  readonly box: string;
}

/** What opens the records of one execution. */
export interface Keyring {
  readonly sealer: Sealer;
  readonly boxes: readonly SealedBox[];
}

/** What is known of an execution's secrets where its key is not there. */
const mark = "sealed:";

const whereOf = (revision: number, pointer: string): string => `${String(revision)}${pointer}`;

/** A fact as it is recorded, with salted commitments in the place of secrets, and what was taken out of it. */
export function sealed(
  graph: Graph,
  event: ExecutionEvent,
  { revision, sealer }: { readonly revision: number; readonly sealer: Sealer },
): { readonly event: ExecutionEvent; readonly boxes: readonly SealedBox[] } {
  const boxes: SealedBox[] = [];
  const closed = exchanged(graph, event, (pointer, value) => {
    const { box, commitment } = sealer.close(whereOf(revision, pointer), canonical(value));
    boxes.push({ revision, pointer, box });
    return `${mark}${commitment}`;
  });
  return { event: closed, boxes };
}

export type Open = (record: DecodedRecord) => DecodedRecord;

/** Puts the secrets back into records. A box that is not there, or is another, means the log is broken. */
export function opener(graph: Graph, { boxes, sealer }: Keyring): Open {
  const known = new Map(boxes.map(({ box, pointer, revision }) => [whereOf(revision, pointer), box]));
  return (record) => {
    const event = exchanged(graph, record.event, (pointer, value) => {
      const where = whereOf(record.revision, pointer);
      const box = known.get(where);
      const commitment = commitmentIn(value);
      const text = box === undefined || commitment === undefined ? undefined : sealer.open(where, { box, commitment });
      if (text === undefined) throw new Error(`impossible: what stands at ${where} was not sealed there`);
      const opened: Json = JSON.parse(text);
      return opened;
    });
    return { ...record, event };
  };
}

const commitmentIn = (value: Json): string | undefined =>
  typeof value === "string" && value.startsWith(mark) ? value.slice(mark.length) : undefined;
