import { pointerOf } from "../../value/located-value.ts";
import type { Located } from "../../value/located.ts";
import type { Problem } from "../../value/problem.ts";
import { secretNamesIn } from "../../value/secret-reference.ts";
import { problemAt, type Spot } from "../../artifact/spot.ts";
import { stepsIn, type LinkedWorkflow } from "../linked.ts";
import type { CompileOptions } from "../options.ts";

/** A policy refers only to secrets that the project grants. Their values are nobody's business here. */
export function secretsAreGranted(workflow: LinkedWorkflow, { grants }: CompileOptions): readonly Problem[] {
  const granted = new Set(grants.secrets);
  const used = new Set(stepsIn(workflow).flatMap(({ callable }) => callable?.identity ?? []));
  return [...(workflow.binding?.binding.policies.entries ?? [])]
    .filter(([identity]) => used.has(identity))
    .flatMap(([, { value }]) => referencesIn(value.located, value.spot.path))
    .filter(({ name }) => !granted.has(name))
    .map(({ name, spot }) => {
      if (name === "")
        return problemAt(spot, "ARTIFACT_SCHEMA", "this refers to a secret without a name", {
          hint: "write secret://NAME",
        });
      const hint = `say in omnibase.yaml under grants.secrets where ${name} lies, if it is meant`;
      return problemAt(spot, "CAPABILITY_DENIED", `secret://${name} is not granted`, { hint });
    });
}

interface Reference {
  readonly name: string;
  readonly spot: Spot;
}

function referencesIn(located: Located, path: string): readonly Reference[] {
  switch (located.kind) {
    case "scalar": {
      const names = typeof located.value === "string" ? secretNamesIn(located.value) : [];
      return names.map((name) => ({ name, spot: { at: located.at, path } }));
    }
    case "list":
      return located.items.flatMap((item, index) => referencesIn(item, path + pointerOf([index])));
    case "map":
      return located.entries.flatMap(({ key, value }) => referencesIn(value, path + pointerOf([key])));
  }
}
