import { canonical, printable, type ExecutionResult } from "@omnibase/core";
import { dirname, join, relative } from "node:path";
import type { Waiting } from "../data/standing.ts";
import { counted } from "../edge/counted.ts";
import type { ExitCode } from "../edge/report.ts";
import type { Given } from "../program/command.ts";

/** Completed, and what merely waits, is success; everything else that the workflow itself says is 1. */
export const exitOf = ({ status }: Pick<ExecutionResult, "status">): ExitCode =>
  status === "SUCCESS" || status === "WAITING" ? 0 : 1;

export interface Telling {
  /** Files that were written, relative to the data root. */
  readonly files: readonly string[];
  /** Files of the trace, absolute. */
  readonly traces: readonly string[];
  readonly dataRoot: string;
  readonly waiting: readonly Waiting[];
  /** The options by which this project was found, so that what is said next can be typed as it stands. */
  readonly where: string;
}

/** What happened, in the order in which a person asks. */
export function resultText(result: ExecutionResult, { dataRoot, files, traces, waiting, where }: Telling): string {
  const { digests, execution, outputs, snapshot, workflow } = result;
  const lines: (readonly [string, string] | undefined)[] = [
    ["status", headline(result)],
    ["route", result.route.map(({ node, outcome }) => `${node} (${outcome})`).join(" → ")],
    canonical(outputs) === "{}" ? undefined : ["outputs", canonical(outputs)],
    result.emitted.length === 0 ? undefined : ["emitted", result.emitted.join(", ")],
    ...result.nack.map(({ code, message }) => ["refused", `${code} ${message}`] as const),
    ...result.problems.map(({ attempt, code, message, place }) => {
      const spot = `${place}, attempt ${String(attempt)}`;
      return ["problem", `${code} at ${spot}: ${message}`] as const;
    }),
    ...waiting.map((one) => ["waits for", waitingText(one)] as const),
    ["execution", execution],
    ["workflow", workflow],
    ["snapshot", snapshot],
    ["head", digests.head],
    ["took", `${String(result.duration_ms)} ms`],
    ...files.map((file) => ["file", shownPath(join(dataRoot, file))] as const),
    ...[...new Set(traces.map(dirname))].map((folder) => ["trace", shownPath(folder)] as const),
  ];
  const table = lines.flatMap((line) =>
    line === undefined ? [] : [`${line[0].padEnd(10)} ${printable(line[1], 2_000)}`],
  );
  return [...table, "", ...nextSteps(result, waiting, where)].join("\n");
}

function headline({
  class: exitClass,
  exit_node: node,
  exit_reason: reason,
  outcome,
  status,
}: ExecutionResult): string {
  if (exitClass === null || exitClass === "cancelled") return status;
  const by = node === null ? "" : ` by ${node}`;
  return `${status}: ${String(outcome)}${by} (${exitClass}, ${String(reason)})`;
}

/** What is wrong and kept nobody from going on. */
export const checkSaysWhich = (count: number, what: string): string =>
  `${counted(count, what)}; \`omnibase check\` says which`;

/** How to go on, with the words that go on. */
function nextSteps(
  { execution, status }: ExecutionResult,
  waiting: readonly Waiting[],
  where: string,
): readonly string[] {
  if (status === "WAITING") {
    const ways = [...waiting.flatMap((one) => waysOn(one, waiting, execution)), `resume ${execution}`];
    return ["It goes on when what it waits for is there:", ...ways.map((way) => `  omnibase ${way}${where}`)];
  }
  if (status === "INCIDENT") {
    return [
      "A person must say what happened:",
      `  omnibase examine ${execution}${where}`,
      `  omnibase incident show ${execution}${where}`,
      `  omnibase incident resolve ${execution}${where} --done OUTCOME | --not-done | --retry`,
    ];
  }
  return [
    ...(status === "FAILED" ? [`omnibase examine ${execution}${where}`] : []),
    `omnibase show ${execution}${where}`,
    `omnibase receipt ${execution} --out receipt${where}`,
    "omnibase verify receipt/receipt.json --log receipt/log.jsonl --key receipt/key.pub.pem",
    `omnibase replay ${execution}${where}`,
  ];
}

/** How to bring what is waited for, where somebody can. */
function waysOn(one: Waiting, all: readonly Waiting[], execution: string): readonly string[] {
  if (one.kind === "signal") return [`signal ${execution} ${one.signal} --payload FILE`];
  if (one.kind !== "task") return [];
  const isOnly = all.filter(({ kind }) => kind === "task").length === 1;
  const as = one.actors[0] === undefined ? "" : ` --as ${one.actors[0]}`;
  return [
    `task complete ${execution}${isOnly ? "" : ` --place ${typed(one.place)}`} --outcome ${one.outcomes.join("|")}${as}`,
  ];
}

/** What an execution stands still for, where, and until when. */
function waitingText(one: Waiting): string {
  switch (one.kind) {
    case "signal":
      return `signal ${one.signal} at ${one.place}${untilText(one.due_at)}`;
    case "task":
      return `task at ${one.place}${untilText(one.due_at)}: ${one.summary}`;
    case "child":
      return `execution ${one.execution} of ${one.workflow} at ${one.place}`;
    case "answer":
      return `an answer at ${one.place}, attempt ${String(one.attempt)}`;
    case "retry":
      return `another attempt at ${one.place}, from ${one.due_at} on`;
    case "time":
      return `${one.due_at} at ${one.place}`;
  }
}

const untilText = (due: string | null): string => (due === null ? "" : ` until ${due}`);

export function startedText(execution: string, existed: boolean, where: string): string {
  const note = existed ? " (was started before)" : "";
  return [
    `execution  ${execution}${note}`,
    "",
    `omnibase show ${execution}${where}`,
    `omnibase resume ${execution}${where}`,
  ].join("\n");
}

/** The options by which a command found its project, as they would be typed again. */
export function whereGiven(given: Given): string {
  const [dataRoot, workspaces] = [given.text("data-root"), given.list("workspace")];
  const options = workspaces.map((workspace) => ` --workspace ${typed(workspace)}`);
  return [...options, ...(dataRoot === undefined ? [] : [` --data-root ${typed(dataRoot)}`])].join("");
}

/** The options with which a command was asked, but for where its page begins, as they would be typed for the next one. */
export const askedAgain = (given: Given, filters: readonly string[]): string =>
  [...filters, "limit"]
    .flatMap((name) => [given.text(name) ?? [], given.list(name)].flat().map((value) => ` --${name} ${typed(value)}`))
    .join("") + whereGiven(given);

/** As a shell takes it for one word. */
export const typed = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Where this process stands may be gone; then nothing is near. */
function here(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}

/** From here, where that is shorter. */
export function shownPath(path: string): string {
  const way = relative(here(), path);
  return way !== "" && !way.startsWith("../..") ? way : path;
}
