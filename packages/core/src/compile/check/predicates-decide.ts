import type { Step } from "../../artifact/contract.ts";
import { entriesOf } from "../../artifact/reader.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Field } from "../../graph/field.ts";
import type { Problem } from "../../value/problem.ts";
import { returnedAtAll } from "../callable.ts";
import type { LinkedContract, LinkedStep } from "../linked.ts";
import { valuesOf } from "../when.ts";

/** Who answers yes or no decides something: a gate whose answer nobody reads is open. */
export const predicatesDecide = ({ steps }: LinkedContract): readonly Problem[] => steps.flatMap(ofStep);

function ofStep(linked: LinkedStep): readonly Problem[] {
  return [...unread(linked), ...undivided(linked.step)];
}

/** A field that is asked and sends everything the same way decides nothing, either. */
function undivided({ name, onResult, when }: Step): readonly Problem[] {
  if (when === undefined) return [];
  const answers = entriesOf(when.outcomes).flatMap(({ key, value }) => valuesOf(value.value).map(() => key));
  const ways = new Set(answers.map((outcome) => wayOf(outcome, onResult)));
  if (answers.length < 2 || ways.size > 1) return [];
  const message = `whatever ${when.field.value} is, ${name.value} goes on in the same way`;
  return [problemAt(when.field.spot, "PREDICATE_RESULT_UNUSED", message)];
}

/** Who leaves with two outcomes goes two ways. */
function wayOf(outcome: string, onResult: Step["onResult"]): string {
  const target = onResult.entries.get(outcome)?.value.value ?? "";
  return target === "exit" ? `exit ${outcome}` : target;
}

function unread({ callable, step }: LinkedStep): readonly Problem[] {
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
