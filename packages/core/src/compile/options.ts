import type { PureTransform } from "../execution/world.ts";

/** What the compiler is told about the world that the snapshot will run in. */
export interface CompileOptions {
  /** Built-in transforms: name → `name@version`. */
  readonly transforms: { readonly [name: string]: string };
  /** Handlers: name → `name@version`. */
  readonly handlers: { readonly [name: string]: string };
  /** What the project grants. Nothing else can be reached, whatever is declared. */
  readonly grants: {
    readonly hosts: readonly string[];
    /** Names only: where their values lie is not for the compiler to know. */
    readonly secrets?: readonly string[];
  };
  /** `sha256:` of the bytes of declared files, to tell two of one identity apart. */
  readonly digests?: { readonly [file: string]: string };
  /** The code of a transform by what is sealed of it, for whoever has cases. Absent: cases are read and not executed. */
  readonly code?: (sealed: string) => PureTransform | undefined;
  /** Only what this workflow needs. Absent: everything. */
  readonly only?: string;
  /** Published artifacts that are wrong are refused like ours, where else they are executed as their own engine did. */
  readonly strict?: boolean;
}
