import type { Step } from "../../artifact/contract.ts";
import type { At } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { withUndoing, type Callable, type LinkedContract } from "../linked.ts";

type StepKey = "op" | "store" | "endpoint" | "retry" | "timeout" | "compensate";

/** Which keys each kind of capability reads, besides those of every step; the first ones are needed. */
const keysOf: {
  readonly [K in Callable["kind"]]: { readonly needs: readonly StepKey[]; readonly reads: readonly StepKey[] };
} = {
  transform: { needs: [], reads: [] },
  entropy: { needs: [], reads: [] },
  store: { needs: ["store"], reads: ["op", "compensate"] },
  effect: { needs: [], reads: ["op", "retry", "timeout", "compensate"] },
  endpoint: { needs: ["endpoint"], reads: ["op", "retry", "timeout", "compensate"] },
};

/** A step has the keys that its capability reads, and no others. */
export const stepKeysFit = ({ contract, steps }: LinkedContract): readonly Problem[] =>
  withUndoing(steps).flatMap(({ step, callable }) =>
    callable === undefined ? [] : ofStep(step, callable, contract.published === true),
  );

function ofStep(step: Step, { kind, identity }: Callable, published: boolean): readonly Problem[] {
  // A published policy may name the file of a store, which then has no name.
  const isNamed = kind !== "store" || step.store !== undefined || !published;
  const { needs, reads } = isNamed ? keysOf[kind] : { needs: [], reads: keysOf[kind].reads };
  const given = spotsOf(step);
  return [
    ...needs
      .filter((key) => !given.has(key))
      .map((key) => problemAt(step.spot, "STEP_KEY_MISSING", `${identity} needs ${key}`, { hint: `add ${key}` })),
    ...[...given]
      .filter(([key]) => !needs.includes(key) && !reads.includes(key))
      .map(([key, { spot }]) => problemAt(spot, "STEP_KEY_NOT_APPLICABLE", `${identity} does not read ${key}`)),
  ];
}

function spotsOf({
  op,
  store,
  endpoint,
  retry,
  timeoutMs,
  compensate,
}: Step): ReadonlyMap<StepKey, Pick<At<unknown>, "spot">> {
  const given: readonly (readonly [StepKey, Pick<At<unknown>, "spot"> | undefined])[] = [
    ["op", op],
    ["store", store],
    ["endpoint", endpoint],
    ["retry", retry],
    ["timeout", timeoutMs],
    ["compensate", compensate],
  ];
  return new Map(given.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
