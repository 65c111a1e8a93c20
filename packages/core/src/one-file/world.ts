import { identityOf, parseFqdn } from "../artifact/fqdn.ts";
import { entriesOf, type Entry } from "../artifact/reader.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import { valueAt } from "../dialect/reshape.ts";
import type { Located, LocatedEntry, LocatedMap } from "../value/located.ts";
import { entry, map, mapOf, text, type Origin } from "./make.ts";
import { artifactOf, entriesIfAny, type Whole } from "./whole.ts";

/** The runtime binding and the structure, as far as the document needs any. A store of our own needs no policy. */
export function worldOf(contracts: readonly LocatedMap[], whole: Whole, report: Report): readonly LocatedMap[] {
  const { names, namespace, read } = whole;
  if (read.runtime_binding !== undefined) {
    for (const { spot } of [read.stores, read.bindings].filter((table) => table !== undefined)) {
      const hint = "keep runtime_binding, or stores and bindings";
      report(problemAt(spot, "ARTIFACT_SCHEMA", "another artifact says where the side effects act", { hint }));
    }
    return [];
  }
  const given = entriesIfAny(read.bindings);
  const bindings = new Map(given.map((one) => [one.key, entryOf(one, map({ policy: one.value }, one.value))]));
  for (const used of contracts.flatMap(storesUsedIn)) {
    const identity = used.kind === "scalar" ? String(used.value) : "";
    if (parseFqdn(identity) === undefined || bindings.has(identity)) continue;
    bindings.set(identity, entry(identity, map({ policy: mapOf([], used) }, used)));
  }
  if (bindings.size === 0 && read.stores === undefined) return [];
  const origin = (read.bindings ?? read.stores ?? read.workflow).spot;
  const structure = read.stores && structureOf(entriesOf(read.stores), read.stores.spot, whole);
  const core = map(
    {
      storage_structure: structure && text(identityOf(namespace, names.structure), origin),
      bindings: mapOf([...bindings.values()], origin),
    },
    origin,
  );
  const binding = artifactOf("rb", names.binding, { spot: read.workflow.spot, core }, whole);
  return structure === undefined ? [binding] : [binding, structure];
}

const entryOf = ({ key: name, spot }: Entry<Located>, value: Located): LocatedEntry => ({
  key: name,
  keyAt: spot.at,
  value,
});

/** The side effects of steps that name a store. */
function storesUsedIn(contract: LocatedMap): readonly Located[] {
  const pipeline = valueAt(contract, "core", "pipeline");
  const steps = pipeline?.kind === "list" ? pipeline.items : [];
  return steps.flatMap((step) => (valueAt(step, "store") === undefined ? [] : (valueAt(step, "side_effect") ?? [])));
}

function structureOf(stores: readonly Entry<Located>[], origin: Origin, whole: Whole): LocatedMap {
  const declared = stores.map((one) =>
    entryOf(one, one.value.kind === "scalar" ? map({ path: one.value }, one.value) : one.value),
  );
  const core = map(
    {
      storage_roots: map({ base_path: text("{{module_data_root}}", origin) }, origin),
      entity_stores: mapOf(declared, origin),
    },
    origin,
  );
  return artifactOf("structure", whole.names.structure, { spot: { path: "", ...origin }, core }, whole);
}
