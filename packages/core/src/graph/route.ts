import type { Fields } from "./field.ts";

/** A door of a workflow: what is let in there, and what is said to whoever came in. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly workflow: string;
  /** What is sent is checked against these, and their defaults are applied, before anything begins. */
  readonly admits: Fields;
  readonly replies: Replies;
}

/** By the exit where one has a reply of its own, else by what became of the execution. */
export interface Replies {
  readonly exits: { readonly [node: string]: Reply };
  readonly classes: { readonly [meaning in ReplyClass]: Reply };
}

export type ReplyClass = "completed" | "rejected" | "failed" | "cancelled";

export interface Reply {
  readonly status: number;
  /** Name → where in the result of the execution its value stands. */
  readonly body: { readonly [name: string]: readonly string[] };
}
