import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { optional, required, shape, table, text, type At, type Here, type Table } from "./reader.ts";
import { problemAt } from "./spot.ts";

/** Which stores there are, and at which file under the data root each is projected. */
export interface Structure extends Named {
  readonly kind: "structure";
  /** Name → file, relative to the data root. */
  readonly stores: Table<string>;
  /** Name → what the store's records are. Absent: whatever is written. */
  readonly entities: ReadonlyMap<string, At<string>>;
}

const dataRoot = "{{module_data_root}}";
const part = /^(?!\.)[\w.-]{1,100}$/;

const document = shape({
  structure_code: required(code),
  ...envelope,
  core: required(
    shape({
      storage_roots: required(shape({ base_path: required(text) })),
      entity_stores: required(table(shape({ path: required(text), entity: optional(text) }))),
    }),
  ),
});

export const structureSchema: Describe = (parts) => described(document, parts);

export function readStructure(here: Here, named: Named): Structure | undefined {
  const read = document(here)?.core;
  if (read === undefined) return undefined;
  const base = baseOf(read.storage_roots.base_path, here);
  const { spot, entries } = read.entity_stores;
  const stores = new Map(
    [...entries].map(([key, entry]) => [key, { ...entry, value: fileOf(base, entry.value.path, here) }]),
  );
  const entities = new Map([...entries].flatMap(([key, { value }]) => (value.entity ? [[key, value.entity]] : [])));
  const executed = here.published === true ? unread(entities, here) : entities;
  return { kind: "structure", ...named, stores: { spot, entries: stores }, entities: executed };
}

/** The published engine looked at no record, and its lowering does not, either. */
function unread(entities: Structure["entities"], here: Here): Structure["entities"] {
  for (const { spot } of entities.values())
    here.report(problemAt(spot, "UNKNOWN_KEY", "nothing executes the key entity"));
  return new Map();
}

/** What stands between the data root and a store's own path, with a slash behind it. */
function baseOf({ value, spot }: At<string>, here: Here): string {
  const below = value.slice(dataRoot.length).replace(/^\//, "").replace(/\/$/, "");
  if (!value.startsWith(dataRoot) || !(below === "" || below.split("/").every((name) => part.test(name)))) {
    here.report(problemAt(spot, "STORE_PATH_INVALID", `${value} is not a path under ${dataRoot}`));
  }
  return below === "" ? "" : `${below}/`;
}

/** Names that begin with a dot are ours: the store itself lies in `.omnibase`. */
function fileOf(base: string, { value, spot }: At<string>, here: Here): string {
  if (!value.split("/").every((name) => part.test(name))) {
    here.report(problemAt(spot, "STORE_PATH_INVALID", `${value} is not a relative path of plain names`));
  }
  return base + value;
}
