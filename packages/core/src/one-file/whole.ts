import { entriesIn, entryAt } from "../dialect/reshape.ts";
import { entriesOf, type Entry, type Table } from "../artifact/reader.ts";
import type { Spot } from "../artifact/spot.ts";
import type { Located, LocatedMap } from "../value/located.ts";
import { present } from "../value/present.ts";
import type { Capabilities } from "./capability.ts";
import type { OneFile } from "./form.ts";
import { entry, mapOf, text, type Origin } from "./make.ts";

export interface Whole {
  readonly located: Located;
  readonly namespace: string;
  readonly names: Names;
  readonly read: OneFile;
  readonly known: Capabilities;
}

export interface Names {
  readonly intent: string;
  readonly binding: string;
  readonly structure: string;
  contractOf(node: string): string;
}

/** `WF_GREET_V0` brings `IN_GREET_V0`, `RB_GREET_V0`, `STRUCTURE_GREET_V0`, and `CC_GREET_KEEP_V0` for its node KEEP. */
export function namesFor(workflow: string): Names {
  const version = /_V\d+$/.exec(workflow)?.[0] ?? "";
  const stem = workflow.slice(workflow.startsWith("WF_") ? "WF_".length : 0, workflow.length - version.length);
  const rest = `${stem}${version}`;
  return {
    intent: `IN_${rest}`,
    binding: `RB_${rest}`,
    structure: `STRUCTURE_${rest}`,
    contractOf: (node) => `CC_${stem}_${node}${version}`,
  };
}

interface Said {
  /** Where its name stands. */
  readonly spot: Spot;
  readonly core: Located;
}

/** Version, namespace and government are those of the whole document. */
export function artifactOf(kind: string, code: string, { spot, core }: Said, { located }: Whole): LocatedMap {
  const shared = entriesIn(located).filter((one) => ["version", "namespace", "governed_by"].includes(one.key));
  return mapOf([entry(`${kind}_code`, text(code, spot)), ...shared, entry("core", core)], located);
}

/** A key of the whole document that must be there. */
export function originAt(located: Located, name: string): Origin {
  return { at: present(entryAt(located, name)).keyAt, path: `/${name}` };
}

export const entriesIfAny = <T>(table: Table<T> | undefined): readonly Entry<T>[] =>
  table === undefined ? [] : entriesOf(table);
