import type { Failure, Json } from "@omnibase/core";

/**
 * Does one family of work in the world.
 *
 * 1. **Answers, never throws,** for whatever it can name. Only a bug escapes.
 * 2. **Honest about silence.** `not-done` means certainly not done; anything less certain is `unknown`.
 * 3. **Passes the key on.** `request.key` is the same on every attempt and every host, and reaches whoever can remember it.
 * 4. **In time.** Answers within `timeoutMs`; after that the host stops listening and takes it for `unknown`.
 * 5. **Within its grant.** What the snapshot's authority does not name, it refuses as `not-done` with `CAPABILITY_DENIED`.
 */
export interface Handler {
  readonly name: string;
  handle(request: HandlerRequest, signal: AbortSignalLike): Promise<Answer>;
}

export interface HandlerRequest {
  readonly tenant: string;
  readonly execution: string;
  readonly place: string;
  readonly attempt: number;
  /** The effect key: H(tenant, execution, position). Made on demand, because hashing costs. */
  readonly key: () => string;
  readonly operation: string;
  readonly configuration: Json;
  readonly input: { readonly [name: string]: Json };
  readonly timeoutMs: number;
  /** What the snapshot may touch at all: granted origins. */
  readonly grants: readonly string[];
}

/** What the world said to a request. Three answers, because silence is not a no. */
export type Answer =
  | { readonly kind: "done"; readonly outcome: string; readonly value: Json }
  | { readonly kind: "not-done"; readonly failure: Failure; readonly retryable: boolean }
  | { readonly kind: "unknown"; readonly failure: Failure };

/** The part of an AbortSignal that a handler may use, without naming the platform. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}
