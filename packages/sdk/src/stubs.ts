import type { Json } from "@omnibase/core";
import type { Answer, Handler } from "@omnibase/spi";

/** What the world says to an effect, as a test declares it. */
export type Told =
  | { readonly done: string; readonly value?: Json }
  | { readonly not_done: string; readonly retryable?: boolean }
  | { readonly unknown: string };

/** Effects that were asked for, with what they were given. */
interface Asked {
  readonly node: string;
  readonly place: string;
  readonly attempt: number;
  readonly input: Json;
}

/** Handlers that say what a test declared, in the order of the attempts; without a declared answer they keep silent. */
export interface Stubs {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly asked: readonly Asked[];
  /** Answers at once where the node waits for it already, and else when it asks. */
  tell(node: string, told: Told): void;
}

export function stubs(names: readonly string[]): Stubs {
  const asked: Asked[] = [];
  const told = new Map<string, Told[]>();
  const waiting = new Map<string, ((answer: Answer) => void)[]>();
  const handle: Handler["handle"] = ({ attempt, input, place }) => {
    const node = nodeOf(place);
    asked.push({ node, place, attempt, input });
    const next = told.get(node)?.shift();
    if (next !== undefined) return Promise.resolve(answerOf(next));
    return new Promise((resolve) => {
      waiting.set(node, [...(waiting.get(node) ?? []), resolve]);
    });
  };
  return {
    asked,
    handlers: new Map(names.map((name) => [name, { name, handle }])),
    tell: (node, one) => {
      const resolve = waiting.get(node)?.shift();
      if (resolve === undefined) told.set(node, [...(told.get(node) ?? []), one]);
      else resolve(answerOf(one));
    },
  };
}

/** The node of the workflow in which a place is: what stands before its steps and rounds. */
const nodeOf = (place: string): string => /^[^/[]*/.exec(place)?.[0] ?? place;

function answerOf(told: Told): Answer {
  if ("done" in told) return { kind: "done", outcome: told.done, value: told.value ?? {} };
  const failure = { code: "DECLARED", message: "unknown" in told ? told.unknown : told.not_done };
  if ("unknown" in told) return { kind: "unknown", failure };
  return { kind: "not-done", failure, retryable: told.retryable ?? false };
}
