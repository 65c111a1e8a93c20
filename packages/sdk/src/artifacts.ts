import type { Located } from "@omnibase/core";
import { artifact, changed, declaring, eachOf, entriesOf, entryIn, renamed } from "./artifact-parts.ts";
import type { Declared, DefinitionKind } from "./definition.ts";
import { entry, located, mapOf, textAt, type Called } from "./locate.ts";
import { sealedRun, type SealedRun } from "./sealed-run.ts";
import { workflowDocument } from "./workflow-document.ts";

export interface Artifacts {
  readonly documents: readonly Located[];
  readonly code: readonly SealedRun[];
}

/** What a builder was given, as the artifacts that a file would hold. */
export function artifactsFor(declared: Declared, context: Called): Artifacts {
  const { kind, value } = declared;
  for (const [key, hint] of Object.entries(made[kind] ?? {})) refuseKey(key, hint, declared, context);
  if (kind === "transform") return transform(declared, context);
  if (kind === "workflow") return { documents: [workflowDocument(declared, context)], code: [] };
  return { documents: [others[kind](whole(value, context))], code: [] };
}

/** What a builder says of an artifact by itself, and what its author says instead: both would be one too many. */
const made: { readonly [K in DefinitionKind]?: Readonly<Record<string, string>> } = {
  transform: { implementation: "write the code under run" },
  workflow: { workflow: "its name is its code" },
  structure: { storage_roots: "every path lies under the data root" },
};

function refuseKey(key: string, hint: string, { value }: Declared, { at, literal, position, report }: Called): void {
  if (value[key] === undefined) return;
  const entryOf = literal?.kind === "map" ? literal.entries.get(key) : undefined;
  const where = entryOf === undefined ? at : position(entryOf.keyAt);
  report({ code: "UNKNOWN_KEY", severity: "error", message: `nothing executes the key ${key}`, at: where, hint });
}

/** All of it stands where its builder was called. */
const whole = (value: unknown, context: Called): Located => ({ ...located(value, context, context), at: context.at });

/** How the words of a builder become those of its artifact, where they are not the same. */
const others: Readonly<Record<Exclude<DefinitionKind, "workflow" | "transform">, (said: Located) => Located>> = {
  contract: (said) => artifact("cc_code", changed(renamed(statusesOf(said), declaring), { pipeline: withSurfaces })),
  "side-effect": (said) =>
    artifact(
      "cs_code",
      changed(said, { operations: (all) => eachOf(all, operation) }),
      entriesOf(said).filter(({ key }) => key === "implementation"),
    ),
  event: (said) => artifact("ev_code", renamed(said, { fields: "schema" })),
  actor: (said) => artifact("ac_code", said),
  entity: (said) => artifact("entity_code", said),
  structure: (said) => artifact("structure_code", storesOf(said)),
  "runtime-binding": (said) =>
    artifact(
      "rb_code",
      changed(renamed(said, { structure: "storage_structure" }), {
        bindings: (all) => eachOf(all, (policy) => mapOf([entry("policy", policy)], policy.at)),
      }),
    ),
  ingress: (said) => artifact("ti_code", renamed(said, { input: "admission_schema" })),
  egress: (said) => artifact("te_code", said),
};

const usualFailure = "VIOLATION";

function statusesOf(said: Located): Located {
  const statuses = entryIn(said, "statuses");
  if (statuses === undefined || entryIn(said, "result_status_contract") !== undefined) return said;
  const failure = entryIn(said, "on_input_failure")?.value ?? textAt(usualFailure, statuses.value.at);
  const contract = mapOf([entry("allowed", statuses.value), entry("on_input_failure", failure)], statuses.keyAt);
  const rest = entriesOf(said).filter(({ key }) => key !== "statuses" && key !== "on_input_failure");
  return mapOf([...rest, entry("result_status_contract", contract, statuses.keyAt)], said.at);
}

/** What a step may end with is what it routes. */
function withSurfaces(pipeline: Located): Located {
  if (pipeline.kind !== "list") return pipeline;
  const items = pipeline.items.map((step) => {
    const routes = entryIn(step, "on_result");
    if (routes === undefined || step.kind !== "map" || entryIn(step, "result_surface") !== undefined) return step;
    const names = entriesOf(routes.value).map(({ key, keyAt }) => textAt(key, keyAt));
    const surface: Located = { kind: "list", items: names, at: routes.keyAt };
    return mapOf([...step.entries, entry("result_surface", surface)], step.at);
  });
  return { ...pipeline, items };
}

const operation = (said: Located): Located =>
  changed(renamed(said, declaring), { endpoint: (one) => renamed(one, declaring) });

/** A store is a path, or all that a structure may say of it; all lie under the data root. */
function storesOf(said: Located): Located {
  const entries = entriesOf(said).flatMap((one) => {
    if (one.key !== "stores" || entryIn(said, "entity_stores") !== undefined) return [one];
    const root = mapOf([entry("base_path", textAt("{{module_data_root}}", one.keyAt))], one.keyAt);
    const stores = eachOf(one.value, (store) =>
      store.kind === "scalar" ? mapOf([entry("path", store)], store.at) : store,
    );
    return [entry("storage_roots", root), entry("entity_stores", stores, one.keyAt)];
  });
  return mapOf(entries, said.at);
}

function transform({ value }: Declared, context: Called): Artifacts {
  const { at } = context;
  const { cases, outcomes, run: _, ...rest } = value;
  const name = String(value["code"]);
  const named: unknown = outcomes ?? [];
  const closed = Array.isArray(named) ? [...new Set(["SUCCESS", ...named])] : named;
  const said = renamed(whole({ ...rest, outcomes: closed }, context), declaring);
  const implementation = entry("implementation", mapOf([entry("typescript", textAt(name, at))], at));
  const document = artifact("ct_code", said, [implementation]);
  const tested = cases === undefined ? [] : [testData(name, value, context)];
  const code = sealedRun({ ...context, name, saysOutcome: outcomes !== undefined }, context);
  return { documents: [document, ...tested], code: code === undefined ? [] : [code] };
}

const ofCase = { input: "bindings", output: "expected", outcome: "expected_outcome" } as const;

function testData(name: string, { cases, namespace, version }: Declared["value"], context: Called): Located {
  const said = whole({ code: `TEST_DATA_${name}`, namespace, version, transform: name, cases }, context);
  return artifact("test_data_code", changed(said, { cases: (all) => eachOf(all, (one) => renamed(one, ofCase)) }));
}
