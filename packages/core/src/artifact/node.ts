import type { Field } from "../graph/field.ts";
import type { ExitClass, Join } from "../graph/graph.ts";
import type { Expression, Expressions } from "./expression.ts";
import type { At, Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

/** A node of a workflow, as its author wrote it; what may be left out has its default. */
export type Node = CallNode | ExitNode;
type CallNode = IntentNode | ContractNode | MapNode | LoopNode | WaitNode | TaskNode | ChildNode;

/** Outcome → where it leads. */
export type Next = Table<Targets>;

/** Names of nodes. With more than one, a token becomes several. */
export interface Targets {
  readonly to: At<string>;
  readonly also: readonly At<string>[];
}

export const targetsIn = ({ to, also }: Targets): readonly At<string>[] => [to, ...also];

/** `any`: whoever comes passes, and only one can come. */
export type Joining = At<"any" | Join> | undefined;

export interface IntentNode {
  readonly type: "IN";
  readonly spot: Spot;
  readonly code: At<string>;
  readonly next: Next;
}

interface Joined {
  readonly spot: Spot;
  readonly join: Joining;
}

export interface ContractNode extends Joined {
  readonly type: "CC";
  readonly code: At<string>;
  readonly inputs: Expressions;
  readonly next: Next;
}

/** A contract for each item of a list. */
export interface MapNode extends Joined {
  readonly type: "MAP";
  readonly over: Expression;
  /** What an item is called in `inputs`. */
  readonly as: At<string>;
  readonly code: At<string>;
  readonly inputs: Expressions;
  readonly parallel: At<number>;
  readonly max: At<number>;
  readonly onFailure: At<"stop" | "continue">;
  /** Statuses of the contract that are as they should be. */
  readonly succeeds: At<readonly At<string>[]>;
  readonly next: Next;
}

/** A contract again and again, for as long as it ends with a status of `again`. */
export interface LoopNode extends Joined {
  readonly type: "LOOP";
  readonly code: At<string>;
  readonly inputs: Expressions;
  /** What `$.last` is in the first round. */
  readonly first: Expressions;
  readonly again: At<readonly At<string>[]>;
  readonly max: At<number>;
  readonly everyMs: At<number> | undefined;
  readonly next: Next;
}

export interface WaitNode extends Joined {
  readonly type: "WAIT";
  readonly end: WaitEnd;
  readonly next: Next;
}

/** What a wait waits for. */
export type WaitEnd =
  | { readonly kind: "for"; readonly forMs: At<number> }
  | { readonly kind: "until"; readonly instant: Expression }
  | SignalEnd;

export interface SignalEnd {
  readonly kind: "signal";
  readonly name: At<string>;
  readonly fields: Table<Field>;
  readonly timeoutMs: At<number> | undefined;
}

/** Work for a person or an agent, who says one of the outcomes that `next` names. */
export interface TaskNode extends Joined {
  readonly type: "TASK";
  readonly summary: At<string>;
  readonly inputs: Expressions;
  readonly actors: readonly At<string>[];
  readonly outputs: Table<Field>;
  readonly timeoutMs: At<number> | undefined;
  readonly next: Next;
}

export interface ChildNode extends Joined {
  readonly type: "CHILD";
  readonly workflow: At<string>;
  readonly inputs: Expressions;
  readonly next: Next;
}

export interface ExitNode extends Joined {
  readonly type: "EXIT";
  /** These three may be absent in published artifacts, where the status that leads to the exit says the rest. */
  readonly reason: At<string> | undefined;
  readonly class: At<ExitClass> | undefined;
  readonly outcome: At<string> | undefined;
  readonly outputs: Expressions;
  readonly emit: At<string> | undefined;
  /** Whether what can be undone is undone; said where nothing else says so. */
  readonly compensate: At<boolean> | undefined;
}
