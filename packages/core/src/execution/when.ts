import type { OutcomeName, When } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { ownValue } from "../value/present.ts";
import { valueAt } from "./evaluate.ts";

/**
 * What an answer comes to. Where a field of it decides, SUCCESS is only that the question was answered, and the field says
 * what the answer is. `undefined`: it says nothing that was declared, and then nobody knows where to go.
 */
export function outcomeBy(
  { when }: { readonly when?: When | undefined },
  outcome: OutcomeName,
  value: Json,
): OutcomeName | undefined {
  if (when === undefined || outcome !== "SUCCESS") return outcome;
  const deciding = valueAt(value, when.path);
  return isScalar(deciding) ? ownValue(when.outcomes, JSON.stringify(deciding)) : undefined;
}

const isScalar = (value: Json | undefined): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
