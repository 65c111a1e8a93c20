import type { Code, Json, JsonObject } from "@omnibase/core";
import type { Defect } from "./defects.ts";
import {
  foundAt,
  nodesIn,
  objectIn,
  plant,
  stepsIn,
  textOf,
  textsIn,
  valueAt,
  type Files,
  type Path,
  type Site,
} from "./planting.ts";

/** A text that may be changed, and where it stands. */
export interface Spot {
  readonly file: string;
  readonly path: Path;
  readonly text: string;
}

export const spotsOf = (sites: readonly Site[], keys: readonly string[]): readonly Spot[] =>
  sites.flatMap(({ file, path, value }) =>
    keys.flatMap((key) => {
      const text = textOf(value[key]);
      return text === "" ? [] : [{ file, path: [...path, key], text }];
    }),
  );

export const filesAt = (files: Files): readonly Site[] =>
  Object.entries(files).map(([file, value]) => ({ file, path: [], value }));

export const coresIn = (files: Files): readonly Site[] =>
  Object.entries(files).map(([file, value]) => ({ file, path: ["core"], value: objectIn(value["core"]) }));

/** The same, seen at a place below it. */
export const below = ({ file, path, value }: Site, ...keys: Path): Site => ({ file, path: [...path, ...keys], value });

/** Every reference that names its namespace. */
export const references = (files: Files): readonly Spot[] => [
  ...spotsOf(filesAt(files), ["runtime_binding"]),
  ...spotsOf(coresIn(files), ["storage_structure"]),
  ...spotsOf(nodesIn(files), ["emit"]),
  ...spotsOf(stepsIn(files), ["transform", "side_effect"]),
];

/** Every path to a value. */
export const paths = (files: Files): readonly Spot[] =>
  [...nodesIn(files), ...stepsIn(files)].flatMap((site) =>
    textsIn(site, "$.").map(({ path, text }) => ({ file: site.file, path, text })),
  );

/** Every binding of an input. */
export const bindings = (sites: readonly Site[]): readonly Spot[] =>
  sites.flatMap(({ file, path, value }) =>
    Object.keys(objectIn(value["inputs"])).map((name) => ({ file, path: [...path, "inputs", name], text: name })),
  );

export const eachSpot =
  (spots: (files: Files) => readonly Spot[], given: (text: string) => Json | undefined): Defect["plantings"] =>
  (files) =>
    spots(files).map(({ file, path, text }) => plant(files, file, path, given(text)));

/** Something under a key of each site. */
export const eachSite =
  (sites: (files: Files) => readonly Site[], key: string, given: Json | undefined): Defect["plantings"] =>
  (files) =>
    sites(files).map(({ file, path }) => plant(files, file, [...path, key], given));

/** Something taken away from each site that has it, which is found at the site. */
export const eachWithout =
  (sites: (files: Files) => readonly Site[], key: string): Defect["plantings"] =>
  (files) =>
    sites(files)
      .filter(({ value }) => value[key] !== undefined)
      .map(({ file, path }) => foundAt(plant(files, file, [...path, key], undefined), file, path));

export const ofType =
  (type: string) =>
  (files: Files): readonly Site[] =>
    nodesIn(files).filter(({ value }) => value["type"] === type);

export const having =
  (key: string, sites: (files: Files) => readonly Site[] = stepsIn) =>
  (files: Files): readonly Site[] =>
    sites(files).filter(({ value }) => value[key] !== undefined);

export const outcomesOf = (value: JsonObject, key: string): readonly string[] => Object.keys(objectIn(value[key]));

/** Every field that an artifact declares below a key of its core. */
export const fieldsIn =
  (code: string, key: string) =>
  (files: Files): readonly Site[] =>
    Object.entries(files).flatMap(([file, value]) =>
      code in value
        ? Object.entries(objectIn(valueAt(value, ["core", key]))).map(([name, field]) => ({
            file,
            path: ["core", key, name],
            value: objectIn(field),
          }))
        : [],
    );

export const endpointsIn = (files: Files): readonly Site[] =>
  Object.entries(files).flatMap(([file, value]) =>
    Object.entries(objectIn(valueAt(value, ["core", "bindings"]))).flatMap(([identity, binding]) =>
      Object.entries(objectIn(valueAt(objectIn(binding), ["policy", "endpoints"]))).map(([name, endpoint]) => ({
        file,
        path: ["core", "bindings", identity, "policy", "endpoints", name],
        value: objectIn(endpoint),
      })),
    ),
  );

export const storesIn = (files: Files): readonly Site[] =>
  Object.entries(files).flatMap(([file, value]) =>
    Object.entries(objectIn(valueAt(value, ["core", "entity_stores"]))).map(([name, store]) => ({
      file,
      path: ["core", "entity_stores", name],
      value: objectIn(store),
    })),
  );

/** What is not known is not blamed for what would follow from it. */
export const unlinked: readonly Code[] = ["RUNTIME_BINDING_MISSING", "REQUIRED_INPUT_NOT_BOUND", "CAPABILITY_DENIED"];

export const rerouted: readonly Code[] = [
  "STATUS_NEVER_PRODUCED",
  "EDGE_NEVER_TAKEN",
  "GRAPH_UNREACHABLE",
  "RESULT_NOT_ON_EVERY_PATH",
  "OUTCOME_WITHOUT_EDGE",
  "STATUS_NOT_ALLOWED",
];

export const rule = (name: Code, plantings: Defect["plantings"], follows: readonly Code[] = []): Defect => ({
  rule: name,
  follows,
  plantings,
});
