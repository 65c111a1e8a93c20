import { targetsOf } from "@omnibase/core";
import type { Binding, Bindings, CallPlace, Edge, ExitPlace, Graph, Place, Scope, When, Work } from "@omnibase/core";
import type { Dice } from "./dice.ts";

/** What an intent of the test world admits. */
const admitted: Work = {
  kind: "admit",
  fields: {
    name: { type: "string", required: true, min_length: 1 },
    count: { type: "integer", required: false, default: 3 },
    nested: { type: "object", required: false, fields: { x: { type: "any", required: false } } },
    tags: { type: "array", required: false },
  },
};

interface Block {
  readonly name: string;
  readonly entry: string;
  readonly steps: readonly string[];
}

interface Plan {
  readonly dice: Dice;
  readonly blocks: readonly Block[];
  readonly exits: readonly [string, ...(readonly string[])];
}

/** What a place is made with: what it may read, and where it may go. */
interface Site {
  readonly dice: Dice;
  readonly readable: readonly string[];
  /** The first outcome is the usual one. */
  readonly edge: (isUsual: boolean) => Edge;
}

/** A graph as a compiler would hand it out: acyclic, closed, every place reachable. Its shape is the dice's. */
export function buildGraph(dice: Dice, blocks: number): Graph {
  const plan: Plan = {
    dice,
    blocks: Array.from({ length: blocks }, (_, index) => planBlock(dice, index)),
    exits: ["EXIT_0", ...Array.from({ length: 1 + dice.upTo(4) }, (_, index) => `EXIT_${String(index + 1)}`)],
  };
  const places: { [name: string]: Place } = {};
  const scopes: { [name: string]: Scope } = {};
  for (const [index, block] of plan.blocks.entries()) {
    if (block.steps.length === 0) places[block.name] = outerPlace(plan, index);
    else scopes[block.name] = addScope(plan, index, places);
  }
  for (const [index, name] of plan.exits.entries()) places[name] = exitPlace(plan, index);
  const start = plan.blocks[0]?.entry ?? plan.exits[0];
  return pruned({ format: "omnibase-graph/1", workflow: "test::WF_V0", start, places, scopes });
}

function planBlock(dice: Dice, index: number): Block {
  if (index === 0 || dice.chance(0.6)) return { name: `P_${String(index)}`, entry: `P_${String(index)}`, steps: [] };
  const name = `CC_${String(index)}`;
  const steps = Array.from({ length: 1 + dice.upTo(4) }, (_, step) => `${name}/s${String(step)}`);
  return { name, entry: `${name}/s0`, steps };
}

function outerPlace(plan: Plan, index: number): CallPlace {
  const { dice } = plan;
  const readable = readableBefore(plan, index);
  const edge = (isUsual: boolean): Edge => ({ to: targetAfter(plan, index, isUsual) });
  if (index > 0 || dice.chance(0.2)) return callPlace({ dice, readable, edge });
  const edges = { ACK: edge(true), NACK: edge(false) };
  return { kind: "call", work: admitted, inputs: {}, required: [], outcomes: ["ACK", "NACK"], edges };
}

const readableBefore = ({ blocks }: Plan, index: number): readonly string[] =>
  blocks.slice(0, index).map(({ name }) => name);

function targetAfter({ dice, blocks, exits }: Plan, index: number, isUsual: boolean): string {
  const later = blocks.slice(index + 1);
  const next = later[0]?.entry ?? dice.pick(exits);
  if (isUsual && dice.chance(0.9)) return next;
  return dice.chance(0.2) ? dice.pick(exits) : (dice.any(later)?.entry ?? dice.pick(exits));
}

function addScope(plan: Plan, index: number, places: { [name: string]: Place }): Scope {
  const { dice, blocks } = plan;
  const { name = "", steps = [] } = blocks[index] ?? {};
  const outer = readableBefore(plan, index);
  const outcomes = ["SUCCESS", "VIOLATION", "OTHER"].slice(0, 1 + dice.upTo(3));
  const leave = (isUsual: boolean): Edge => ({
    leave: isUsual ? "SUCCESS" : (dice.any(outcomes) ?? "SUCCESS"),
  });
  for (const [at, step] of steps.entries()) {
    const later = steps.slice(at + 1);
    const edge = (isUsual: boolean): Edge => {
      const to = isUsual || dice.chance(0.5) ? later[0] : dice.any(later);
      return to === undefined || dice.chance(isUsual ? 0.1 : 0.6) ? leave(isUsual) : { to };
    };
    places[step] = { ...callPlace({ dice, readable: [...outer, ...steps.slice(0, at)], edge }), scope: name };
  }
  const exits = outcomes.map((outcome) => {
    const outputs = anyBindings(dice, [...outer, ...steps], 3);
    return [outcome, { outputs, to: targetAfter(plan, index, outcome === "SUCCESS") }] as const;
  });
  return { code: `test::${name}_V0`, exits: Object.fromEntries(exits) };
}

function exitPlace({ blocks, dice }: Plan, index: number): ExitPlace {
  const exitClass = index === 0 ? "completed" : dice.pick(["completed", "rejected", "failed"]);
  const outputs = anyBindings(
    dice,
    blocks.map(({ name }) => name),
    3,
  );
  const exit = { kind: "exit", class: exitClass, reason: "TESTED", outcome: `OUT_${String(index)}`, outputs } as const;
  return dice.chance(0.4) ? { ...exit, emit: `test::EV_${String(index)}_V0` } : exit;
}

function callPlace(site: Site): CallPlace {
  const { dice, readable, edge } = site;
  const { work, outcomes, extra, ...decides } = anyWork(dice);
  const inputs = anyBindings(dice, readable, 3);
  const bound = Object.keys(inputs).filter(() => dice.chance(0.2));
  // Names that every object inherits are names like any other.
  const required = dice.chance(0.06) ? [...bound, dice.pick(["unbound", "toString"])] : bound;
  const edges = Object.fromEntries([...outcomes, ...extra].map((outcome, at) => [outcome, edge(at === 0)]));
  const place: CallPlace = { kind: "call", work, inputs, required, ...decides, outcomes, edges };
  return required.length > 0 && dice.chance(0.6) ? { ...place, missing: edge(false) } : place;
}

interface WorkPlan {
  readonly work: Work;
  readonly outcomes: readonly string[];
  /** Of the outcomes that exist on every call: those that have an edge here. */
  readonly extra: readonly string[];
  readonly when?: When;
}

function anyWork(dice: Dice): WorkPlan {
  const kind = dice.pick(["transform", "transform", "transform", "effect", "effect", "effect", "effect", "operate"]);
  if (kind === "transform") return anyTransform(dice);
  if (kind === "operate") {
    const work: Work = { kind, capability: "CS", operation: "registry.REGISTER", store: "test::S_V0/KEYS" };
    return { work, outcomes: ["SUCCESS", "ALREADY_EXISTS", "VIOLATION"].slice(0, 1 + dice.upTo(3)), extra: [] };
  }
  const retry = {
    attemptsMax: 1 + dice.upTo(4),
    backoffMs: dice.pick([0, 100, 1_500]),
    factor: dice.pick([1, 2, 3.5]),
    backoffMaxMs: dice.pick([250, 60_000]),
  };
  const idempotent = dice.chance(0.5);
  const call = { kind, capability: "CS", handler: "test", operation: "call", configuration: {}, timeoutMs: 1_000 };
  const outcomes = ["SUCCESS", "NOT_FOUND", "DENIED"].slice(0, 1 + dice.upTo(3));
  const weighed = { path: ["weight"], outcomes: { "2": "DENIED", "4": "SUCCESS" } };
  const decides = outcomes.length === 3 && retry.attemptsMax === 2 ? { when: weighed } : {};
  return {
    ...decides,
    work: { ...call, kind, idempotent, retry },
    outcomes,
    extra: dice.chance(0.5) ? ["FAILED"] : [],
  };
}

const transformOutcomes: ReadonlyMap<string, readonly string[]> = new Map([
  ["gate", ["SUCCESS", "CLOSED"]],
  ["two", ["A", "B"]],
  ["three", ["A", "B", "C"]],
]);

function anyTransform(dice: Dice): WorkPlan {
  const name = dice.pick(["echo", "echo", "echo", "gate", "two", "two", "three", "three", "throw", "undeclared"]);
  const work: Work = { kind: "transform", capability: "CT", implementation: `test.${name}@1` };
  const outcomes = transformOutcomes.get(name) ?? ["SUCCESS"];
  const asked = { path: ["gate"], outcomes: { true: "SUCCESS", false: "CLOSED" } };
  return {
    ...(name === "gate" ? { when: asked } : {}),
    work,
    outcomes,
    extra: dice.chance(name === "throw" ? 0.5 : 0.2) ? ["ERROR"] : [],
  };
}

function anyBindings(dice: Dice, readable: readonly string[], depth: number): Bindings {
  const names = ["a", "b", "c"].slice(0, dice.upTo(4));
  return Object.fromEntries(names.map((name) => [name, anyBinding(dice, readable, depth)]));
}

function anyBinding(dice: Dice, readable: readonly string[], depth: number): Binding {
  const of = dice.chance(0.55) ? dice.any(readable) : undefined;
  if (of !== undefined) {
    return { kind: "result", of, path: dice.pick([[], ["a"], ["weight"], ["echo", "a"], ["n"], ["absent"]]) };
  }
  const paths = [["name"], ["count"], ["nested", "x"], ["tags"], ["absent"], []] as const;
  const kind = dice.pick(["literal", "payload", "payload", "received", "timestamp", "object", "list"]);
  if (kind === "payload" || kind === "received") return { kind, path: dice.pick(paths) };
  if (kind === "timestamp") return { kind };
  if (depth === 0 || kind === "literal") return { kind: "literal", value: dice.pick([7, "seven"]) };
  if (kind === "object") return { kind, fields: anyBindings(dice, readable, depth - 1) };
  return { kind, items: Array.from({ length: dice.upTo(3) }, () => anyBinding(dice, readable, depth - 1)) };
}

/** Leaves out what cannot be reached, as a compiler would have refused it. */
function pruned(graph: Graph): Graph {
  const seen = new Set<string>();
  const left = new Set<string>();
  const open = [graph.start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const place = graph.places[name];
    if (place === undefined || seen.has(name)) continue;
    seen.add(name);
    if (place.kind === "exit") continue;
    for (const edge of [...Object.values(place.edges), ...(place.missing === undefined ? [] : [place.missing])]) {
      if ("leave" in edge) left.add(`${String(place.scope)} ${edge.leave}`);
      open.push(...targetsOf(graph, place, edge));
    }
  }
  const places = Object.entries(graph.places).filter(([name]) => seen.has(name));
  const scopes = Object.entries(graph.scopes)
    .map(([name, { code, exits }]) => {
      const used = Object.entries(exits).filter(([outcome]) => left.has(`${name} ${outcome}`));
      return [name, { code, exits: Object.fromEntries(used) }] as const;
    })
    .filter(([, { exits }]) => Object.keys(exits).length > 0);
  return { ...graph, places: Object.fromEntries(places), scopes: Object.fromEntries(scopes) };
}
