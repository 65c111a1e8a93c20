import { storeKinds, type StoreKind } from "../entity/kinds.ts";
import type { Field, Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { fields, plainFields } from "./field.ts";
import { flag, mapped, narrowed, oneOf, optional, refuse, required, shape, table, text } from "./reader.ts";
import type { At, Here, Reader, Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

/** A family of operations with declared outcomes: on a store of our own, or in the world through a handler. */
export interface SideEffect extends Named {
  readonly kind: "side-effect";
  readonly operations: Table<Operation>;
  readonly implementation: SideEffectImplementation;
}

type SideEffectImplementation =
  | { readonly kind: "store"; readonly store: At<StoreKind> }
  | { readonly kind: "handler"; readonly handler: At<string> };

export type Operation =
  | {
      readonly kind: "declared";
      readonly spot: Spot;
      readonly inputs: Fields;
      /** Outcome → what comes with it. */
      readonly outcomes: Table<Table<Field>>;
      readonly idempotent: boolean;
    }
  /** Inputs, outcomes and idempotence are those of an endpoint that the runtime binding names. */
  | { readonly kind: "endpoint"; readonly spot: Spot; readonly outputs: Fields };

const operationShape = shape({
  inputs: optional(fields),
  outcomes: optional(table(fields)),
  idempotent: optional(flag),
  endpoint: optional(shape({ outputs: required(fields) })),
});

const operation: Reader<Operation> = narrowed(
  mapped(operationShape, (read, here) => {
    const { spot, endpoint, inputs, outcomes, idempotent } = read;
    if (endpoint !== undefined) {
      const alone = inputs === undefined && outcomes === undefined && idempotent === undefined;
      return alone ? { kind: "endpoint", spot, outputs: plainFields(endpoint.outputs) } : endpointIsNotAlone(here);
    }
    if (outcomes === undefined) return refuse(here, "ARTIFACT_SCHEMA", "the key outcomes is absent", "add outcomes");
    if (idempotent === undefined) {
      return refuse(here, "IDEMPOTENCY_NOT_DECLARED", "the operation does not say whether it may be repeated");
    }
    return { kind: "declared", spot, inputs: plainFields(inputs), outcomes, idempotent };
  }),
  {
    oneOf: [
      { required: ["endpoint"], properties: { inputs: false, outcomes: false, idempotent: false } },
      { required: ["outcomes", "idempotent"], properties: { endpoint: false } },
    ],
  },
);

const endpointIsNotAlone = (here: Here): undefined =>
  refuse(here, "ARTIFACT_SCHEMA", "inputs, outcomes and idempotence are those of the endpoint", "keep endpoint alone");

const implementationShape = shape({ store: optional(oneOf(storeKinds)), handler: optional(text) });

const implementation: Reader<SideEffectImplementation> = narrowed(
  mapped(implementationShape, (read, here) => {
    const { store, handler } = read;
    if (store !== undefined && handler === undefined) return { kind: "store", store };
    if (handler !== undefined && store === undefined) return { kind: "handler", handler };
    return refuse(
      here,
      "ARTIFACT_SCHEMA",
      "a side effect is implemented by a store or by a handler",
      "keep one of both",
    );
  }),
  { oneOf: [{ required: ["store"] }, { required: ["handler"] }] },
);

const document = shape({
  cs_code: required(code),
  ...envelope,
  core: required(shape({ operations: required(table(operation)) })),
  implementation: required(implementation),
});

export const sideEffectSchema: Describe = (parts) => described(document, parts);

export function readSideEffect(here: Here, named: Named): SideEffect | undefined {
  const read = document(here);
  return (
    read && { kind: "side-effect", ...named, operations: read.core.operations, implementation: read.implementation }
  );
}
