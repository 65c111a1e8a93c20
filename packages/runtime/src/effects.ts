import { effectKey, entropyHandler } from "@omnibase/core";
import type { EffectRequest } from "@omnibase/core";
import type { AbortSignalLike, Answer } from "@omnibase/spi";
import type { Actor } from "./actor.ts";
import { entropyDrawer } from "./entropy.ts";
import type { HostParts } from "./parts.ts";

/**
 * Asks a handler for work and hands on every answer: the first is the answer, a later one is evidence.
 *
 * A handler that is late, absent or broken is turned into one of the three answers here, so nothing else knows about it.
 */
export function dispatch(
  parts: HostParts,
  actor: Actor,
  request: EffectRequest,
  answered: (answer: Answer) => void,
): void {
  const { clock, entropy, failpoint, handlers, sha256 } = parts;
  const { attempt, input, place, work } = request;
  const handler = work.handler === entropyHandler ? entropy && entropyDrawer(entropy) : handlers.get(work.handler);
  if (handler === undefined) {
    const failure = { code: "HANDLER_UNKNOWN", message: `this host has no handler ${work.handler}` };
    answered({ kind: "not-done", failure, retryable: false });
    return;
  }
  const cancellation = newCancellation();
  const cancelTimeout = clock.after(work.timeoutMs, () => {
    answered({ kind: "unknown", failure: { code: "TIMED_OUT", message: `no answer in ${String(work.timeoutMs)} ms` } });
    cancellation.abort();
  });
  failpoint("effect.before-dispatch");
  const call = handler.handle(
    {
      ...actor.key,
      place,
      attempt,
      key: () => effectKey(sha256, actor.key, place),
      operation: work.operation,
      configuration: work.configuration,
      input,
      timeoutMs: work.timeoutMs,
      grants: actor.pinned.snapshot.authority.hosts,
    },
    cancellation.signal,
  );
  failpoint("effect.after-dispatch");
  const settle = (answer: Answer): void => {
    cancelTimeout();
    failpoint("effect.after-answer");
    answered(answer);
  };
  call.then(settle, (error: unknown) => {
    settle({ kind: "unknown", failure: { code: "HANDLER_CRASHED", message: messageOf(error) } });
  });
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : "a handler threw what is no error";

interface Cancellation {
  readonly signal: AbortSignalLike;
  abort(): void;
}

/** An abort signal without the platform's. */
function newCancellation(): Cancellation {
  const listeners: (() => void)[] = [];
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.push(listener),
    },
    abort() {
      aborted = true;
      for (const listener of listeners) listener();
    },
  };
}
