import type { Story } from "./story.ts";
import type { TraceEntry } from "../trace.ts";

/** What kind of thing is wrong, in the published words. All but the first are for whoever declared or runs it. */
export type FailureClass =
  | "BUSINESS_VIOLATION"
  | "EXPRESSION_ERROR"
  | "SCHEMA_ERROR"
  | "CT_STRUCTURE_ERROR"
  | "BINDING_ERROR"
  | "CS_RUNTIME_ERROR"
  | "GRAPH_STRUCTURE_ERROR"
  | "ADMISSION_ERROR";

/** Why an execution came to what it came to, or why it stands still. */
export interface Finding {
  /** The rule that found it. */
  readonly rule: string;
  readonly class: FailureClass;
  /** Where, as a position; empty where it is nowhere in particular. */
  readonly node: string;
  readonly reason: string;
  /** Of the record that says so. */
  readonly revision: number;
  readonly hint: string;
  readonly declared: Declared;
  /** The execution that was asked for there, which knows more. */
  readonly child?: string;
}

/**
 * What was declared and may be changed. `keys` lead to a part of it; where nobody wrote that part, what is around it is meant.
 */
export type Declared =
  | { readonly of: "workflow"; readonly keys: readonly string[] }
  | { readonly of: "node" | "step"; readonly position: string; readonly keys: readonly string[] }
  | { readonly of: "intent"; readonly position: string; readonly field: string }
  | { readonly of: "code" | "binding" | "event"; readonly position: string };

export const isStructural = ({ class: failure }: Pick<Finding, "class">): boolean => failure !== "BUSINESS_VIOLATION";

/** An execution that has ended, and what led to its end. */
export interface Ending {
  readonly story: Story;
  readonly end: TraceEntry;
  /** The node after which it ended. */
  readonly node: TraceEntry;
  /** The step of that node that decided; the node itself where it has none. */
  readonly cause: TraceEntry;
}

/** One way in which something is not as it should be. */
export type Rule = (ending: Ending) => Finding | undefined;
