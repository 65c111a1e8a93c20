import { err, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import type { Refused } from "../edge/report.ts";

/** What can be named so, and what is said where nothing has the name. */
interface Nameable {
  readonly noun: string;
  readonly code: string;
  readonly like: string;
}

const workflow: Nameable = { noun: "workflow", code: "WORKFLOW_NOT_FOUND", like: "demo::WF_GREET_V0" };
const ingress: Nameable = { noun: "ingress", code: "INGRESS_NOT_FOUND", like: "demo::TI_GREET_V0" };

export const workflowNamed = (given: string, known: readonly string[]): Result<string, Refused> =>
  named(given, known, workflow);

export const ingressNamed = (given: string, known: readonly string[]): Result<string, Refused> =>
  named(given, known, ingress);

/** `namespace::CODE`, if the project declares it. A code alone will do where only one namespace has it. */
function named(
  given: string,
  known: readonly string[],
  { code: refusal, like, noun }: Nameable,
): Result<string, Refused> {
  const parts = given.split("::");
  const [space, code] = parts.length === 1 ? [undefined, parts[0] ?? ""] : [parts[0] ?? "", parts.slice(1).join("::")];
  const checks = [...(space === undefined ? [] : [parseIdentifier(space, "namespace")]), parseIdentifier(code, "name")];
  for (const parsed of checks) {
    if (!parsed.ok) return err({ exit: 2, ...parsed.error, hint: `it is named like ${like}` });
  }
  const meant = known.filter((name) => name === given || (space === undefined && name.endsWith(`::${code}`)));
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return ok(only);
  const hint = known.length === 0 ? `the project declares no ${noun}` : `declared are ${known.slice(0, 10).join(", ")}`;
  const message = `there is no ${noun} ${printable(given)}`;
  return err({ exit: 3, code: refusal, message, hint });
}
