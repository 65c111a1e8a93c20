import { isObject, plain, pointerOf, type Json, type JsonObject, type SourceDocument } from "@omnibase/core";
import { documentsOf, locatedYaml, type Project } from "@omnibase/testkit";

/** Artifacts as plain values, by file: what defects are planted in. */
export type Files = Readonly<Record<string, JsonObject>>;

/** A place inside of a file. */
export type Path = readonly (string | number)[];

/** Files with one defect, and every place where it must be found, as `file pointer`. */
export interface Planted {
  readonly files: Files;
  readonly at: readonly string[];
}

export const objectIn = (value: Json | undefined): JsonObject => (value !== undefined && isObject(value) ? value : {});

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export const filesOf = (project: Project): Files =>
  Object.fromEntries(Object.entries(project).map(([file, text]) => [file, objectIn(plain(locatedYaml(text, file)))]));

const library: readonly SourceDocument[] = documentsOf({});

/** The standard library as plain values, by identity. */
export const declared: ReadonlyMap<string, JsonObject> = new Map(
  library.map(({ located }) => {
    const value = objectIn(plain(located));
    return [`std::${textOf(value["ct_code"] ?? value["cs_code"])}`, value];
  }),
);

/** Beside the standard library. JSON is YAML. */
export const documentsIn = (files: Files): readonly SourceDocument[] => [
  ...library,
  ...Object.entries(files).map(([file, value]) => ({
    located: locatedYaml(JSON.stringify(value), file),
    file,
    namespace: "demo",
  })),
];

export const listIn = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

export const valueAt = (value: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => {
    if (typeof key === "number") return listIn(at)[key];
    return objectIn(at)[key];
  }, value);

/** The same value with another one at a place; `undefined` takes away what is there. */
export function withValue(value: Json | undefined, path: Path, given: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return given ?? null;
  if (typeof key === "number") {
    const items = listIn(value);
    const inner = rest.length === 0 ? given : withValue(items[key], rest, given);
    return items.flatMap((item, index) => (index !== key ? [item] : inner === undefined ? [] : [inner]));
  }
  const inner = rest.length === 0 ? given : withValue(objectIn(value)[key], rest, given);
  const { [key]: _, ...others } = objectIn(value);
  if (inner === undefined) return others;
  return Object.hasOwn(objectIn(value), key) ? { ...objectIn(value), [key]: inner } : { ...others, [key]: inner };
}

/** A defect at one place. It is found there, or where it is said. */
export function plant(files: Files, file: string, path: Path, given: Json | undefined): Planted {
  const changed = objectIn(withValue(files[file], path, given));
  return { files: { ...files, [file]: changed }, at: [placeOf(file, path)] };
}

export const foundAt = (planted: Planted, file: string, path: Path): Planted => ({
  ...planted,
  at: [placeOf(file, path)],
});

export const placeOf = (file: string, path: Path): string => `${file} ${pointerOf(path)}`;

/** A node of a workflow, or a step of a contract. */
export interface Site {
  readonly file: string;
  readonly path: Path;
  readonly value: JsonObject;
}

export const nodesIn = (files: Files): readonly Site[] =>
  Object.entries(files).flatMap(([file, value]) =>
    Object.entries(objectIn(valueAt(value, ["core", "nodes"]))).map(([name, node]) => ({
      file,
      path: ["core", "nodes", name],
      value: objectIn(node),
    })),
  );

export const stepsIn = (files: Files): readonly Site[] =>
  Object.entries(files).flatMap(([file, value]) =>
    listIn(valueAt(value, ["core", "pipeline"])).map((step, index) => ({
      file,
      path: ["core", "pipeline", index],
      value: objectIn(step),
    })),
  );

export const contractsIn = (files: Files): readonly Site[] =>
  Object.entries(files).flatMap(([file, value]) => ("cc_code" in value ? [{ file, path: ["core"], value }] : []));

/** Every text below a place that begins so. */
export function textsIn(site: Site, prefix: string): readonly { readonly path: Path; readonly text: string }[] {
  const found: { readonly path: Path; readonly text: string }[] = [];
  const visit = (value: Json | undefined, path: Path): void => {
    if (typeof value === "string") {
      if (value.startsWith(prefix)) found.push({ path, text: value });
    } else if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (value !== undefined && isObject(value)) {
      for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    }
  };
  visit(site.value, site.path);
  return found;
}
