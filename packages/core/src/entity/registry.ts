import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { isAbsent, isKey } from "./key.ts";
import { says } from "./operation.ts";
import type { Applied, Changes, EntityOperation, EntityReader, EntityWrite, Perform } from "./operation.ts";

/**
 * A registry: names that are taken once. The first who registers a key has it, until it is deregistered.
 *
 * One key of the store per registered key, one per address, and the count. Their prefixes keep the three apart, so a
 * user's key can be any text.
 */
const KEY = "key/";
const ADDRESS = "address/";
const COUNT = "count";

/** What the registry itself says of an entry. A value cannot overwrite it, in the store or in the projected line. */
const OWN: ReadonlySet<string> = new Set(["key", "address", "target_cs", "target_ref", "tombstone"]);

/** One registered key. What the caller gave as `value` lies beside what the registry says. */
export type RegistryEntry = JsonObject & { readonly address: string };

export const registry: ReadonlyMap<string, Perform> = new Map([
  ["registry.REGISTER", register],
  ["registry.RESOLVE", resolve],
  ["registry.EXISTS", exists],
  ["registry.DEREGISTER", deregister],
  ["registry.COUNT", (_: EntityOperation, read: EntityReader): Applied => says("SUCCESS", { count: countIn(read) })],
]);

function register({ input, nonce }: EntityOperation, read: EntityReader): Applied {
  const { key, value } = input;
  const targets = targetsOf(input);
  if (!isKey(key) || targets === undefined || !(isAbsent(value) || isObject(value))) return says("VIOLATION");
  const before = entryOf(read.get(KEY + key));
  if (before !== undefined) return says("ALREADY_EXISTS", { address: before.address });
  const address = `ADDR_${nonce.slice(0, 32)}`;
  const given = isObject(value) ? foreignFields(value) : {};
  return {
    outcome: "SUCCESS",
    value: { address },
    writes: [...entryWrites(key, entry(address, targets, given)), countWrite(countIn(read) + 1)],
    journal: { ...given, ...targets, key, address },
  };
}

function resolve({ input }: EntityOperation, read: EntityReader): Applied {
  const name = soughtIn(input);
  if (!isKey(name)) return says("VIOLATION");
  const found = lookUp(name, read);
  if (found === undefined) return says("NOT_FOUND");
  return says("SUCCESS", { target_cs: found["target_cs"] ?? null, target_ref: found["target_ref"] ?? null });
}

function exists({ input }: EntityOperation, read: EntityReader): Applied {
  const name = soughtIn(input);
  return says("SUCCESS", { exists: isKey(name) && lookUp(name, read) !== undefined });
}

function deregister({ input }: EntityOperation, read: EntityReader): Applied {
  const { key } = input;
  const found = isKey(key) ? entryOf(read.get(KEY + key)) : undefined;
  if (!isKey(key) || found === undefined) return says("NOT_FOUND");
  const { address } = found;
  return {
    outcome: "SUCCESS",
    value: {},
    writes: [{ key: KEY + key }, { key: ADDRESS + address }, countWrite(countIn(read) - 1)],
    journal: { key, address, tombstone: true },
  };
}

/** A key that looks like an address is still a key: keys win. */
function lookUp(name: string, read: EntityReader): RegistryEntry | undefined {
  const key = read.get(ADDRESS + name);
  return entryOf(read.get(KEY + name)) ?? (typeof key === "string" ? entryOf(read.get(KEY + key)) : undefined);
}

/** The published artifacts spell it in three ways. */
const soughtIn = (input: JsonObject): Json | undefined => input["key"] ?? input["key_or_address"] ?? input["address"];

/** What the caller gave as `value` is the record. It is written once, and then it can only be given back. */
export const registryChanges: Changes = ({ writes }, read) =>
  writes.flatMap(({ key, value }) => {
    if (!key.startsWith(KEY)) return [];
    const before = entryOf(read.get(key));
    return [{ key: key.slice(KEY.length), before: before && recordOf(before), after: value && recordOf(value) }];
  });

const recordOf = (value: Json): Json => entryOf(value)?.["value"] ?? {};

const countIn = (read: EntityReader): number => Number(read.get(COUNT) ?? 0);

const entryOf = (value: Json | undefined): RegistryEntry | undefined =>
  isObject(value) && hasAddress(value) ? value : undefined;

const hasAddress = (value: JsonObject): value is RegistryEntry => typeof value["address"] === "string";

export const entryWrites = (key: string, value: RegistryEntry): readonly Required<EntityWrite>[] => [
  { key: KEY + key, value },
  { key: ADDRESS + value.address, value: key },
];

export const countWrite = (count: number): Required<EntityWrite> => ({ key: COUNT, value: count });

/** The entry that a projected line shows, or what is wrong with the line. */
export function entryOfLine(line: JsonObject): RegistryEntry | string {
  const { address } = line;
  const targets = targetsOf(line);
  if (!isKey(address)) return "`address` is a text of 1 to 256 characters";
  if (targets === undefined) return "`target_cs` and `target_ref` are texts";
  return entry(address, targets, foreignFields(line));
}

const entry = (address: string, targets: JsonObject, given: JsonObject): RegistryEntry => ({
  ...(Object.keys(given).length === 0 ? {} : { value: given }),
  ...targets,
  address,
});

const foreignFields = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !OWN.has(name)));

/** `undefined`: a target is there and is no text. */
function targetsOf(fields: JsonObject): JsonObject | undefined {
  const targets = ["target_cs", "target_ref"].flatMap((name) => {
    const target = fields[name];
    return isAbsent(target) ? [] : [[name, target] as const];
  });
  return targets.every(([, target]) => typeof target === "string") ? Object.fromEntries(targets) : undefined;
}
