import type { Witnessed } from "./reading-evidence.ts";
import type { Violation } from "./violation.ts";

/** What was said and done was heard once, however often it was said; and what was asked for was started once, and told of. */
export function talkViolations(executions: readonly Witnessed[]): readonly Violation[] {
  const children = executions.filter(({ submitted }) => submitted.parent !== undefined);
  return executions
    .filter(({ submitted }) => submitted.workflow === "kill::WF_TALK_V0")
    .flatMap(({ records, submitted: { key, ref } }): readonly Violation[] => {
      const events = records.map(({ event }) => event);
      const count = (type: string): number => events.filter((event) => event.type === type).length;
      const own = children.filter(({ submitted }) => submitted.parent === key.execution);
      const settled = events.flatMap((event) => (event.type === "Settled" && event.place === "HELP" ? [event] : []));
      const isOver = events.some(({ type }) => type === "Completed");
      const often = [count("Signalled"), count("TaskSettled"), own.length, settled.length];
      const violations: Violation[] = [];
      if (often.some((times) => times > 1))
        violations.push({ oracle: "doubled", detail: `${ref}: ${often.join(", ")}` });
      if (isOver && often.includes(0))
        violations.push({ oracle: "lost", detail: `${ref} ended with ${often.join(", ")}` });
      const told = JSON.stringify(settled[0]?.value);
      const wrong = settled.length > 0 && own.every(({ submitted }) => !told.includes(submitted.key.execution));
      if (wrong) violations.push({ oracle: "untrue", detail: `${ref} was told of another: ${told}` });
      return violations;
    });
}
