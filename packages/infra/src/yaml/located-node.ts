import {
  hasLineSeparator,
  keyRefusal,
  limits,
  numberRefusal,
  pointerOf,
  utf8Length,
  type Located,
  type LocatedEntry,
  type Position,
  type Problem,
} from "@omnibase/core";
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { Locate } from "./lines.ts";

export interface LocatedNode {
  readonly located: Located;
  readonly problems: readonly Problem[];
}

/** Turns what the parser built into a located document, and refuses what our documents never hold. */
export function locatedOf(node: Node | null, source: string, locate: Locate): LocatedNode {
  const reading: Reading = { source, locate, problems: [] };
  return { located: valueOf(node, { reading, path: [], at: locate(0) }), problems: reading.problems };
}

interface Reading {
  readonly source: string;
  readonly locate: Locate;
  readonly problems: Problem[];
}

/** Where we are: the path to the node, and where its parent stands, for a value that is not written at all. */
interface Place {
  readonly reading: Reading;
  readonly path: readonly (string | number)[];
  readonly at: Position;
}

type Reason = Pick<Problem, "code" | "message" | "hint" | "related">;

function refuse({ reading, path }: Place, at: Position, reason: Reason): void {
  reading.problems.push({ severity: "error", at, path: pointerOf(path), ...reason });
}

function valueOf(node: unknown, place: Place): Located {
  if (node === null || node === undefined) return { kind: "scalar", value: null, at: place.at };
  if (isScalar(node)) return scalarOf(node, place);
  if (place.path.length >= limits.depthMax) return tooDeep(place);
  if (isMap(node)) return mapOf(node, place);
  if (!isSeq(node)) throw new Error("impossible: an alias passed the scan");

  const at = positionOf(node, place);
  const items = node.items.map((item, index) => valueOf(item, { ...place, path: [...place.path, index], at }));
  return { kind: "list", items, at };
}

/** A map of one pair inside a list in brackets is a level that the scan does not see. */
function tooDeep(place: Place): Located {
  const message = `more than ${String(limits.depthMax)} collections inside one another`;
  refuse(place, place.at, { code: "ARTIFACT_TOO_DEEP", message });
  return { kind: "scalar", value: null, at: place.at };
}

function mapOf(map: YAMLMap, place: Place): Located {
  const at = positionOf(map, place);
  const seen = new Map<string, Position>();
  const entries = map.items.flatMap((pair) => entryOf(pair, seen, { ...place, at }));
  return { kind: "map", entries, at };
}

function entryOf({ key, value }: Pair, seen: Map<string, Position>, place: Place): readonly LocatedEntry[] {
  if (!isScalar(key) || typeof key.value !== "string") {
    refuse(place, place.at, { code: "YAML_KEY_TYPE", message: "a key is a text on one line" });
    return [];
  }
  const name = key.value;
  const keyAt = positionOf(key, place);
  const inside = { ...place, path: [...place.path, name], at: keyAt };
  const reason = keyReason(key, name, place.reading) ?? duplicate(seen.get(name.normalize("NFC")));
  if (reason !== undefined) refuse(inside, keyAt, reason);
  else seen.set(name.normalize("NFC"), keyAt);
  return [{ key: name, keyAt, value: valueOf(value, inside) }];
}

function keyReason(key: Scalar, name: string, { source }: Reading): Reason | undefined {
  const refusal = keyRefusal(name);
  if (refusal !== undefined) return { ...refusal, code: `ARTIFACT_${refusal.code}` };
  if (!hasLineSeparator(name)) return undefined;
  const offset = String(utf8Length(source.slice(0, key.range?.[0])));
  return { code: "ARTIFACT_ENCODING", message: `the key at byte offset ${offset} holds a line separator` };
}

/** Two keys that look the same are one to an author, so they are compared after NFC. */
const duplicate = (first: Position | undefined): Reason | undefined =>
  first === undefined
    ? undefined
    : {
        code: "YAML_DUPLICATE_KEY",
        message: "the map gives the same key twice",
        related: [{ message: "it is first given here", at: first }],
      };

function scalarOf(scalar: Scalar, place: Place): Located {
  const at = positionOf(scalar, place);
  const { value, source: literal = "" } = scalar;
  if (typeof value === "number") {
    const reason = numberReason(literal, value);
    if (reason !== undefined) refuse(place, at, reason);
    return { kind: "scalar", value: value === 0 ? 0 : value, at };
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") return { kind: "scalar", value, at };
  throw new Error(`impossible: a scalar of type ${typeof value}`);
}

function numberReason(literal: string, value: number): Reason | undefined {
  if (/^[-+]?\.(?:inf|nan)$/i.test(literal)) {
    const message = "no value of ours is infinite or not a number";
    return { code: "ARTIFACT_SCHEMA", message, hint: "quote it if it is text" };
  }
  const refusal = numberRefusal(literal, value);
  return refusal === undefined ? undefined : { ...refusal, code: `ARTIFACT_${refusal.code}` };
}

/** An empty value is placed by the parser after its key, which is where the author would write it. */
const positionOf = (node: Node, { reading, at }: Place): Position =>
  node.range === undefined || node.range === null ? at : reading.locate(node.range[0]);
