/** Marks what a builder made, in whichever copy of this package. */
const mark = Symbol.for("omnibase.definition");

export type DefinitionKind =
  | "workflow"
  | "transform"
  | "contract"
  | "side-effect"
  | "event"
  | "actor"
  | "entity"
  | "structure"
  | "runtime-binding"
  | "ingress"
  | "egress";

/** What was declared, as it was written, and where. */
export interface Declared {
  readonly kind: DefinitionKind;
  readonly value: Readonly<Record<string, unknown>>;
  /** A line of a stack: the call of the builder. */
  readonly frame: string;
}

/** An artifact that a builder made. What it says to types stands in `says`, which has no value. */
export interface Definition<K extends DefinitionKind = DefinitionKind, S = unknown> {
  readonly kind: K;
  readonly code: string;
  readonly namespace: string | undefined;
  readonly says?: S;
}

export type Says<D> = D extends { readonly says?: infer S } ? NonNullable<S> : never;

/** What every artifact may say of itself. */
export interface Named {
  readonly code: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly governed_by?: string;
  readonly summary?: string;
}

/** `builder` is what the author called, so that where it was called is where the stack begins. */
export function defined<K extends DefinitionKind, S>(kind: K, value: Named, builder: Function): Definition<K, S> {
  const called: { stack?: string } = {};
  Error.captureStackTrace(called, builder);
  const frame = called.stack?.split("\n")[1] ?? "";
  const declared: Declared = { kind, value: { ...value }, frame };
  return Object.freeze(
    Object.defineProperty({ kind, code: value.code, namespace: value.namespace }, mark, { value: declared }),
  );
}

/** What a definition declares. `undefined`: it is none. */
export function declaredIn(value: unknown): Declared | undefined {
  return typeof value === "object" && value !== null ? Reflect.get(value, mark) : undefined;
}
