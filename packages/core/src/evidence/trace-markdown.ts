import { canonical } from "../value/canonical.ts";
import { printable } from "../value/display.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { flowOf } from "./trace-flow.ts";
import type { FlowItem, FlowPart } from "./trace-flow.ts";
import type { Trace, TraceEntry } from "./trace.ts";

/** A trace for people: what it came to, what went wrong, and every place in the order in which it was reached. */
export function traceMarkdown(trace: Trace): string {
  const { entries, execution, workflow } = trace;
  return [
    "# Execution Trace",
    "",
    `**Workflow**: ${code(workflow)}\\`,
    `**Execution ID**: ${code(execution)}`,
    ...section("Summary", summaryOf(entries)),
    ...section("Path", pathOf(entries)),
    ...section("Standing", standingOf(entries)),
    ...section("Protocol Violations", entries.flatMap(violationText)),
    ...section("Errors", entries.flatMap(errorText)),
    ...section("Execution Flow", numbered(flowOf(trace))),
    "",
  ].join("\n");
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];

const payloadOf = (entries: readonly TraceEntry[], kind: TraceEntry["kind"]): JsonObject =>
  entries.find((entry) => entry.kind === kind)?.payload ?? {};

function summaryOf(entries: readonly TraceEntry[]): readonly string[] {
  const [start, end] = [payloadOf(entries, "execution_start"), payloadOf(entries, "workflow_complete")];
  const stands = payloadOf(entries, "context_snapshot");
  const nodes = entries.filter(({ kind }) => kind === "node_end").length;
  return [
    ...fact("Status", shown(end["status"] ?? stands["status"])),
    ...fact("Outcome", coded(end["outcome"])),
    ...fact("Exit", coded(end["exit_node"])),
    ...fact("Exit Reason", coded(end["exit_reason_code"])),
    ...fact("Duration", "duration_ms" in end ? `${shown(end["duration_ms"])} ms` : ""),
    ...fact("Execution Phase", phaseOf(entries)),
    ...fact("Nodes Executed", String(nodes)),
    ...fact("Started", `${shown(entries[0]?.at)} by ${coded(start["principal"])}`),
    ...fact("Input", coded(start["input"] ?? start["input_digest"])),
    ...fact("Outputs", coded(unlessEmpty(end["outputs"]) ?? end["outputs_digest"])),
    ...fact("Emitted", coded(unlessEmpty(end["emitted"]))),
    ...fact("Snapshot", coded(start["snapshot"])),
    ...fact("Engine", coded(start["engine"])),
  ];
}

const fact = (name: string, text: string): readonly string[] => (text === "" ? [] : [`- **${name}**: ${text}`]);

/** How far it came: refused where it came in, under way, or through. */
function phaseOf(entries: readonly TraceEntry[]): string {
  if (entries.some(({ kind }) => kind === "context_snapshot")) return "UNDER WAY";
  if (entries.some(({ kind }) => kind === "violation")) return "ADMISSION";
  return payloadOf(entries, "workflow_complete")["class"] === "cancelled" ? "MID-WORKFLOW" : "FULL DAG";
}

function pathOf(entries: readonly TraceEntry[]): readonly string[] {
  const left = entries.filter(({ kind }) => kind === "node_end");
  if (left.length === 0) return [];
  return [left.map(({ payload }) => `${coded(payload["node_id"])} (${shown(payload["status"])})`).join(" → ")];
}

/** What it stands still for. */
function standingOf(entries: readonly TraceEntry[]): readonly string[] {
  const { standing } = payloadOf(entries, "context_snapshot");
  return (Array.isArray(standing) ? standing : [])
    .filter(isObject)
    .map(({ code: why, due_at: due, node_id, stage }) => {
      const until = due === undefined ? "" : ` until ${shown(due)}`;
      return `- ${coded(node_id)}: ${shown(stage)}${why === undefined ? "" : ` ${coded(why)}`}${until}`;
    });
}

function violationText({ kind, payload }: TraceEntry): readonly string[] {
  if (kind !== "violation") return [];
  const { field, message, node_id, violation_code } = payload;
  return [`- ${coded(node_id)} ${coded(violation_code)} at ${coded(field)}: ${coded(message)}`];
}

function errorText({ kind, payload, revision }: TraceEntry): readonly string[] {
  if (kind !== "error") return [];
  const { attempt, error_code, error_type, message, node_id, retry_at } = payload;
  const again = retry_at === undefined ? "" : `, tried again from ${shown(retry_at)} on`;
  const where = `${coded(node_id)}, attempt ${shown(attempt)}, revision ${String(revision)}${again}`;
  return [`- ${shown(error_type)} ${coded(error_code)} at ${where}: ${coded(message)}`];
}

const numbered = (parts: readonly FlowPart[]): readonly string[] =>
  parts.flatMap((part, index) => partText(part, { mark: `${String(index + 1)}.`, indent: "" }));

interface Line {
  readonly mark: string;
  readonly indent: string;
}

function partText(part: FlowPart, line: Line): readonly string[] {
  if (part.kind === "note") return noteText(part.entry, line);
  const inner: Line = { mark: "-", indent: `${line.indent}${" ".repeat(line.mark.length + 1)}` };
  const facts = factsOf(part).map((text) => `${inner.indent}- ${text}`);
  return [
    `${line.indent}${line.mark} ${headOf(part)}`,
    ...facts,
    ...part.inside.flatMap((one) => partText(one, inner)),
  ];
}

function headOf({ end, id, start }: FlowItem): string {
  const { capability_code: capability, undoes } = start;
  const what = capability === undefined || capability === id ? "" : ` ${shown(capability)}`;
  const how = end === undefined ? "stands here" : `${shown(end["status"])} (${shown(end["duration_ms"])} ms)`;
  return `${code(id)}${what}${undoes === true ? ", undoing" : ""} → ${how}`;
}

function factsOf({ end = {}, start }: FlowItem): readonly string[] {
  const { child, input_digests = {}, inputs = {}, not_kept = [] } = start;
  return [
    ...(child === undefined ? [] : [`execution: ${coded(child)}`]),
    ...(unlessEmpty(inputs) === undefined ? [] : [`in: ${coded(inputs)}`]),
    ...(unlessEmpty(input_digests) === undefined ? [] : [`in, as digests: ${coded(input_digests)}`]),
    ...(unlessEmpty(not_kept) === undefined ? [] : [`in, without a value in the log: ${coded(not_kept)}`]),
    ...("outputs" in end && unlessEmpty(end["outputs"]) !== undefined ? [`out: ${coded(end["outputs"])}`] : []),
    ...("digest" in end ? [`out, as digest: ${coded(end["digest"])}`] : []),
  ];
}

/** What was refused has a section of its own. */
function noteText({ at, kind, payload }: TraceEntry, { indent, mark }: Line): readonly string[] {
  if (kind === "violation") return [];
  if (kind === "error") return [`${indent}${mark} ${shown(payload["error_type"])} ${coded(payload["error_code"])}`];
  const { audit_type, place: _, ...rest } = payload;
  const facts = Object.entries(rest).map(([name, value]) => `${name} ${coded(value)}`);
  return [`${indent}${mark} ${[shown(audit_type), ...facts].join(", ")}, ${at}`];
}

function unlessEmpty(value: Json | undefined): Json | undefined {
  const isEmpty = Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
  return isEmpty ? undefined : value;
}

const valueCharsMax = 500;

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return printable(typeof value === "string" ? value : canonical(value), valueCharsMax);
}

const coded = (value: Json | undefined): string => code(shown(value));

/** As code, whatever stands in it: the fence is longer than any inside. */
function code(text: string): string {
  if (text === "") return "";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}
