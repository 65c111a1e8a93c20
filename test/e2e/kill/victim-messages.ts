import type { ExecutionKey } from "@omnibase/spi";

/** What a victim is told when it is born, as JSON in its environment. */
export interface VictimOptions {
  readonly dataRoot: string;
  /** Commit in the calling thread, as a command does; otherwise in a worker, as a server does. */
  readonly inline: boolean;
  readonly sabotage?: Sabotage;
}

/** A breach planted in the composition of a victim, never in the product, to show that the oracles see it. */
export type Sabotage =
  | "acknowledge-before-commit"
  | "dispatch-before-commit"
  | "attempt-in-key"
  | "timer-not-durable"
  | "synchronous-off"
  /** Two hosts over one store, which every commit survives because it says what it expects. No breach. */
  | "twins"
  | "twins-without-revision-check";

/** Executions are asked for over the owner's socket, as anybody asks. This is the rest. */
export type VictimRequest =
  | { readonly op: "keep"; readonly digest: string; readonly text: string }
  /** What is in the store, as a process beside the owner would read it. It dies with the victim, as it must. */
  | { readonly op: "log"; readonly key: ExecutionKey }
  | { readonly op: "contents" }
  | { readonly op: "leave" };

export type ToVictim = { readonly id: number } & VictimRequest;

/** `id` 0: the victim owns the data root and listens. */
export type FromVictim = { readonly id: number; readonly fault?: string; readonly reply?: unknown };

export type SentLogs = readonly (readonly [execution: string, lines: readonly string[]])[];
