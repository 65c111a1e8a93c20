import { examine, sourceOf, traceOf } from "@omnibase/core";
import type { Examination, ExecutionCommand, PureTransform, TraceProfile } from "@omnibase/core";
import { chargeProject } from "./charge.ts";
import { constructsProject } from "./constructs.ts";
import { sha256 } from "./keys.ts";
import { played, type Play, type Played } from "./played.ts";
import { changed, documentsOf, greetProject, type Project } from "./project.ts";

/** A project that is executed, to be examined. */
export interface Case extends Omit<Play, "documents"> {
  readonly project: Project;
  readonly namespace?: string;
}

export type Says = NonNullable<Play["says"]>;

export const executed = ({ namespace, project, ...play }: Case): Played =>
  played({ ...play, documents: documentsOf(project, namespace) });

export const examinedAs = ({ graph, lines }: Pick<Played, "graph" | "lines">, profile?: TraceProfile): Examination =>
  examine(traceOf({ graph, lines, sha256, ...(profile === undefined ? {} : { profile }) }), graph);

/** The first finding of an execution, and where it points to. */
export function found(of: Case): Readonly<Record<string, unknown>> {
  const come = executed(of);
  const { findings, verdict } = examinedAs(come);
  const [first] = findings;
  if (first === undefined) return { verdict };
  const { class: failure, declared, node, reason, rule } = first;
  const { artifact = "", path = "" } = sourceOf(come.compiled, of.workflow, declared) ?? {};
  return { verdict, rule, class: failure, node, reason, at: `${artifact} ${path}` };
}

type Given = Extract<ExecutionCommand, { readonly type: "Answer" }>["answer"];

/** Answers effects, at positions that hold a text. */
export const answer =
  (given: Given, at = ""): Says =>
  (request, atMs) =>
    request.kind === "effect" && request.place.includes(at)
      ? { type: "Answer", atMs, place: request.place, attempt: request.attempt, answer: given }
      : undefined;

/** Lets time pass. */
export const fire: Says = (request) =>
  request.kind === "timer" ? { type: "Fire", atMs: request.dueMs, place: request.place } : undefined;

export const firstOf =
  (...all: readonly Says[]): Says =>
  (request, atMs) =>
    all.map((says) => says(request, atMs)).find((command) => command !== undefined);

export const violation: PureTransform = () => ({ outcome: "VIOLATION", value: {} });
export const equal: PureTransform = () => ({ outcome: "SUCCESS", value: { is_equal: true } });

export const greet: Case = {
  project: greetProject,
  workflow: "demo::WF_GREET_V0",
  input: { name: "Ada" },
  transform: () => () => ({ outcome: "SUCCESS", value: { id: "GR_1" } }),
};

export const charge: Case = {
  project: chargeProject,
  workflow: "demo::WF_CHARGE_V0",
  input: { order: "A-1", amount: 3, buyer: { email: "ada@example.org" } },
};
/** The same, with a step that can be undone. */
export const undoingProject: Project = changed(chargeProject, [
  [
    "CC_CHARGE_V0",
    "inputs: { text: counted }",
    "inputs: { text: counted }\n      compensate: { side_effect: demo::CS_BELL_V0, op: RING, inputs: { text: uncounted } }",
  ],
]);
/** The first effect of a charge. */
export const paid: Says = answer(
  { kind: "done", outcome: "SUCCESS", value: { status: 200, headers: {}, body: {} } },
  "charge",
);
export const refusal = { code: "REFUSED", message: "nobody listens" };

/** Rounds, waits, a task and a child, one after the other: each can be led where it goes wrong. */
export const line: Case = {
  workflow: "demo::WF_ALL_V0",
  input: { items: [{ n: 0 }, { n: 7 }] },
  transform: () => (given) => ({ outcome: "SUCCESS", value: { is_equal: given["left"] === given["right"] } }),
  project: changed(constructsProject, [
    ["WF_ALL_V0", "ACK: [EACH, ASK]", "ACK: ASK"],
    ["WF_ALL_V0", "next: { YES: POLL, NO: MEET, TIMED_OUT: MEET }", "next: { YES: POLL, NO: EACH, TIMED_OUT: LATE }"],
    [
      "WF_ALL_V0",
      "next: { SUCCESS: MEET, VIOLATION: MEET, EXHAUSTED: MEET }",
      "next: { SUCCESS: EACH, VIOLATION: LATE, EXHAUSTED: LATE }",
    ],
    [
      "WF_ALL_V0",
      "next: { SUCCESS: MEET, ITEM_FAILED: MEET, VIOLATION: MEET }",
      "next: { SUCCESS: MEET, ITEM_FAILED: LATE, VIOLATION: LATE }",
    ],
    ["WF_ALL_V0", "      join: all\n", ""],
  ]),
};

/** Settles tasks. */
export const task =
  (outcome: string): Says =>
  (request, atMs) =>
    request.kind === "task"
      ? { type: "SettleTask", atMs, by: "demo::AC_BOSS_V0", outcome, place: request.place, value: { n: 3 } }
      : undefined;

/** Says what the line waits for. */
export const go: Says = (request, atMs) =>
  request.kind === "timer" && request.place === "MEET"
    ? { type: "Signal", atMs, by: "ada", id: "s", name: "GO", value: { at: "2026-11-21T10:00:00Z" } }
    : undefined;

/** Answers for the execution that the line asks for. */
export const child =
  (outcome: string, { execution, n = 1 }: { readonly execution?: string; readonly n?: number } = {}): Says =>
  (request, atMs) => {
    if (request.kind !== "child") return undefined;
    const value = { execution: execution ?? request.execution, outcome: "DONE", outputs: { n, why: "" } };
    const given: Given = { kind: "done", outcome, value };
    return { type: "Answer", atMs, place: request.place, attempt: request.attempt, answer: given };
  };
