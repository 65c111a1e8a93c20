import type { ExitClass } from "../graph/graph.ts";
import { expression, type Expressions } from "./expression.ts";
import { fields } from "./field.ts";
import type { ChildNode, ContractNode, ExitNode, IntentNode, LoopNode, MapNode, Node } from "./node.ts";
import type { TaskNode, Targets, WaitEnd, WaitNode } from "./node.ts";
import { duration, emptyTable, flag, list, mapped, name, narrowed, number, oneOf, optional, refuse } from "./reader.ts";
import { required, saying, shape, table, text, variants } from "./reader.ts";
import type { At, Here, Key, Reader } from "./reader.ts";
import { described } from "./schema.ts";
import { problemAt, type Spot } from "./spot.ts";

/** One name, or a list of several that are all gone to. */
export const targets: Reader<Targets> = saying(
  (parts) => {
    const one = described(name, parts);
    return { anyOf: [one, { type: "array", items: one, minItems: 1, uniqueItems: true }] };
  },
  (here) => {
    if (here.located.kind === "list" && here.published !== true) return severalOf(here);
    const to = name(here);
    return to && { to, also: [] };
  },
);

function severalOf(here: Here): Targets | undefined {
  const names = list(name)(here)?.value;
  if (names === undefined) return undefined;
  const [to, ...also] = names;
  if (to === undefined) return refuse(here, "ARTIFACT_SCHEMA", "an outcome leads somewhere", "name a node");
  const twice = also.find(({ value }, index) => names.findIndex((other) => other.value === value) <= index);
  if (twice === undefined) return { to, also };
  here.report(problemAt(twice.spot, "NAME_DUPLICATE", `${twice.value} stands twice`));
  return undefined;
}

type Reason = "COMPLETED" | "EXITED" | "FAILED";

const reasons: readonly Reason[] = ["COMPLETED", "EXITED", "FAILED"];
const classes: readonly ExitClass[] = ["completed", "rejected", "failed"];

/** Which kind of node it is was read before. */
const type: Key<unknown> = required(text);
const join = optional(oneOf(["any", "all"] as const));
const next = required(table(targets));
const inputs = optional(table(expression));

const bound = ({
  inputs: given,
  spot,
}: {
  readonly inputs: Expressions | undefined;
  readonly spot: Spot;
}): Expressions => given ?? emptyTable(spot);

const intent = mapped(shape({ type, code: required(text), next }), (read): IntentNode => ({ ...read, type: "IN" }));

const contract = mapped(shape({ type, join, code: required(text), inputs, next }), (read): ContractNode => ({
  ...read,
  type: "CC",
  inputs: bound(read),
}));

const child = mapped(shape({ type, join, workflow: required(text), inputs, next }), (read): ChildNode => ({
  ...read,
  type: "CHILD",
  inputs: bound(read),
}));

/** What a map is where its author says nothing. */
const usual = { as: "item", parallel: 1, max: 1_000, onFailure: "stop", succeeds: "SUCCESS" } as const;

const map = mapped(
  shape({
    type,
    join,
    over: required(expression),
    as: optional(name),
    code: required(text),
    inputs,
    parallel: optional(number),
    max: optional(number),
    on_failure: optional(oneOf(["stop", "continue"] as const)),
    succeeds: optional(list(name)),
    next,
  }),
  (read): MapNode => {
    const { spot } = read;
    return {
      ...read,
      type: "MAP",
      inputs: bound(read),
      as: read.as ?? { value: usual.as, spot },
      parallel: read.parallel ?? { value: usual.parallel, spot },
      max: read.max ?? { value: usual.max, spot },
      onFailure: read.on_failure ?? { value: usual.onFailure, spot },
      succeeds: read.succeeds ?? { value: [{ value: usual.succeeds, spot }], spot },
    };
  },
);

const loop = mapped(
  shape({
    type,
    join,
    code: required(text),
    inputs,
    first: optional(table(expression)),
    again: required(list(name)),
    max: required(number),
    every: optional(duration),
    next,
  }),
  (read): LoopNode => ({
    ...read,
    type: "LOOP",
    inputs: bound(read),
    everyMs: read.every,
    first: read.first ?? emptyTable(read.spot),
  }),
);

const task = mapped(
  shape({
    type,
    join,
    summary: required(text),
    inputs,
    actors: optional(list(text)),
    outputs: optional(fields),
    timeout: optional(duration),
    next,
  }),
  (read): TaskNode => ({
    ...read,
    type: "TASK",
    inputs: bound(read),
    timeoutMs: read.timeout,
    actors: read.actors?.value ?? [],
    outputs: read.outputs ?? emptyTable(read.spot),
  }),
);

const waiting = ({ join: joining, next: ways, spot }: Omit<WaitNode, "type" | "end">, end: WaitEnd): WaitNode => ({
  type: "WAIT",
  spot,
  join: joining,
  next: ways,
  end,
});

const waits = {
  for: mapped(shape({ type, join, for: required(duration), next }), (read) =>
    waiting(read, { kind: "for", forMs: read.for }),
  ),
  until: mapped(shape({ type, join, until: required(expression), next }), (read) =>
    waiting(read, { kind: "until", instant: read.until }),
  ),
  signal: mapped(
    shape({ type, join, signal: required(name), fields: optional(fields), timeout: optional(duration), next }),
    (read) => {
      const { fields: declared, signal, spot, timeout } = read;
      return waiting(read, { kind: "signal", name: signal, fields: declared ?? emptyTable(spot), timeoutMs: timeout });
    },
  ),
} as const;

const wait: Reader<WaitNode> = saying(
  (parts) => ({ oneOf: Object.values(waits).map((read) => described(read, parts)) }),
  (here) => {
    const [end, another] = (["for", "until", "signal"] as const).filter((key) => hasKey(here, key));
    if (end !== undefined && another === undefined) return waits[end](here);
    return refuse(here, "ARTIFACT_SCHEMA", "a wait says what ends it", "write one of for, until and signal");
  },
);

const hasKey = ({ located }: Here, wanted: string): boolean =>
  located.kind === "map" && located.entries.some(({ key }) => key === wanted);

const exitShape = shape({
  type,
  join,
  reason: required(oneOf(reasons)),
  class: optional(oneOf(classes)),
  outcome: required(name),
  outputs: optional(table(expression)),
  emit: optional(text),
  compensate: optional(mapped(flag, (value, { spot }): At<boolean> => ({ value, spot }))),
});

const exit: Reader<ExitNode> = narrowed(
  mapped(exitShape, (read, here) => {
    if (read.class === undefined) return refuse(here, "EXIT_CLASS_REQUIRED", "this exit does not say what it means");
    return { ...read, type: "EXIT", class: read.class, outputs: read.outputs ?? emptyTable(read.spot) };
  }),
  { required: ["type", "reason", "class", "outcome"] },
);

const publishedExit = mapped(
  shape({
    type,
    reason: optional(text),
    class: optional(oneOf(classes)),
    outcome: optional(name),
    outputs: optional(table(expression)),
    emit: optional(text),
  }),
  (read): ExitNode => ({
    ...read,
    type: "EXIT",
    join: undefined,
    outputs: read.outputs ?? emptyTable(read.spot),
    compensate: undefined,
  }),
);

const untyped = "a node says its type";
const ours: Reader<Node> = variants(
  "type",
  { IN: intent, CC: contract, MAP: map, LOOP: loop, WAIT: wait, TASK: task, CHILD: child, EXIT: exit },
  untyped,
);
const published: Reader<Node> = variants("type", { IN: intent, CC: contract, EXIT: publishedExit }, untyped);

/** A node says by its type which other keys it has. */
export const node: Reader<Node> = saying(
  (parts) => described(ours, parts),
  (here) => (here.published === true ? published : ours)(here),
);
