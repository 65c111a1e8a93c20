import type { Located, LocatedEntry, LocatedMap } from "../value/located.ts";
import { pointerOf } from "../value/located-value.ts";
import type { Position } from "../value/problem.ts";

/** Where something is said: what is made of it stands there, too, so that a problem with it points at the author's line. */
export interface Origin {
  readonly at: Position;
  readonly path?: string;
}

/** The same document, whose every value knows its way, so that it keeps it wherever it is moved. */
export function addressed(located: Located, path: string): Located {
  switch (located.kind) {
    case "scalar":
      return { ...located, path };
    case "list":
      return {
        ...located,
        path,
        items: located.items.map((item, index) => addressed(item, path + pointerOf([index]))),
      };
    case "map": {
      const entries = located.entries.map((entry) => ({
        ...entry,
        value: addressed(entry.value, path + pointerOf([entry.key])),
      }));
      return { ...located, path, entries };
    }
  }
}

/** The name under which something is said. */
export const originOf = ({ keyAt: at, value: { path } }: LocatedEntry): Origin => from({ at }, path);

const from = ({ at }: Origin, path: string | undefined): Origin => (path === undefined ? { at } : { at, path });

export const text = (value: string, { at, path }: Origin): Located => ({
  kind: "scalar",
  value,
  ...from({ at }, path),
});

export const list = (items: readonly Located[], { at, path }: Origin): Located => ({
  kind: "list",
  items,
  ...from({ at }, path),
});

/** Values that are absent are left out. */
export const map = (values: { readonly [key: string]: Located | undefined }, origin: Origin): LocatedMap =>
  mapOf(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [entry(key, value)])),
    origin,
  );

export const mapOf = (entries: readonly LocatedEntry[], { at, path }: Origin): LocatedMap => ({
  kind: "map",
  entries,
  ...from({ at }, path),
});

/** A field that may hold anything. */
export const anyValue = (origin: Origin): LocatedMap => map({ type: text("any", origin) }, origin);

/** Every text in a document. */
export function textsIn(located: Located): readonly string[] {
  switch (located.kind) {
    case "scalar":
      return typeof located.value === "string" ? [located.value] : [];
    case "list":
      return located.items.flatMap(textsIn);
    case "map":
      return located.entries.flatMap(({ value }) => textsIn(value));
  }
}

export const entry = (key: string, value: Located): LocatedEntry => ({ key, keyAt: value.at, value });
