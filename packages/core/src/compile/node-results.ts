import { entriesOf } from "../artifact/reader.ts";
import type { Field, Fields } from "../graph/field.ts";
import type { ExitClass } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { ownValue } from "../value/present.ts";
import { returnsAt } from "./contract-view.ts";
import { anyField } from "./field-rules.ts";
import type { LinkedContract, LinkedNode } from "./linked.ts";
import { exhausted, timedOut } from "./node-outcomes.ts";

/** What later nodes may read of one. */
export interface Results {
  readonly names: readonly string[];
  readonly at: (name: string) => Returned | undefined;
}

interface Returned {
  readonly field: Field;
  /** Whether it comes with an outcome. */
  readonly returns: (outcome: string) => boolean;
}

/** What a workflow looks like to the one that starts it. */
export interface ChildSurface {
  /** Absent where its intent is wrong. */
  readonly inputs: Fields | undefined;
  readonly exits: readonly ChildExit[];
}

export interface ChildExit {
  readonly class: ExitClass;
  readonly outputs: Fields;
}

/** By the identity of the workflow. `undefined`: it is wrong, or it leads back to whoever asks. */
export type Children = (workflow: string) => ChildSurface | undefined;

/** `undefined`: the node returns nothing at all. */
export function resultsOf(linked: LinkedNode, children: Children): Results | undefined {
  switch (linked.type) {
    case "CC":
      return linked.contract === undefined ? unknown : ofContract(linked.contract, returnsAt);
    case "LOOP": {
      const again = linked.node.again.value.map(({ value }) => value);
      return linked.contract === undefined
        ? unknown
        : ofContract(linked.contract, (contract, outcome, name) =>
            (outcome === exhausted ? again : [outcome]).every((status) => returnsAt(contract, status, name)),
          );
    }
    case "MAP":
      return ofFields(mapFields, (outcome) => outcome !== "VIOLATION");
    case "WAIT":
      return linked.node.end.kind === "signal"
        ? ofFields(tableOf(linked.node.end.fields), (outcome) => outcome === "RECEIVED")
        : undefined;
    case "TASK":
      return ofFields(tableOf(linked.node.outputs), (outcome) => outcome !== timedOut);
    case "CHILD": {
      const surface = linked.workflow && children(linked.workflow.identity);
      return surface === undefined ? unknown : ofChild(surface);
    }
    case "IN":
    case "EXIT":
      return undefined;
  }
}

const unknown: Results = { names: [], at: () => ({ field: anyField, returns: () => true }) };

/** By index; `null` where a round returned nothing, or was not begun. */
const mapFields: Fields = {
  results: { type: "array", required: true },
  outcomes: { type: "array", required: true },
  failed: { type: "integer", required: true },
};

const tableOf = (fields: Parameters<typeof entriesOf<Field>>[0]): Fields =>
  Object.fromEntries(entriesOf(fields).map(({ key, value }) => [key, value]));

const ofFields = (fields: Fields, returns: Returned["returns"]): Results => ({
  names: Object.keys(fields),
  at: (name) => {
    const field = ownValue(fields, name);
    return field && { field, returns };
  },
});

const ofContract = (
  linked: LinkedContract,
  returns: (linked: LinkedContract, outcome: string, name: string) => boolean,
): Results => {
  const { entries } = linked.contract.outputs;
  return {
    names: [...entries.keys()],
    at: (name) => {
      const field = entries.get(name)?.value;
      return field && { field, returns: (outcome) => returns(linked, outcome, name) };
    },
  };
};

const ofChild = ({ exits }: ChildSurface): Results => ({
  names: [...new Set(exits.flatMap(({ outputs }) => Object.keys(outputs)))],
  at: (name) => {
    const field = commonField(exits.flatMap(({ outputs }) => ownValue(outputs, name) ?? []));
    return field && { field, returns: (outcome) => isReturnedBy(exits, outcome, name) };
  },
});

/** What all exits say of it; where they differ, nobody knows. */
function commonField(fields: readonly Field[]): Field | undefined {
  const [first, ...others] = fields;
  if (first === undefined) return undefined;
  const text = canonical(first);
  return others.every((other) => canonical(other) === text) ? first : anyField;
}

function isReturnedBy(exits: readonly ChildExit[], outcome: string, name: string): boolean {
  const ending = exits.filter(({ class: meaning }) => meaning.toUpperCase() === outcome);
  return ending.length > 0 && ending.every(({ outputs }) => Object.hasOwn(outputs, name));
}
