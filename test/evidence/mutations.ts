import { canonical, digestOf, isObject, type Json, type JsonObject } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";

/** What `omnibase receipt` writes: a receipt, the log that it speaks of, the key that signed it. */
export interface Evidence {
  readonly receipt: string;
  readonly log: readonly string[];
  readonly key: string;
}

export interface Files {
  readonly receipt: Buffer;
  readonly log: Buffer;
  readonly key: Buffer;
}

export interface Mutation {
  readonly name: string;
  readonly files: Files;
  /** The first revision that the change touches; absent where it does not touch the log. */
  readonly revision?: number;
}

export const filesOf = ({ receipt, log, key }: Evidence): Files => ({
  receipt: Buffer.from(`${receipt}\n`),
  log: Buffer.from(log.map((line) => `${line}\n`).join("")),
  key: Buffer.from(key),
});

/** Whole numbers below a bound, the same for the same seed. */
type Dice = (below: number) => number;

/** Makes one change to one execution; the other is where strange parts come from. Nothing where it would change nothing. */
type Kind = (dice: Dice, ours: Evidence, theirs: Evidence) => Omit<Mutation, "name"> | undefined;

/** So many different changes, spread evenly over every kind and every pair of executions. */
export function mutationsOf(pairs: readonly (readonly [Evidence, Evidence])[], count: number): readonly Mutation[] {
  const found = new Map<string, Mutation>();
  const names = Object.keys(kinds);
  for (let seed = 0; found.size < count && seed < count * 20; seed += 1) {
    const name = names[seed % names.length] ?? "";
    const [ours, theirs] = pairs[Math.floor(seed / names.length) % pairs.length] ?? [];
    if (ours === undefined || theirs === undefined) break;
    const change = kinds[name]?.(diceOf(seed), ours, theirs);
    if (change === undefined || isSame(change.files, filesOf(ours))) continue;
    const { receipt, log, key } = change.files;
    const bytes = Buffer.concat([receipt, Buffer.of(0), log, Buffer.of(0), key]).toString("latin1");
    if (!found.has(bytes)) found.set(bytes, { name: `${name} (seed ${String(seed)})`, ...change });
  }
  return [...found.values()];
}

const isSame = (a: Files, b: Files): boolean =>
  a.log.equals(b.log) && a.key.equals(b.key) && a.receipt.toString().trimEnd() === b.receipt.toString().trimEnd();

const kinds: { readonly [name: string]: Kind } = {
  "a byte of the log edited": (dice, ours) => inLog(ours, dice, edited),
  "a byte of the log deleted": (dice, ours) => inLog(ours, dice, shortened),
  "a byte inserted into the log": (dice, ours) => inLog(ours, dice, lengthened),
  "the log truncated": (dice, ours) => inLog(ours, dice, (bytes, at) => bytes.subarray(0, at)),
  "a value of the log edited": (dice, ours) => {
    const index = dice(ours.log.length);
    return withLog(ours, ours.log.with(index, revalued(ours.log[index] ?? "", dice)), index);
  },
  "a value of the log edited and all behind it chained anew": (dice, ours) => {
    const index = dice(ours.log.length);
    return withLog(ours, rechained(ours.log.with(index, revalued(ours.log[index] ?? "", dice))), index);
  },
  "a record deleted": (dice, ours) => {
    const index = dice(ours.log.length);
    return withLog(ours, ours.log.toSpliced(index, 1), index);
  },
  "a record deleted and all behind it chained anew": (dice, ours) => {
    const index = 1 + dice(ours.log.length - 1);
    return withLog(ours, rechained(ours.log.toSpliced(index, 1)), index);
  },
  "a record inserted": (dice, ours) => {
    const index = dice(ours.log.length + 1);
    return withLog(ours, ours.log.toSpliced(index, 0, ours.log[dice(ours.log.length)] ?? ""), index);
  },
  "a record of another execution inserted": (dice, ours, theirs) => {
    const index = dice(ours.log.length + 1);
    return withLog(ours, ours.log.toSpliced(index, 0, theirs.log[dice(theirs.log.length)] ?? ""), index);
  },
  "two records in the other order": (dice, ours) => {
    const [a, b] = [dice(ours.log.length), dice(ours.log.length)];
    return withLog(ours, ours.log.with(a, ours.log[b] ?? "").with(b, ours.log[a] ?? ""), Math.min(a, b));
  },
  "the last records left out": (dice, ours) => {
    const index = dice(ours.log.length);
    return withLog(ours, ours.log.slice(0, index), index);
  },
  "a record swapped with another execution": (dice, ours, theirs) => {
    const index = dice(Math.min(ours.log.length, theirs.log.length));
    return withLog(ours, ours.log.with(index, theirs.log[index] ?? ""), index);
  },
  "the rest swapped with another execution": (dice, ours, theirs) => {
    const index = dice(Math.min(ours.log.length, theirs.log.length));
    return withLog(ours, [...ours.log.slice(0, index), ...theirs.log.slice(index)], index);
  },
  "a byte of the receipt edited": (dice, ours) => inReceipt(ours, dice, edited),
  "a byte of the receipt deleted": (dice, ours) => inReceipt(ours, dice, shortened),
  "a byte inserted into the receipt": (dice, ours) => inReceipt(ours, dice, lengthened),
  "the receipt truncated": (dice, ours) => inReceipt(ours, dice, (bytes, at) => bytes.subarray(0, at)),
  "a value of the statement edited": (dice, ours) => {
    const envelope = parsed(ours.receipt);
    const statement = Buffer.from(textAt(envelope, "payload"), "base64").toString();
    const payload = Buffer.from(revalued(statement, dice)).toString("base64");
    return withReceipt(ours, canonical({ ...envelope, payload }));
  },
  "a value of the envelope edited": (dice, ours) => withReceipt(ours, revalued(ours.receipt, dice)),
  "the receipt of another execution": (_, ours, theirs) => withReceipt(ours, theirs.receipt),
  "the signature of another receipt": (_, ours, theirs) => {
    const signatures = parsed(theirs.receipt)["signatures"] ?? [];
    return withReceipt(ours, canonical({ ...parsed(ours.receipt), signatures }));
  },
  "the key of another": (_, ours, theirs) => ({ files: { ...filesOf(ours), key: Buffer.from(theirs.key) } }),
  "a byte of the key edited": (dice, ours) => {
    const key = Buffer.from(ours.key);
    // Behind the fixed beginning of the encoding and before the last symbol, some of whose bits mean nothing.
    const from = ours.key.indexOf("\n") + 17;
    const at = from + dice(ours.key.indexOf("=", from) - 1 - from);
    key[at] = key[at] === 0x41 ? 0x42 : 0x41;
    return { files: { ...filesOf(ours), key } };
  },
};

type BytesChange = (bytes: Buffer, at: number, dice: Dice) => Buffer;

const edited: BytesChange = (bytes, at, dice) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 + dice(255));
  return copy;
};
const shortened: BytesChange = (bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
const lengthened: BytesChange = (bytes, at, dice) =>
  Buffer.concat([bytes.subarray(0, at), Buffer.of(dice(256)), bytes.subarray(at)]);

function inLog(ours: Evidence, dice: Dice, change: BytesChange): Omit<Mutation, "name"> {
  const files = filesOf(ours);
  const at = dice(files.log.length);
  const revision = 1 + files.log.subarray(0, at).filter((byte) => byte === 0x0a).length;
  return { files: { ...files, log: change(files.log, at, dice) }, revision };
}

/** The newline at the end is neither signed nor needed, so it is left alone. */
function inReceipt(ours: Evidence, dice: Dice, change: BytesChange): Omit<Mutation, "name"> {
  const bytes = Buffer.from(ours.receipt);
  return { files: { ...filesOf(ours), receipt: change(bytes, dice(bytes.length), dice) } };
}

const withReceipt = (ours: Evidence, receipt: string): Omit<Mutation, "name"> => ({
  files: filesOf({ ...ours, receipt }),
});

const withLog = (ours: Evidence, log: readonly string[], index: number): Omit<Mutation, "name"> => ({
  files: filesOf({ ...ours, log }),
  revision: index + 1,
});

/** What someone without the key can do at most: every link holds, and only the head is another. */
function rechained(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const line of lines) {
    const before = out.at(-1);
    const prev = before === undefined ? null : digestOf(sha256, before);
    out.push(canonical({ ...parsed(line), prev, revision: out.length + 1 }));
  }
  return out;
}

/** Changes one value somewhere in a text and leaves it canonical. */
function revalued(text: string, dice: Dice): string {
  const value = parsed(text);
  return canonical(changedAt(value, dice(leavesIn(value)), dice));
}

function leavesIn(value: Json): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, item: Json) => sum + leavesIn(item), 0);
}

function changedAt(value: Json, leaf: number, dice: Dice): Json {
  if (!isObject(value) && !Array.isArray(value)) return leaf === 0 ? changedLeaf(value, dice) : value;
  let left = leaf;
  const entries = Object.entries(value).map(([key, item]: [string, Json]): [string, Json] => {
    const changed = left < 0 ? item : changedAt(item, left, dice);
    left -= leavesIn(item);
    return [key, changed];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function changedLeaf(value: Json, dice: Dice): Json {
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string" || value === "") return "x";
  const at = dice(value.length);
  const other = value[at] === "0" ? "1" : "0";
  return value.slice(0, at) + other + value.slice(at + 1);
}

function parsed(text: string): JsonObject {
  return JSON.parse(text);
}

function textAt(value: JsonObject, key: string): string {
  const text = value[key];
  if (typeof text !== "string") throw new Error(`impossible: ${key} is no text`);
  return text;
}

/** Mulberry32. */
function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
