import { identityOf } from "../artifact/fqdn.ts";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { entriesIn, textAt, textsAt, valueAt } from "../dialect/reshape.ts";
import type { Located, LocatedEntry } from "../value/located.ts";

/** What a capability declares, as far as it does: whether it is sound is for its own reader to say. */
export interface Capability {
  readonly inputs: readonly LocatedEntry[];
  /** Outcome → what comes with it. Absent: only the runtime binding knows the outcomes. */
  readonly outcomes: ReadonlyMap<string, readonly LocatedEntry[]> | undefined;
  /** What comes with every outcome that only the runtime binding knows. */
  readonly outputs: readonly LocatedEntry[];
}

/** Transforms and side effects by their identity. Published ones have another form, and are not looked into. */
export type Capabilities = ReadonlyMap<string, Located>;

export const capabilitiesIn = (documents: readonly SourceDocument[]): Capabilities =>
  new Map(
    documents.flatMap(({ dialect, located, namespace }) => {
      const code = textAt(located, "ct_code") ?? textAt(located, "cs_code");
      const space = textAt(located, "namespace") ?? namespace;
      if (code === undefined || space === undefined || dialect !== undefined) return [];
      return [[identityOf(space, code), located] as const];
    }),
  );

/** What a step calls; `undefined` where it leads nowhere, which is said when it is followed. */
export function capabilityOf(step: Located, known: Capabilities): Capability | undefined {
  const transform = known.get(textAt(step, "transform") ?? "");
  if (transform !== undefined) return transformIn(transform);
  const sideEffect = known.get(textAt(step, "side_effect") ?? "");
  const operation = valueAt(sideEffect, "core", "operations", textAt(step, "op") ?? "");
  return operation && operationIn(operation);
}

function transformIn(transform: Located): Capability {
  const outputs = entriesIn(valueAt(transform, "core", "outputs"));
  const declared = textsAt(transform, "core", "outcomes");
  const outcomes = declared.length === 0 ? ["SUCCESS", "VIOLATION"] : declared;
  return {
    inputs: entriesIn(valueAt(transform, "core", "inputs")),
    outcomes: new Map(outcomes.map((outcome) => [outcome, outcome === "SUCCESS" ? outputs : []])),
    outputs: [],
  };
}

function operationIn(operation: Located): Capability {
  const endpoint = valueAt(operation, "endpoint");
  if (endpoint !== undefined) {
    return { inputs: [], outcomes: undefined, outputs: entriesIn(valueAt(endpoint, "outputs")) };
  }
  const outcomes = entriesIn(valueAt(operation, "outcomes"));
  return {
    inputs: entriesIn(valueAt(operation, "inputs")),
    outcomes: new Map(outcomes.map(({ key, value }) => [key, entriesIn(value)])),
    outputs: [],
  };
}
