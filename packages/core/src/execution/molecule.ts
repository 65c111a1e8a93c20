import { accumulatorName, iteratorName, lastName } from "../graph/molecule.ts";
import type { Atom, Molecule, MoleculeLoop, MoleculeStep } from "../graph/molecule.ts";
import { isObject, type Json, type JsonObject } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { prepare, prepareAll, type Sources } from "./evaluate.ts";
import type { PureTransform, TransformAnswer } from "./world.ts";

type Code = (implementation: string) => PureTransform | undefined;

/** What a molecule answers, asked like any transform. `undefined`: code that it needs is not there. */
function composed({ emit, steps }: Molecule, code: Code): PureTransform | undefined {
  const prepared = steps.map((step) => preparedStep(step, code));
  const ready = prepared.filter((step) => step !== undefined);
  if (ready.length < prepared.length) return undefined;
  const emitted = prepareAll(emit);
  return (inputs) => {
    const results = new Map<string, Json>();
    for (const { as, ask } of ready) {
      const answer = ask(sourcesOf(inputs, results));
      if (answer.outcome !== "SUCCESS") return { outcome: answer.outcome, value: {} };
      results.set(as, answer.value);
    }
    return { outcome: "SUCCESS", value: emitted(sourcesOf(inputs, results)) };
  };
}

/** A molecule knows no rounds but its own, and no time. */
const sourcesOf = (inputs: JsonObject, results: ReadonlyMap<string, Json>): Sources => ({
  payload: inputs,
  received: inputs,
  results,
  rounds: new Map(),
  round: "",
  arrivedMs: 0,
});

interface Prepared {
  readonly as: string;
  readonly ask: (sources: Sources) => TransformAnswer;
}

function preparedStep({ as, atom, inputs, loop, required }: MoleculeStep, code: Code): Prepared | undefined {
  const execute = codeOf(atom, code);
  if (execute === undefined) return undefined;
  const bound = prepareAll(inputs);
  const ask = (sources: Sources): TransformAnswer => {
    const given = bound(sources);
    return required.every((name) => Object.hasOwn(given, name)) ? execute(given) : violation;
  };
  return { as, ask: loop === undefined ? ask : looping(loop, ask) };
}

/** Code as it stands, or what is made of code. */
export const codeOf = ({ implementation, molecule }: Atom, code: Code): PureTransform | undefined =>
  molecule === undefined ? code(implementation) : composed(molecule, code);

const violation: TransformAnswer = { outcome: "VIOLATION", value: {} };

/** Item by item. What comes of it is what the last round returned, and the accumulator as the last round left it. */
function looping(loop: MoleculeLoop, ask: Prepared["ask"]): Prepared["ask"] {
  const [over, update] = [prepare(loop.over), prepareAll(loop.update)];
  return (sources) => {
    const items = over(sources);
    if (!isList(items) || items.length > limits.roundsMax) return violation;
    let accumulator = loop.accumulator;
    let last: Json = {};
    for (const item of items) {
      const around = new Map([...sources.results, [iteratorName, item], [accumulatorName, accumulator]]);
      const answer = ask({ ...sources, results: around });
      if (answer.outcome !== "SUCCESS") return answer;
      last = answer.value;
      const updated = update({ ...sources, results: around.set(lastName, last) });
      accumulator = Object.fromEntries([...Object.entries(accumulator), ...Object.entries(updated)]);
    }
    return { outcome: "SUCCESS", value: { ...objectOf(last), accumulator } };
  };
}

/** A transform answers with an object, and one that does not has said nothing. */
const objectOf = (value: Json): JsonObject => (isObject(value) ? value : {});

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
