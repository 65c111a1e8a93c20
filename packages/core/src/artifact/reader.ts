import type { Code } from "../compile/codes.ts";
import { durationPattern, parseDuration } from "../value/duration.ts";
import { namePattern, parseIdentifier } from "../value/identifier.ts";
import type { Located, LocatedMap } from "../value/located.ts";
import { plain, pointerOf } from "../value/located-value.ts";
import { limits } from "../value/limits.ts";
import { ownValue } from "../value/present.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { meantHint } from "./nearest.ts";
import { described, part, type Describe } from "./schema.ts";
import { problemAt, type Report, type Spot } from "./spot.ts";

/** A place in a document, and whom to tell about it. */
export interface Here {
  readonly located: Located;
  readonly spot: Spot;
  readonly report: Report;
  /** Whether the document is in the published dialect. */
  readonly published?: boolean | undefined;
}

export interface Reader<T> {
  /** `undefined`: it was wrong, and that has been reported. */
  (here: Here): T | undefined;
  /** What it reads, for editors. */
  readonly schema?: Describe | undefined;
}

/** Whether a map of the author's may have this key. What is wrong with it has been reported. */
export interface KeyRule {
  (given: string, place: Pick<Here, "spot" | "report">): boolean;
  readonly schema?: Describe | undefined;
}

export interface At<T> {
  readonly value: T;
  readonly spot: Spot;
}

/** A map whose keys are the author's. */
export interface Table<T> {
  readonly spot: Spot;
  readonly entries: ReadonlyMap<string, Entry<T>>;
}

export interface Entry<T> {
  readonly key: string;
  /** Of the key. */
  readonly spot: Spot;
  readonly value: T;
}

export const entriesOf = <T>({ entries }: Table<T>): readonly Entry<T>[] => [...entries.values()];

export const emptyTable = <T>(spot: Spot): Table<T> => ({ spot, entries: new Map() });

/** A reader, and what it reads. */
export const saying = <T>(schema: Describe | undefined, read: (here: Here) => T | undefined): Reader<T> =>
  Object.assign((here: Here) => read(here), { schema });

/** What was read, changed or refused. It is described as before. */
export const mapped = <A, B>(read: Reader<A>, change: (value: A, here: Here) => B | undefined): Reader<B> =>
  saying(read.schema, (here) => {
    const value = read(here);
    return value === undefined ? undefined : change(value, here);
  });

/** Described more narrowly than its parts say, because what it is made with refuses more than they do. */
export const narrowed = <T>(read: Reader<T>, more: JsonObject): Reader<T> =>
  saying((parts) => ({ ...described(read, parts), ...more }), read);

export const text: Reader<At<string>> = saying(
  () => ({ type: "string" }),
  (here) => {
    const { located, spot } = here;
    if (located.kind === "scalar" && typeof located.value === "string") return { value: located.value, spot };
    return refuse(here, "ARTIFACT_SCHEMA", `expected a text, found ${kindOf(located)}`, textHint(located));
  },
);

const textHint = (located: Located): string => (located.kind === "scalar" ? "quote it" : "write a text");

export const flag: Reader<boolean> = saying(
  () => ({ type: "boolean" }),
  (here) =>
    here.located.kind === "scalar" && typeof here.located.value === "boolean"
      ? here.located.value
      : refuse(here, "ARTIFACT_SCHEMA", `expected true or false, found ${kindOf(here.located)}`, "write true or false"),
);

export const number: Reader<At<number>> = saying(
  () => ({ type: "number" }),
  (here) =>
    here.located.kind === "scalar" && typeof here.located.value === "number"
      ? { value: here.located.value, spot: here.spot }
      : refuse(here, "ARTIFACT_SCHEMA", `expected a number, found ${kindOf(here.located)}`, "write a number"),
);

/** ISO 8601, read as milliseconds. */
export const duration: Reader<At<number>> = saying(
  part("duration", () => ({ type: "string", pattern: durationPattern.source })),
  (here) => {
    const found = text(here);
    if (found === undefined) return undefined;
    const parsed = parseDuration(found.value);
    if (parsed.ok) return { value: parsed.value, spot: here.spot };
    return refuse(here, "DURATION_INVALID", `${found.value} is not a duration`);
  },
);

const nameSchema = part("name", () => ({ type: "string", pattern: namePattern, maxLength: limits.idCharsMax }));

export const name: Reader<At<string>> = saying(nameSchema, (here) => {
  const found = text(here);
  return found !== undefined && isName(found.value, here) ? found : undefined;
});

function isName(given: string, { spot, report }: Pick<Here, "spot" | "report">): boolean {
  const parsed = parseIdentifier(given, "name");
  if (!parsed.ok) report(problemAt(spot, parsed.error.code, `${given}: ${parsed.error.message}`));
  return parsed.ok;
}

/** A rule for keys, and what it lets through. */
export const keyRule = (schema: Describe, admits: KeyRule): KeyRule =>
  Object.assign((given: string, place: Pick<Here, "spot" | "report">) => admits(given, place), { schema });

const anyName = keyRule(nameSchema, isName);
export const anyKey: KeyRule = keyRule(
  () => ({}),
  () => true,
);

export function oneOf<T extends string>(words: readonly T[]): Reader<At<T>> {
  return saying(
    () => ({ type: "string", enum: words }),
    (here) => {
      const found = text(here);
      if (found === undefined) return undefined;
      const word = words.find((candidate) => candidate === found.value);
      if (word !== undefined) return { value: word, spot: here.spot };
      return refuse(
        here,
        "ARTIFACT_SCHEMA",
        `${found.value} is not one of ${words.join(", ")}`,
        `use one of ${words.join(", ")}`,
      );
    },
  );
}

export const anything: Reader<At<Json>> = saying(
  () => ({}),
  ({ located, spot }) => ({ value: plain(located), spot }),
);

export function list<T>(read: Reader<T>): Reader<At<readonly T[]>> {
  const schema: Describe = (parts) => ({ type: "array", items: described(read, parts) });
  return saying(schema, (here) => {
    if (here.located.kind !== "list")
      return refuse(here, "ARTIFACT_SCHEMA", `expected a list, found ${kindOf(here.located)}`);
    const { length } = here.located.items;
    const items = here.located.items
      .map((item, index) => read(inside(here, index, item)))
      .filter((item) => item !== undefined);
    return items.length === length ? { value: items, spot: here.spot } : undefined;
  });
}

export function table<T>(read: Reader<T>, admits: KeyRule = anyName): Reader<Table<T>> {
  const schema: Describe = (parts) => ({
    type: "object",
    propertyNames: described(admits, parts),
    additionalProperties: described(read, parts),
  });
  return saying(schema, (here) => {
    const map = mapOf(here);
    if (map === undefined) return undefined;
    const entries = new Map<string, Entry<T>>();
    for (const { key, keyAt, value: located } of map.entries) {
      const place = inside(here, key, located);
      const spot = { at: keyAt, path: place.spot.path };
      const value = read(place);
      if (admits(key, { spot, report: here.report }) && value !== undefined) entries.set(key, { key, spot, value });
    }
    return entries.size === map.entries.length ? { spot: here.spot, entries } : undefined;
  });
}

/** One key that a map of ours may have. */
export interface Key<T> {
  readonly need: "required" | "optional";
  readonly read: Reader<T>;
}

/** A key that other dialects have and that nothing executes, although its author may well believe so. */
interface IgnoredKey {
  readonly need: "never";
  readonly code: Code;
  readonly message: string;
}

export const required = <T>(read: Reader<T>): Key<T> => ({ need: "required", read });
export const optional = <T>(read: Reader<T>): Key<T | undefined> => ({ need: "optional", read });

/** Like any key that is unknown it keeps nothing from being read. */
export const ignored = (code: Code, message: string): IgnoredKey => ({ need: "never", code, message });

/** Problems beside which a document still says what it says. */
export const besides: ReadonlySet<string> = new Set<Code>([
  "UNKNOWN_KEY",
  "EVALUATION_BLOCK_NOT_EXECUTABLE",
  "ON_CT_RESULT_IGNORED",
]);

/** For readers of people. Nothing executes them, and this is the one place that lets them through. */
const descriptive: ReadonlySet<string> = new Set(["summary", "description"]);

type Keys = { readonly [key: string]: Key<unknown> | IgnoredKey };
type Shape<K extends Keys> = { readonly [N in keyof K]: K[N] extends Key<infer T> ? T : undefined } & {
  readonly spot: Spot;
};

/** A map with keys of ours. A key that is not among them is a problem, and the rest is read all the same. */
export function shape<K extends Keys>(keys: K): Reader<Shape<K>> {
  const needed = Object.entries(keys).flatMap(([key, { need }]) => (need === "required" ? [key] : []));
  return saying(schemaOf(keys), (here) => {
    const map = mapOf(here);
    if (map === undefined) return undefined;
    const found: Record<string, unknown> = { spot: here.spot };
    let sound = true;
    for (const { key, keyAt, value } of map.entries) {
      const place = inside(here, key, value);
      const spot = { at: keyAt, path: place.spot.path };
      const known = ownValue(keys, key);
      if (known?.need === "never") here.report(problemAt(spot, known.code, known.message));
      else if (known !== undefined) sound = (found[key] = known.read(place)) !== undefined && sound;
      else if (descriptive.has(key)) sound = text(place) !== undefined && sound;
      else
        here.report(
          problemAt(spot, "UNKNOWN_KEY", `nothing executes the key ${key}`, meantHint(key, Object.keys(keys))),
        );
    }
    for (const key of needed) {
      if (map.entries.some((entry) => entry.key === key)) continue;
      sound = false;
      here.report(problemAt(here.spot, "ARTIFACT_SCHEMA", `the key ${key} is absent`, { hint: `add ${key}` }));
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every key was read by its own reader, or `sound` is false
    return sound ? (found as Shape<K>) : undefined;
  });
}

/** Keys that nothing executes are not among its properties, so an editor refuses them as the reader does. */
const schemaOf =
  (keys: Keys): Describe =>
  (parts) => {
    const known = Object.entries(keys).flatMap(([key, read]) => (read.need === "never" ? [] : [[key, read] as const]));
    const needed = known.flatMap(([key, { need }]) => (need === "required" ? [key] : []));
    return {
      type: "object",
      properties: {
        ...Object.fromEntries([...descriptive].map((key) => [key, { type: "string" }])),
        ...Object.fromEntries(known.map(([key, { read }]) => [key, described(read, parts)])),
      },
      ...(needed.length === 0 ? {} : { required: needed }),
      additionalProperties: false,
    };
  };

type Variants = { readonly [word: string]: Reader<unknown> };
type OneOf<V extends Variants> = V[keyof V] extends Reader<infer T> ? T : never;

/** A map that says by one of its keys which shape it has. */
export function variants<V extends Variants>(by: string, of: V, absent: string): Reader<OneOf<V>> {
  const words = Object.keys(of);
  const schema: Describe = (parts) => ({
    type: "object",
    required: [by],
    properties: { [by]: { enum: words } },
    allOf: Object.entries(of).map(([word, read]) => ({
      if: { properties: { [by]: { const: word } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a key of JSON Schema
      then: described(read, parts),
    })),
  });
  return saying(schema, (here) => {
    const entry = here.located.kind === "map" ? here.located.entries.find(({ key }) => key === by) : undefined;
    if (entry === undefined) return refuse(here, "ARTIFACT_SCHEMA", absent, `add ${by}: ${words.join(", ")}`);
    const word = oneOf(words)(inside(here, by, entry.value))?.value;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whichever of the shapes it is
    return word === undefined ? undefined : (of[word]?.(here) as OneOf<V> | undefined);
  });
}

export const inside = (here: Here, key: string | number, located: Located): Here => ({
  located,
  spot: { at: located.at, path: located.path ?? here.spot.path + pointerOf([key]) },
  report: here.report,
  published: here.published,
});

function mapOf(here: Here): LocatedMap | undefined {
  if (here.located.kind === "map") return here.located;
  return refuse(here, "ARTIFACT_SCHEMA", `expected a map, found ${kindOf(here.located)}`, "write `key: value`");
}

function kindOf(located: Located): string {
  if (located.kind !== "scalar") return `a ${located.kind}`;
  return located.value === null ? "nothing" : `the ${typeof located.value} ${String(located.value)}`;
}

export function refuse(here: Here, code: Code, message: string, hint?: string): undefined {
  here.report(problemAt(here.spot, code, message, hint === undefined ? {} : { hint }));
}
