import { problemAt } from "../../artifact/spot.ts";
import type { SurfaceContract } from "../../dialect/governance.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked, LinkedStep } from "../linked.ts";

/** Published steps list what the surface contract of their capability's family lists, where there is one. */
export function surfacesAreCanonical({ contracts }: Linked, surfaces: readonly SurfaceContract[]): readonly Problem[] {
  if (surfaces.length === 0) return [];
  const steps = contracts.flatMap(({ contract, steps: all }) => (contract.published === true ? all : []));
  return steps.flatMap((step) => ofStep(step, surfaces));
}

function ofStep({ assumed, callable, step }: LinkedStep, surfaces: readonly SurfaceContract[]): readonly Problem[] {
  const called = callable ?? assumed;
  if (called === undefined) return [];
  const operation = called.kind === "transform" ? "TRANSFORM" : present(step.op).value;
  const contract = surfaces.find((one) => governs(one, called.identity, operation));
  if (contract === undefined) return [];
  const listed = step.surface.value.map(({ value }) => value);
  if (sameSet(listed, contract.surface)) return [];
  const message = `${contract.identity} lists ${contract.surface.join(", ")}`;
  return [problemAt(step.surface.spot, "RESULT_SURFACE_MISMATCH", message)];
}

/** A family is named with or without version, or by what all its codes begin with. */
function governs({ governs: families, operation }: SurfaceContract, identity: string, called: string): boolean {
  const code = identity.slice(identity.indexOf("::") + 2);
  const plainCode = code.replace(/_V\d+$/, "");
  const isFamily = families.some(
    (family) => [identity, code, plainCode].includes(family) || (family.endsWith("_") && code.startsWith(family)),
  );
  return isFamily && (operation === called || (operation === "READ" && called === "RESOLVE"));
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  new Set(one).size === new Set(other).size && one.every((word) => other.includes(word));
