import assert from "node:assert/strict";
import type { ExecutionResult, Json, Resolution, ResultStatus } from "@omnibase/core";
import { compileDefinitions, type Surroundings } from "./compile-definitions.ts";
import type { Definition, Says } from "./definition.ts";
import { openScenario, type AnyEvent, type AnyStep, type Scenario } from "./scenario.ts";
import type { Told } from "./stubs.ts";

export { NotCompiled } from "./compile-definitions.ts";

/** What a definition of a workflow says of it. */
interface AnySays {
  readonly given: unknown;
  readonly exits: {
    readonly exit: unknown;
    readonly class: unknown;
    readonly outcome: unknown;
    readonly outputs: unknown;
  };
  readonly signals: object;
  readonly tasks: object;
  readonly nodes: string;
  readonly stores: string;
}

/** How things are before anything happens. */
export interface GivenFacts<S extends AnySays> {
  /** Store → what its file says: a list of lines, or an object. */
  readonly records?: { readonly [K in S["stores"]]?: unknown };
  /** What others have emitted before. */
  readonly events?: readonly AnyEvent[];
  /** Node → what the world says to its effects, in the order of the attempts. */
  readonly answers?: { readonly [K in S["nodes"]]?: readonly Told[] };
}

type Said<T> = { [K in keyof T]: { readonly signal: K; readonly value: T[K]; readonly as?: string } }[keyof T];

type Settled<T> = {
  [K in keyof T]: T[K] extends { readonly outcome: infer O; readonly output: infer V }
    ? { readonly task: K; readonly outcome: O; readonly output?: V; readonly as?: string }
    : never;
}[keyof T];

/** Something that happens. `as` says who it is that says it. */
export type Step<S extends AnySays> =
  | { readonly start: S["given"]; readonly as?: string }
  | Said<S["signals"]>
  | Settled<S["tasks"]>
  /** Time passes, `PT1H`, and whatever falls due in it happens. */
  | { readonly advance: string }
  /** The world answers an effect that was asked for. */
  | { readonly answer: S["nodes"]; readonly with: Told }
  /** Somebody cancels it, for a reason. */
  | { readonly cancel: string; readonly as?: string }
  /** Somebody decides what becomes of an incident. */
  | { readonly resolve: string; readonly with: Resolution; readonly as?: string };

type Ended<E> = E extends {
  readonly exit: infer X;
  readonly class: infer C;
  readonly outcome: infer O;
  readonly outputs: infer V;
}
  ? { readonly exit?: X; readonly class?: C; readonly outcome?: O; readonly outputs?: V }
  : never;

/** What came of it. What is not said is not looked at. */
export type Expected<S extends AnySays> = Ended<S["exits"]> & {
  readonly status?: ResultStatus;
  /** Identities; of the workflow's own namespace the codes will do. */
  readonly emitted?: readonly string[];
  /** The nodes behind the intent, in the order in which they were left, with the exit. */
  readonly path?: readonly (S["nodes"] | "ADMISSION")[];
  readonly records?: { readonly [K in S["stores"]]?: unknown };
  /** Effects that were asked for, once for each attempt. */
  readonly asked?: readonly S["nodes"][];
  /** The code with which the last step was refused. */
  readonly refused?: string;
  /** The code of what went wrong last. */
  readonly problem?: string;
};

export interface Given<S extends AnySays> extends When<S> {
  given(facts: GivenFacts<S>): Given<S>;
}

export interface When<S extends AnySays> {
  when(...steps: readonly Step<S>[]): When<S>;
  /** Executes it all, and compares what came of it. */
  expect(expected: Expected<S>): Promise<ExecutionResult | undefined>;
}

export interface Options extends Partial<Surroundings> {
  /** When it begins. */
  readonly at?: string;
  /** What the workflow refers to by name. */
  readonly also?: readonly Definition[];
}

/**
 * Executes a workflow in memory, with time that passes when it is told to: given these facts, when this happens, expect
 * that. It is compiled as a project is, and its code is executed as it would be sealed. It knows no test runner: where
 * something else comes of it, an assertion of Node fails.
 */
export function test<D extends Definition<"workflow">>(
  workflow: D,
  options: Options = {},
): Says<D> extends AnySays ? Given<Says<D>> : never {
  const made: unknown = chained({ workflow, options, facts: {}, steps: [] });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a definition says to types has no value
  return made as Says<D> extends AnySays ? Given<Says<D>> : never;
}

interface Chain {
  readonly workflow: Definition<"workflow">;
  readonly options: Options;
  readonly facts: GivenFacts<AnySays>;
  readonly steps: readonly AnyStep[];
}

const chained = (chain: Chain): object => ({
  given: (facts: GivenFacts<AnySays>) => chained({ ...chain, facts: { ...chain.facts, ...facts } }),
  when: (...steps: readonly AnyStep[]) => chained({ ...chain, steps: [...chain.steps, ...steps] }),
  expect: (expected: Expected<AnySays>) => played(chain, expected),
});

const usualNamespace = "test";
const usualBegin = "2026-01-01T00:00:00Z";

async function played(chain: Chain, expected: Expected<AnySays>): Promise<ExecutionResult | undefined> {
  const { facts, options, steps, workflow } = chain;
  const { also = [], at = usualBegin, namespace = usualNamespace, ...granted } = options;
  const executable = await compileDefinitions([workflow, ...also], { namespace, ...granted });
  const identity = executable.identityOf(workflow);
  const records = facts.records ?? {};
  const scenario = openScenario(executable, { workflow: identity, beginMs: Date.parse(at), records });
  await scenario.emitted(facts.events ?? []);
  for (const [node, answers = []] of Object.entries<readonly Told[] | undefined>(facts.answers ?? {})) {
    for (const told of answers) scenario.stubs.tell(node, told);
  }
  let refused: string | undefined;
  for (const [index, step] of steps.entries()) {
    if (refused !== undefined) assert.fail(`step ${String(index)} was refused: ${refused}`);
    refused = await scenario.step(step);
  }
  const result = await scenario.result();
  const came = await cameOf(scenario, { expected, namespace, refused, result });
  compared(came, expected, result);
  return result;
}

/** What differs is said by the assertion; what happened is added, because it says why. */
function compared(came: object, expected: object, result: ExecutionResult | undefined): void {
  try {
    assert.deepStrictEqual(came, { ...expected });
  } catch (error) {
    if (!(error instanceof assert.AssertionError) || result === undefined) throw error;
    const route = result.route.map(({ node, outcome }) => `${node} (${outcome})`).join(" → ");
    const problems = result.problems.map(({ code, message, place }) => `\n${code} at ${place}: ${message}`);
    const nack = result.nack.map(({ message }) => `\nnot let in: ${message}`);
    error.message = [`${error.message}\n\nit went ${route}`, ...problems, ...nack].join("");
    throw error;
  }
}

interface Come {
  readonly expected: Expected<AnySays>;
  readonly namespace: string;
  readonly refused: string | undefined;
  readonly result: ExecutionResult | undefined;
}

/** What is asked for, as it is. */
async function cameOf(scenario: Scenario, { expected, namespace, refused, result }: Come): Promise<object> {
  const records: Record<string, Json> = {};
  for (const store of Object.keys(expected.records ?? {})) records[store] = await scenario.records(store);
  const all: Readonly<Record<keyof Expected<AnySays>, unknown>> = {
    status: result?.status,
    exit: result?.exit_node ?? undefined,
    class: result?.class ?? undefined,
    outcome: result?.outcome ?? undefined,
    outputs: result?.outputs,
    emitted: result?.emitted.map((event) => withoutNamespace(event, namespace, expected.emitted ?? [])),
    path: result?.route.slice(1).map(({ node }) => node),
    records,
    asked: scenario.stubs.asked.map(({ node }) => node),
    refused,
    problem: result?.problems.at(-1)?.code,
  };
  // A refusal that nobody expects is never passed over.
  const looked = new Set<string>([...Object.keys(expected), ...(refused === undefined ? [] : ["refused"])]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => looked.has(name)));
}

const withoutNamespace = (identity: string, namespace: string, expected: readonly string[]): string => {
  const code = identity.startsWith(`${namespace}::`) ? identity.slice(namespace.length + 2) : identity;
  return expected.includes(code) ? code : identity;
};
