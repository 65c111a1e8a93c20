import type { Code } from "../compile/codes.ts";
import { parseIdentifier } from "../value/identifier.ts";
import { parseDuration } from "../value/duration.ts";
import type { Located, LocatedMap } from "../value/located.ts";
import { plain, pointerOf } from "../value/located-value.ts";
import { ownValue } from "../value/present.ts";
import type { Json } from "../value/json.ts";
import { meantHint } from "./nearest.ts";
import { problemAt, type Report, type Spot } from "./spot.ts";

/** A place in a document, and whom to tell about it. */
export interface Here {
  readonly located: Located;
  readonly spot: Spot;
  readonly report: Report;
  /** Whether the document is in the published dialect. */
  readonly published?: boolean | undefined;
}

/** `undefined`: it was wrong, and that has been reported. */
export type Reader<T> = (here: Here) => T | undefined;

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

export const text: Reader<At<string>> = (here) => {
  const { located, spot } = here;
  if (located.kind === "scalar" && typeof located.value === "string") return { value: located.value, spot };
  return refuse(here, "ARTIFACT_SCHEMA", `expected a text, found ${kindOf(located)}`, textHint(located));
};

const textHint = (located: Located): string => (located.kind === "scalar" ? "quote it" : "write a text");

export const flag: Reader<boolean> = (here) =>
  here.located.kind === "scalar" && typeof here.located.value === "boolean"
    ? here.located.value
    : refuse(here, "ARTIFACT_SCHEMA", `expected true or false, found ${kindOf(here.located)}`, "write true or false");

export const number: Reader<At<number>> = (here) =>
  here.located.kind === "scalar" && typeof here.located.value === "number"
    ? { value: here.located.value, spot: here.spot }
    : refuse(here, "ARTIFACT_SCHEMA", `expected a number, found ${kindOf(here.located)}`, "write a number");

/** ISO 8601, read as milliseconds. */
export const duration: Reader<At<number>> = (here) => {
  const found = text(here);
  if (found === undefined) return undefined;
  const parsed = parseDuration(found.value);
  if (parsed.ok) return { value: parsed.value, spot: here.spot };
  return refuse(here, "ARTIFACT_SCHEMA", `${found.value} is not a duration`, "write it like PT10S or PT0.2S");
};

export const name: Reader<At<string>> = (here) => {
  const found = text(here);
  return found !== undefined && isName(found.value, here) ? found : undefined;
};

export function isName(given: string, { spot, report }: Pick<Here, "spot" | "report">): boolean {
  const parsed = parseIdentifier(given, "name");
  if (!parsed.ok) report(problemAt(spot, parsed.error.code, `${given}: ${parsed.error.message}`));
  return parsed.ok;
}

export function oneOf<T extends string>(words: readonly T[]): Reader<At<T>> {
  return (here) => {
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
  };
}

export const anything: Reader<At<Json>> = ({ located, spot }) => ({ value: plain(located), spot });
export const itself: Reader<Here> = (here) => here;

export function list<T>(read: Reader<T>): Reader<At<readonly T[]>> {
  return (here) => {
    if (here.located.kind !== "list")
      return refuse(here, "ARTIFACT_SCHEMA", `expected a list, found ${kindOf(here.located)}`);
    const { length } = here.located.items;
    const items = here.located.items
      .map((item, index) => read(inside(here, index, item)))
      .filter((item) => item !== undefined);
    return items.length === length ? { value: items, spot: here.spot } : undefined;
  };
}

export function table<T>(read: Reader<T>, admits: typeof isName = isName): Reader<Table<T>> {
  return (here) => {
    const map = mapOf(here);
    if (map === undefined) return undefined;
    const entries = new Map<string, Entry<T>>();
    for (const { key, keyAt, value: located } of map.entries) {
      const spot = { at: keyAt, path: here.spot.path + pointerOf([key]) };
      const value = read(inside(here, key, located));
      if (admits(key, { spot, report: here.report }) && value !== undefined) entries.set(key, { key, spot, value });
    }
    return entries.size === map.entries.length ? { spot: here.spot, entries } : undefined;
  };
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
  return (here) => {
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
    for (const [key, { need }] of Object.entries(keys)) {
      if (need !== "required" || map.entries.some((entry) => entry.key === key)) continue;
      sound = false;
      here.report(problemAt(here.spot, "ARTIFACT_SCHEMA", `the key ${key} is absent`, { hint: `add ${key}` }));
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every key was read by its own reader, or `sound` is false
    return sound ? (found as Shape<K>) : undefined;
  };
}

export const inside = (here: Here, key: string | number, located: Located): Here => ({
  located,
  spot: { at: located.at, path: here.spot.path + pointerOf([key]) },
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
