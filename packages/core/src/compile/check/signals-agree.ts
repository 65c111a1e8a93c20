import { plainFields } from "../../artifact/field.ts";
import type { SignalEnd } from "../../artifact/node.ts";
import { problemAt } from "../../artifact/spot.ts";
import { canonical } from "../../value/canonical.ts";
import type { Problem } from "../../value/problem.ts";
import { signalsIn, type LinkedWorkflow } from "../linked.ts";

/** A signal has one form, whoever waits for it: it may come before anybody does. */
export function signalsAgree(workflow: LinkedWorkflow): readonly Problem[] {
  const first = new Map<string, SignalEnd>();
  return signalsIn(workflow).flatMap((signal) => {
    const before = first.get(signal.name.value) ?? signal;
    first.set(signal.name.value, before);
    if (formOf(before) === formOf(signal)) return [];
    const related = [{ message: "the first wait for it is here", at: before.name.spot.at }];
    const message = `another wait for ${signal.name.value} declares other fields`;
    return [problemAt(signal.name.spot, "SIGNAL_FIELDS_DIFFER", message, { related })];
  });
}

const formOf = ({ fields }: SignalEnd): string => canonical(plainFields(fields));
