import { err, ok, parseIdentifier, printable, type Result } from "@omnibase/core";
import type { Refused } from "../edge/report.ts";

/** `namespace::CODE`, if the project declares it. A code alone will do where only one namespace has it. */
export function workflowNamed(given: string, known: readonly string[]): Result<string, Refused> {
  const parts = given.split("::");
  const [space, code] = parts.length === 1 ? [undefined, parts[0] ?? ""] : [parts[0] ?? "", parts.slice(1).join("::")];
  const checks = [...(space === undefined ? [] : [parseIdentifier(space, "namespace")]), parseIdentifier(code, "name")];
  for (const parsed of checks) {
    if (!parsed.ok) return err({ exit: 2, ...parsed.error, hint: "a workflow is named like demo::WF_GREET_V0" });
  }
  const meant = known.filter((name) => name === given || (space === undefined && name.endsWith(`::${code}`)));
  const [only, ...others] = meant;
  if (only !== undefined && others.length === 0) return ok(only);
  const hint =
    known.length === 0 ? "the project declares no workflow" : `declared are ${known.slice(0, 10).join(", ")}`;
  const message = `there is no workflow ${printable(given)}`;
  return err({ exit: 3, code: "WORKFLOW_NOT_FOUND", message, hint });
}
