import type { LinkedBinding, LinkedStep } from "../compile/linked.ts";
import type { StoreGrant } from "../compile/compiled.ts";
import type { LinkedWorkflow } from "../compile/linked.ts";
import { present } from "../value/present.ts";

/** A published store is its file: whoever names the same file means the same store, whatever it is called there. */
export const storeOf = (file: string): string => `published::${file}`;

const dataRoot = /^\{\{\s*(?:module|runtime)_data_root\s*\}\}\//;

/** The file of a step's store, relative to the data root: by the storage structure, else by the policy. */
export function storeFile({ callable, step }: LinkedStep, binding: LinkedBinding | undefined): string | undefined {
  const named = step.store && binding?.structure?.stores.entries.get(step.store.value)?.value;
  const policy = callable && binding?.policies.get(callable.identity)?.value.path;
  return named ?? (policy !== undefined && dataRoot.test(policy) ? policy.replace(dataRoot, "") : undefined);
}

/** Every store that a published workflow may touch. */
export function publishedStores({ binding, nodes }: LinkedWorkflow): readonly (readonly [string, StoreGrant])[] {
  const steps = [...nodes.values()].flatMap((node) => (node.type === "CC" ? present(node.contract).steps : []));
  return steps.flatMap((linked) => {
    const callable = linked.callable ?? linked.assumed;
    const file = storeFile({ ...linked, callable }, binding);
    if (callable?.kind !== "store" || file === undefined) return [];
    return [[storeOf(file), { kind: callable.store, file }] as const];
  });
}
