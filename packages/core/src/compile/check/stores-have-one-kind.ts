import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { storeFile } from "../../dialect/store-file.ts";
import { stepsIn, type Linked, type LinkedBinding, type LinkedStep, type LinkedWorkflow } from "../linked.ts";
import { storeIdentity } from "../lower-work.ts";

/** A store is kept by one family of operations: another would take its entries for something else. */
export function storesHaveOneKind({ workflows }: Linked): readonly Problem[] {
  const first = new Map<string, Use>();
  return workflows.flatMap(usesIn).flatMap((use) => {
    const before = first.get(use.store) ?? use;
    first.set(use.store, before);
    if (before.kind === use.kind) return [];
    const related = [{ message: `it is the ${before.kind} store of this step`, at: before.spot.at }];
    return [problemAt(use.spot, "STORE_KIND_MIXED", `${use.store} is no ${use.kind} store`, { related })];
  });
}

interface Use {
  readonly store: string;
  readonly kind: string;
  readonly spot: Parameters<typeof problemAt>[0];
}

function usesIn(linked: LinkedWorkflow): readonly Use[] {
  const { binding, workflow } = linked;
  const steps = stepsIn(linked);
  if (workflow.published === true) return steps.flatMap((step) => publishedUse(step, binding));
  if (binding?.structure === undefined) return [];
  return steps.flatMap(({ callable, step: { store } }) =>
    callable?.kind === "store" && store !== undefined
      ? [{ store: storeIdentity(store.value, binding), kind: callable.store, spot: store.spot }]
      : [],
  );
}

/** A published store is its file, whoever names it. */
function publishedUse(linked: LinkedStep, binding: LinkedBinding | undefined): readonly Use[] {
  const { callable, step } = linked;
  const file = storeFile(linked, binding);
  if (callable?.kind !== "store" || file === undefined) return [];
  return [{ store: file, kind: callable.store, spot: step.spot }];
}
