import { canonical, printable, type ExecutionResult } from "@omnibase/core";
import { join, relative } from "node:path";
import type { ExitCode } from "../edge/report.ts";

/** Completed, and what merely waits, is success; everything else that the workflow itself says is 1. */
export const exitOf = ({ status }: Pick<ExecutionResult, "status">): ExitCode =>
  status === "SUCCESS" || status === "WAITING" ? 0 : 1;

export interface Written {
  /** Relative to the data root. */
  readonly files: readonly string[];
  readonly dataRoot: string;
}

/** What happened, in the order in which a person asks. */
export function resultText(result: ExecutionResult, written?: Written): string {
  const { digests, execution, outputs, snapshot, workflow } = result;
  const lines: (readonly [string, string] | undefined)[] = [
    ["status", headline(result)],
    ["route", result.route.map(({ node, outcome }) => `${node} (${outcome})`).join(" → ")],
    canonical(outputs) === "{}" ? undefined : ["outputs", canonical(outputs)],
    result.emitted.length === 0 ? undefined : ["emitted", result.emitted.join(", ")],
    ...result.nack.map(({ code, message }) => ["refused", `${code} ${message}`] as const),
    ...result.problems.map(({ attempt, code, message, place }) => {
      const where = `${place}, attempt ${String(attempt)}`;
      return ["problem", `${code} at ${where}: ${message}`] as const;
    }),
    ["execution", execution],
    ["workflow", workflow],
    ["snapshot", snapshot],
    ["head", digests.head],
    ["took", `${String(result.duration_ms)} ms`],
    ...(written?.files ?? []).map((file) => ["file", shownPath(join(written?.dataRoot ?? "", file))] as const),
  ];
  const table = lines.flatMap((line) =>
    line === undefined ? [] : [`${line[0].padEnd(10)} ${printable(line[1], 2_000)}`],
  );
  return [...table, "", ...nextSteps(result)].join("\n");
}

function headline({
  class: exitClass,
  exit_node: node,
  exit_reason: reason,
  outcome,
  status,
}: ExecutionResult): string {
  if (node === null) return status;
  return `${status}: ${String(outcome)} by ${node} (${String(exitClass)}, ${String(reason)})`;
}

/** How to go on, with the words that go on. */
function nextSteps({ execution, status }: ExecutionResult): readonly string[] {
  if (status === "WAITING") return ["It goes on when what it waits for is there:", `  omnibase resume ${execution}`];
  if (status === "INCIDENT") {
    return [
      "A person must say what happened:",
      `  omnibase incident show ${execution}`,
      `  omnibase incident resolve ${execution} --done OUTCOME | --not-done | --retry`,
    ];
  }
  return [
    `omnibase show ${execution}`,
    `omnibase receipt ${execution} --out receipt`,
    "omnibase verify receipt/receipt.json --log receipt/log.jsonl --key receipt/key.pub.pem",
    `omnibase replay ${execution}`,
  ];
}

export const startedText = (execution: string, existed: boolean): string =>
  `execution  ${execution}${existed ? " (was started before)" : ""}\n\nomnibase show ${execution}\nomnibase resume ${execution}`;

/** From here, where that is shorter. */
export function shownPath(path: string): string {
  const way = relative(process.cwd(), path);
  return way !== "" && !way.startsWith("../..") ? way : path;
}
