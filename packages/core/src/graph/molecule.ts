import type { JsonObject } from "../value/json.ts";
import type { Binding, Bindings } from "./binding.ts";

/** A transform that is made of others. What it binds to `payload` are its inputs, and to `result` what its steps returned. */
export interface Molecule {
  readonly steps: readonly MoleculeStep[];
  /** Output → where it comes from. */
  readonly emit: Bindings;
}

export interface MoleculeStep {
  readonly as: string;
  readonly atom: Atom;
  readonly inputs: Bindings;
  /** Inputs without which the atom is not asked. */
  readonly required: readonly string[];
  /** Present where the atom is asked once for each item of a list. */
  readonly loop?: MoleculeLoop;
}

/** Code that the snapshot seals, or again a molecule, which then needs no code of its own. */
export interface Atom {
  readonly implementation: string;
  readonly molecule?: Molecule;
}

export interface MoleculeLoop {
  readonly over: Binding;
  readonly accumulator: JsonObject;
  readonly update: Bindings;
}

/** Names under which a loop is read: no step can be called so. */
export const iteratorName = "$iterator";
export const accumulatorName = "$accumulator";
export const lastName = "$last";

/** The code that is needed: its own, or that of everything it is made of. */
export const codeNamesOf = ({ implementation, molecule }: Atom): readonly string[] =>
  molecule === undefined ? [implementation] : molecule.steps.flatMap(({ atom }) => codeNamesOf(atom));
