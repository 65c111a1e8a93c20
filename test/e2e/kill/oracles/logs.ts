import { createHash } from "node:crypto";
import { isTerminal, verifyChain } from "@omnibase/core";
import type { Evidence } from "../campaign.ts";
import { inputOf } from "../history.ts";
import type { Replayer, Witnessed } from "./reading-evidence.ts";
import type { Violation } from "./violation.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Logs are whole, say what was asked, follow from what was given, begin as they began before, and have one end. */
export function logViolations(
  { history }: Evidence,
  executions: readonly Witnessed[],
  replayer: Replayer,
): readonly Violation[] {
  return executions.flatMap((execution) => [
    ...chainViolations(execution, replayer),
    ...startViolations(execution),
    ...prefixViolations(execution, history.fetched.get(execution.submitted.key.execution) ?? []),
    ...endViolations(execution),
  ]);
}

function chainViolations(
  { lines, records, submitted: { ref, workflow } }: Witnessed,
  replayer: Replayer,
): readonly Violation[] {
  const chain = verifyChain(lines, { sha256 });
  if (!chain.ok)
    return [{ oracle: "chain", detail: `${ref}: ${chain.error.detail} at ${String(chain.error.revision)}` }];
  if (!isChained(lines)) return [{ oracle: "chain", detail: `${ref}: a record does not name the one before` }];
  if (records.length === 0) return [{ oracle: "chain", detail: `${ref}: a record cannot be read` }];
  const replayed = replayer(workflow, lines);
  if (replayed.kind === "same") return [];
  const { computed, recorded, revision } = replayed;
  return [
    {
      oracle: "chain",
      detail: `${ref}: replay differs at ${String(revision)}: ${recorded} / ${computed}`,
    },
  ];
}

/** The same once more in the fewest words, sharing nothing with what is judged. */
function isChained(lines: readonly string[]): boolean {
  return lines.every((line, index) => {
    const record: { readonly prev: unknown; readonly revision: unknown } = JSON.parse(line);
    const before = lines[index - 1];
    return record.revision === index + 1 && record.prev === (before === undefined ? null : `sha256:${sha256(before)}`);
  });
}

function startViolations({ lines, submitted }: Witnessed): readonly Violation[] {
  const first: {
    readonly body?: { readonly input?: unknown; readonly execution?: unknown; readonly workflow?: unknown };
  } = JSON.parse(lines[0] ?? "{}");
  const { execution, input, workflow } = first.body ?? {};
  const isSame =
    execution === submitted.key.execution &&
    workflow === submitted.workflow &&
    JSON.stringify(input) === JSON.stringify(inputOf(submitted));
  return isSame ? [] : [{ oracle: "lost", detail: `${submitted.ref} does not start as it was asked for` }];
}

function prefixViolations({ lines, submitted: { ref } }: Witnessed, fetched: readonly string[]): readonly Violation[] {
  const at = fetched.findIndex((line, index) => lines[index] !== line);
  return at < 0
    ? []
    : [{ oracle: "lost", detail: `${ref}: record ${String(at + 1)} was read before and is not there` }];
}

function endViolations({ records, status, submitted: { ref } }: Witnessed): readonly Violation[] {
  const ends = records.flatMap(({ event }, index) => (isTerminal(event) ? [index] : []));
  const isOver = ends.length === 1 && ends[0] === records.length - 1 && status === "ended";
  if (isOver) return [];
  if (ends.length > 1) return [{ oracle: "doubled", detail: `${ref} ends ${String(ends.length)} times` }];
  const story = records.map(({ event }) => ("place" in event ? `${event.type} ${event.place}` : event.type)).join(", ");
  return [{ oracle: "stuck", detail: `${ref} is ${status} after ${story}` }];
}
