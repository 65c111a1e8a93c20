import { stepsIn, type LinkedBinding, type LinkedStep, type LinkedWorkflow } from "../compile/linked.ts";
import type { StoreGrant } from "../compile/compiled.ts";
import { publishedStoreOf } from "../entity/published-append.ts";

const dataRoot = /^\{\{\s*(?:module|runtime)_data_root\s*\}\}\//;

/** The file of a step's store, relative to the data root: by the storage structure, else by the policy. */
export function storeFile({ callable, step }: LinkedStep, binding: LinkedBinding | undefined): string | undefined {
  const named = step.store && binding?.structure?.stores.entries.get(step.store.value)?.value;
  const policy = callable && binding?.policies.get(callable.identity)?.value.path;
  return named ?? (policy !== undefined && dataRoot.test(policy) ? policy.replace(dataRoot, "") : undefined);
}

/** Every store that a published workflow may touch. */
export function publishedStores(workflow: LinkedWorkflow): readonly (readonly [string, StoreGrant])[] {
  return stepsIn(workflow).flatMap((linked) => {
    const { binding } = workflow;
    const callable = linked.callable ?? linked.assumed;
    const file = storeFile({ ...linked, callable }, binding);
    if (callable?.kind !== "store" || file === undefined) return [];
    return [[publishedStoreOf(file), { kind: callable.store, file }] as const];
  });
}
