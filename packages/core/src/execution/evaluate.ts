import type { Binding, Bindings } from "../graph/binding.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { instantText } from "../value/instant.ts";
import { present } from "../value/present.ts";
import type { Results, Round, RoundName, Running, Token } from "./state.ts";

/** What bindings read. */
export interface Sources {
  readonly payload: Json;
  readonly received: Json;
  readonly results: Results;
  readonly rounds: ReadonlyMap<RoundName, Round>;
  /** The round that is read in; what it does not hold is read in the round around it. */
  readonly round: RoundName;
  readonly arrivedMs: number;
}

/** What can be read where a token stands. */
export const sourcesAt = (
  { payload, received, results, rounds }: Running,
  { arrivedMs, round }: Pick<Token, "arrivedMs" | "round">,
): Sources => ({ payload, received, results, rounds, round, arrivedMs });

/** A binding that has been prepared once, because it is read at every execution. `undefined`: there is no value. */
export type Evaluate = (sources: Sources) => Json | undefined;

export function prepare(binding: Binding): Evaluate {
  switch (binding.kind) {
    case "literal": {
      const { value } = binding;
      return () => value;
    }
    case "payload": {
      const { path } = binding;
      return valued(binding, ({ payload }) => valueAt(payload, path));
    }
    case "received": {
      const { path } = binding;
      return valued(binding, ({ received }) => valueAt(received, path));
    }
    case "result": {
      const { of, path } = binding;
      return valued(binding, (sources) => valueAt(resultIn(sources, of), path));
    }
    case "round": {
      const { of, path } = binding;
      return valued(binding, (sources) => valueAt(aboutIn(sources, of), path));
    }
    case "timestamp":
      return ({ arrivedMs }) => instantText(arrivedMs);
    case "object":
      return prepareAll(binding.fields);
    case "list": {
      const items = binding.items.map(prepare);
      return (sources) => items.map((item) => item(sources)).filter((value) => value !== undefined);
    }
  }
}

const valued = ({ some }: { readonly some?: true }, evaluate: Evaluate): Evaluate =>
  some === true ? (sources) => evaluate(sources) ?? undefined : evaluate;

/** Names are unique in a graph, so the nearest round that holds one holds the only one. */
function resultIn({ results, round, rounds }: Sources, of: string): Json | undefined {
  for (let name = round; name !== "";) {
    const { outer, results: held } = present(rounds.get(name));
    const value = held.get(of);
    if (value !== undefined) return value;
    name = outer;
  }
  return results.get(of);
}

/** Only what stands in a round reads what the round is about. */
function aboutIn({ round, rounds }: Sources, of: string): JsonObject {
  let around = present(rounds.get(round));
  while (around.of !== of) around = present(rounds.get(around.outer));
  return around.about;
}

/** An object of bindings; a member that has no value is left out. */
export function prepareAll(bindings: Bindings): (sources: Sources) => JsonObject {
  const entries = Object.entries(bindings).map(([name, binding]) => [name, prepare(binding)] as const);
  return (sources) => {
    const object: { [name: string]: Json } = {};
    for (const [name, evaluate] of entries) {
      const value = evaluate(sources);
      if (value !== undefined) object[name] = value;
    }
    return object;
  };
}

/** Walks own members of objects only, so no path reaches what the data does not say. */
export function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const name of path) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

/** Every place or scope whose result a binding reads. */
export function resultsReadBy(binding: Binding): readonly string[] {
  switch (binding.kind) {
    case "result":
      return [binding.of];
    case "object":
      return Object.values(binding.fields).flatMap(resultsReadBy);
    case "list":
      return binding.items.flatMap(resultsReadBy);
    case "literal":
    case "payload":
    case "received":
    case "round":
    case "timestamp":
      return [];
  }
}
