import type { AtomText, MoleculeText } from "../artifact/molecule.ts";
import { entriesOf, type At, type Table } from "../artifact/reader.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import type { Transform } from "../artifact/transform.ts";
import type { Field, Fields } from "../graph/field.ts";
import type { Atom, Molecule, MoleculeStep } from "../graph/molecule.ts";
import type { Json } from "../value/json.ts";
import { anyField } from "./field-rules.ts";
import { findNear, type Finder } from "./find.ts";
import { bind, bindingFor, expect, lookup, type Readable } from "./molecule-paths.ts";
import { fieldOf } from "./view.ts";

/** What a transform is made of, as the machine asks it. `undefined`: it is code, or something in it is wrong. */
export function moleculeOf(transform: Transform, finder: Finder, within: readonly string[] = []): Molecule | undefined {
  const { identity, molecule } = transform;
  if (molecule === undefined) return undefined;
  let sound = true;
  const report: Report = (problem) => {
    sound = false;
    finder.report(problem);
  };
  const lowered = madeOf(transform, molecule, { finder: { ...finder, report }, within: [...within, identity] });
  return sound ? lowered : undefined;
}

interface Around {
  readonly finder: Finder;
  /** The molecules that this one is a part of, itself included. */
  readonly within: readonly string[];
}

function madeOf(transform: Transform, { emit, steps }: MoleculeText, around: Around): Molecule | undefined {
  const { identity, inputs, outputs } = transform;
  const { report } = around.finder;
  const results = new Map<string, Field>();
  const readable: Readable = { inputs: objectOf(inputs), results };
  const atoms: Transform[] = [];
  const lowered = steps.flatMap((step): readonly MoleculeStep[] => {
    const { as, loop } = step;
    if (results.has(as.value)) report(problemAt(as.spot, "NAME_DUPLICATE", `${as.value} stands twice`));
    const atom = atomAt(step, transform, around);
    // What is not there may return anything, so that nobody is blamed for reading it.
    if (atom === undefined) results.set(as.value, anyField);
    if (atom === undefined) return [];
    atoms.push(atom);
    const asked = stepOf(step, atom, { ...around, readable });
    const accumulator = loop === undefined ? {} : { accumulator: objectOf(fieldsOf(loop.accumulator)) };
    results.set(as.value, objectOf({ ...atom.outputs, ...accumulator }));
    return [asked];
  });
  const wanted = {
    fields: outputs,
    whose: identity,
    stray: "EXIT_OUTPUT_UNKNOWN",
    missing: "EXIT_OUTPUT_MISSING",
  } as const;
  const emitted = bind(emit, wanted, readable, report);
  if (lowered.length < steps.length) return undefined;
  outcomesAreDeclared(transform, atoms, report);
  return { steps: lowered, emit: emitted };
}

const objectOf = (fields: Fields): Field => ({ type: "object", required: true, fields });

/** What accumulates begins as it is written, and may become anything. */
const fieldsOf = (accumulator: Table<At<Json>>): Fields =>
  Object.fromEntries(entriesOf(accumulator).map(({ key }) => [key, { ...anyField, required: true }]));

function atomAt(
  { transform: reference }: AtomText,
  { namespace }: Transform,
  { finder, within }: Around,
): Transform | undefined {
  const atom = findNear({ ...reference, from: namespace }, "transform", finder);
  if (atom?.given !== undefined) {
    const hint = "draw it in a step of the contract, and take it as an input";
    finder.report(
      problemAt(reference.spot, "PURITY_VIOLATION", `${atom.identity} is not pure: it is chance`, { hint }),
    );
    return undefined;
  }
  if (atom === undefined || !within.includes(atom.identity)) return atom;
  finder.report(problemAt(reference.spot, "GRAPH_CYCLE", `${atom.identity} is made of itself`));
  return undefined;
}

function stepOf(
  { as, inputs, loop }: AtomText,
  atom: Transform,
  { finder, readable, within }: Around & { readonly readable: Readable },
): MoleculeStep {
  const { report } = finder;
  const wanted = {
    fields: atom.inputs,
    whose: atom.identity,
    stray: "BOUND_INPUT_NOT_DECLARED",
    missing: "REQUIRED_TRANSFORM_INPUT_NOT_BOUND",
  } as const;
  const asked = (around: Readable): MoleculeStep => ({
    as: as.value,
    atom: atomOf(atom, finder, within),
    inputs: bind(inputs, wanted, around, report),
    required: Object.entries(atom.inputs).flatMap(([name, { required }]) => (required ? [name] : [])),
  });
  if (loop === undefined) return asked(readable);
  expect(loop.over, { name: "over", field: { type: "array", required: true } }, readable, report);
  const accumulator = fieldsOf(loop.accumulator);
  const iterator = fieldOf(loop.over, (path) => lookup(path, readable)).items ?? anyField;
  const round = { iterator, accumulator: objectOf(accumulator) };
  const behind: Readable = { ...readable, round: { ...round, last: objectOf(atom.outputs) } };
  const kept = { fields: accumulator, whose: "the accumulator", stray: "BOUND_INPUT_NOT_DECLARED" } as const;
  return {
    ...asked({ ...readable, round }),
    loop: {
      over: bindingFor(loop.over, readable),
      accumulator: Object.fromEntries(entriesOf(loop.accumulator).map(({ key, value }) => [key, value.value])),
      update: bind(loop.update, kept, behind, report),
    },
  };
}

function atomOf(atom: Transform, finder: Finder, within: readonly string[]): Atom {
  const molecule = moleculeOf(atom, finder, within);
  return { implementation: atom.implementation.value, ...(molecule === undefined ? {} : { molecule }) };
}

/** It ends as the first of its atoms that does not succeed, and with VIOLATION where something has no value. */
function outcomesAreDeclared(transform: Transform, atoms: readonly Transform[], report: Report): void {
  const may = new Set(["SUCCESS", "VIOLATION", ...atoms.flatMap(({ outcomes }) => outcomes.map(({ value }) => value))]);
  const declared = new Set(transform.outcomes.map(({ value }) => value));
  for (const outcome of may) {
    if (declared.has(outcome)) continue;
    report(problemAt(transform.spot, "RESULT_SURFACE_MISMATCH", `${transform.identity} may also answer ${outcome}`));
  }
  for (const { spot, value } of transform.outcomes) {
    if (!may.has(value))
      report(problemAt(spot, "RESULT_SURFACE_MISMATCH", `${transform.identity} never answers ${value}`));
  }
}
