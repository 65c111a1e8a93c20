import { problemAt } from "../../artifact/spot.ts";
import type { Field } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { returnedAtAll } from "../callable.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";

/** Who answers yes or no decides something: a gate whose answer nobody reads is open. */
export const predicatesDecide = ({ steps }: LinkedContract): readonly Problem[] => steps.flatMap(ofStep);

function ofStep({ callable, step }: LinkedStep): readonly Problem[] {
  if (callable?.kind !== "transform") return [];
  const answers = Object.entries(returnedAtAll(callable)).flatMap(([name, field]) =>
    isOpen(field) && step.when?.field.value !== name ? [name] : [],
  );
  if (answers.length === 0) return [];
  const message = `${callable.identity} returns ${answers.join(", ")}, and no outcome of ${step.name.value} depends on it`;
  return [problemAt(step.spot, "PREDICATE_RESULT_UNUSED", message)];
}

/** Where only one answer can come, the other one is an outcome already. */
const isOpen = ({ enum: values, type }: Field): boolean => type === "boolean" && values?.length !== 1;
