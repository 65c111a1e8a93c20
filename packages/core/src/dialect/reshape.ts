import type { Located, LocatedEntry, LocatedMap } from "../value/located.ts";

/** What becomes of a value; `undefined`: it is left out, because nothing executes it. */
export type Change = (value: Located) => Located | undefined;

/** Changes the values of a map under the keys that are named, and keeps the rest. What is no map is for the reader to refuse. */
export const reshape =
  (changes: { readonly [key: string]: Change }): ((value: Located) => Located) =>
  (value) =>
    overEntries(value, (entry) => (Object.hasOwn(changes, entry.key) ? changes[entry.key] : undefined));

/** Changes every value of a map. */
export const each =
  (change: (value: Located, key: string) => Located): ((value: Located) => Located) =>
  (value) =>
    overEntries(
      value,
      ({ key }) =>
        (inner) =>
          change(inner, key),
    );

export const drop: Change = () => undefined;

/** The same change for several keys. */
export const all = (keys: readonly string[], change: Change): { readonly [key: string]: Change } =>
  Object.fromEntries(keys.map((key) => [key, change]));

function overEntries(value: Located, changeOf: (entry: LocatedEntry) => Change | undefined): Located {
  if (value.kind !== "map") return value;
  const entries = value.entries.flatMap((entry) => {
    const change = changeOf(entry);
    const changed = change === undefined ? entry.value : change(entry.value);
    return changed === undefined ? [] : [{ ...entry, value: changed }];
  });
  return { ...value, entries };
}

export const entryAt = (value: Located | undefined, key: string): LocatedEntry | undefined =>
  entriesIn(value).find((entry) => entry.key === key);

export const entriesIn = (value: Located | undefined): readonly LocatedEntry[] =>
  value?.kind === "map" ? value.entries : [];

export const valueAt = (value: Located | undefined, ...keys: readonly string[]): Located | undefined =>
  keys.reduce<Located | undefined>((at, key) => entryAt(at, key)?.value, value);

export function textAt(value: Located | undefined, ...keys: readonly string[]): string | undefined {
  const found = valueAt(value, ...keys);
  return found?.kind === "scalar" && typeof found.value === "string" ? found.value : undefined;
}

/** The texts of a list; what is no text is left out. */
export function textsAt(value: Located | undefined, ...keys: readonly string[]): readonly string[] {
  const found = valueAt(value, ...keys);
  if (found?.kind !== "list") return [];
  return found.items.flatMap((item) => (item.kind === "scalar" && typeof item.value === "string" ? [item.value] : []));
}

/** A value of ours where the author wrote none. It stands where what it was made of stands. */
export const scalar = (value: string | boolean, { at }: Pick<Located, "at">): Located => ({
  kind: "scalar",
  value,
  at,
});

export const map = (values: { readonly [key: string]: Located }, { at }: Pick<Located, "at">): LocatedMap => ({
  kind: "map",
  entries: Object.entries(values).map(([key, value]) => ({ key, keyAt: value.at, value })),
  at,
});

/** Puts a value under a key, over what was there. */
export function put(value: Located, key: string, given: Located): Located {
  const others = entriesIn(value).filter((entry) => entry.key !== key);
  return { kind: "map", entries: [...others, { key, keyAt: given.at, value: given }], at: value.at };
}
