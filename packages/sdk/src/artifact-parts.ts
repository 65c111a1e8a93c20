import type { Located, LocatedEntry, LocatedMap } from "@omnibase/core";
import { entry, mapOf, textAt } from "./locate.ts";

/** What stands beside `core`. Everything else is in it, where its reader says what it does not know. */
const envelope: ReadonlySet<string> = new Set(["code", "version", "namespace", "governed_by"]);

/** An artifact as a file has it, from what a builder was given. */
export function artifact(key: string, said: Located, beside: readonly LocatedEntry[] = []): LocatedMap {
  const { at } = said;
  const names = new Set(beside.map((one) => one.key));
  const core = entriesOf(said).filter((one) => !envelope.has(one.key) && !names.has(one.key));
  return mapOf([...envelopeOf(key, said), entry("core", mapOf(core, at)), ...beside], at);
}

/** The version is that of the code, unless it is said. */
export function envelopeOf(key: string, said: Located): readonly LocatedEntry[] {
  const own = entriesOf(said).filter((one) => envelope.has(one.key));
  const code = own.find((one) => one.key === "code")?.value;
  const version = /_V(\d+)$/.exec(code?.kind === "scalar" ? String(code.value) : "")?.[1] ?? "0";
  const usual = own.some((one) => one.key === "version") ? [] : [entry("version", textAt(`v${version}`, said.at))];
  return [...own.map((one) => (one.key === "code" ? called(one, key) : one)), ...usual];
}

export const isInEnvelope = ({ key }: LocatedEntry): boolean => envelope.has(key);

export const entriesOf = (said: Located): readonly LocatedEntry[] => (said.kind === "map" ? said.entries : []);

export const entryIn = (said: Located, key: string): LocatedEntry | undefined =>
  entriesOf(said).find((one) => one.key === key);

/** The same under another name. */
export const called = ({ keyAt, value }: LocatedEntry, key: string): LocatedEntry => ({ key, keyAt, value });

/** Another value under the same name. */
const valued = ({ key, keyAt }: LocatedEntry, value: Located): LocatedEntry => ({ key, keyAt, value });

type Change = (value: Located) => Located;

/** A map, some of whose values are changed. */
export const changed = (said: Located, changes: Readonly<Record<string, Change>>): Located =>
  mapped(said, (one) => valued(one, (changes[one.key] ?? same)(one.value)));

const same: Change = (value) => value;

/** A map, all of whose values are changed. */
export const eachOf = (said: Located, change: Change): Located => mapped(said, (one) => valued(one, change(one.value)));

/** A map whose keys have other names, unless these are taken: then whoever reads it refuses the first. */
export function renamed(said: Located, names: Readonly<Record<string, string>>): Located {
  const taken = new Set(entriesOf(said).map(({ key }) => key));
  return mapped(said, (one) => {
    const name = names[one.key];
    return name === undefined || taken.has(name) ? one : called(one, name);
  });
}

const mapped = (said: Located, change: (one: LocatedEntry) => LocatedEntry): Located =>
  said.kind === "map" ? { ...said, entries: said.entries.map(change) } : said;

/** `input` and `output` declare, everywhere; artifacts call them `inputs` and `outputs`. */
export const declaring = { input: "inputs", output: "outputs" } as const;
