import { bodiesOf, edgesOf, targetsOf } from "@omnibase/core";
import type { CallPlace, Edge, ExitPlace, Graph, Scope } from "@omnibase/core";
import { addFork, addRounds, addUndoing } from "./block-builder.ts";
import type { Ground } from "./block-builder.ts";
import type { Dice } from "./dice.ts";
import { admitted, anyBindings, callPlace } from "./place-builder.ts";

interface Block {
  readonly kind: "place" | "contract" | "fork" | "map" | "loop";
  readonly name: string;
  readonly entry: string;
  readonly steps: readonly string[];
}

interface Plan extends Ground {
  readonly blocks: readonly Block[];
  readonly exits: readonly [string, ...(readonly string[])];
}

/** What can be said to an execution of the test world. */
const signals: NonNullable<Graph["signals"]> = { PAID: { amount: { type: "number", required: true } }, SEEN: {} };

/** A graph as a compiler would hand it out: acyclic, closed, every place reachable. Its shape is the dice's. */
export function buildGraph(dice: Dice, blocks: number): Graph {
  const plan: Plan = {
    dice,
    blocks: Array.from({ length: blocks }, (_, index) => planBlock(dice, index)),
    exits: ["EXIT_0", ...Array.from({ length: 1 + dice.upTo(4) }, (_, index) => `EXIT_${String(index + 1)}`)],
    places: {},
    scopes: {},
  };
  const { places, scopes } = plan;
  for (const index of plan.blocks.keys()) addBlock(plan, index);
  addUndoing(plan);
  for (const [index, name] of plan.exits.entries()) places[name] = exitPlace(plan, index);
  const start = plan.blocks[0]?.entry ?? plan.exits[0];
  return pruned({ format: "omnibase-graph/1", workflow: "test::WF_V0", start, places, scopes, signals });
}

function planBlock(dice: Dice, index: number): Block {
  const isPlace = index === 0 || dice.chance(0.5);
  const kind = isPlace ? "place" : dice.pick(["contract", "contract", "fork", "map", "loop"]);
  const name = `${kind === "contract" ? "CC" : kind.toUpperCase()}_${String(index)}`;
  if (kind !== "contract") return { kind, name, entry: name, steps: [] };
  const steps = Array.from({ length: 1 + dice.upTo(4) }, (_, step) => `${name}/s${String(step)}`);
  return { kind, name, entry: `${name}/s0`, steps };
}

function addBlock(plan: Plan, index: number): void {
  const { kind = "place", name = "" } = plan.blocks[index] ?? {};
  const edge = (isUsual: boolean): Edge => ({ to: targetAfter(plan, index, isUsual) });
  const site = { dice: plan.dice, readable: readableBefore(plan, index), edge, around: [] };
  switch (kind) {
    case "place":
      plan.places[name] = index > 0 || plan.dice.chance(0.2) ? callPlace(site) : intentPlace(edge);
      return;
    case "contract":
      plan.scopes[name] = addContract(plan, index);
      return;
    case "fork":
      addFork(plan, name, site);
      return;
    case "map":
    case "loop":
      addRounds(plan, kind, name, site);
  }
}

const intentPlace = (edge: (isUsual: boolean) => Edge): CallPlace => ({
  kind: "call",
  work: admitted,
  inputs: {},
  required: [],
  outcomes: ["ACK", "NACK"],
  edges: { ACK: edge(true), NACK: edge(false) },
});

const readableBefore = ({ blocks }: Plan, index: number): readonly string[] =>
  blocks.slice(0, index).map(({ name }) => name);

function targetAfter({ dice, blocks, exits }: Plan, index: number, isUsual: boolean): string {
  const later = blocks.slice(index + 1);
  const next = later[0]?.entry ?? dice.pick(exits);
  if (isUsual && dice.chance(0.9)) return next;
  return dice.chance(0.2) ? dice.pick(exits) : (dice.any(later)?.entry ?? dice.pick(exits));
}

function addContract(plan: Plan, index: number): Scope {
  const { dice, blocks, places } = plan;
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
    const readable = [...outer, ...steps.slice(0, at)];
    places[step] = { ...callPlace({ dice, readable, edge, around: [] }), scope: name };
  }
  const exits = outcomes.map((outcome) => {
    const outputs = anyBindings({ dice, readable: [...outer, ...steps], around: [] }, 3);
    return [outcome, { outputs, to: targetAfter(plan, index, outcome === "SUCCESS") }] as const;
  });
  return { code: `test::${name}_V0`, exits: Object.fromEntries(exits) };
}

function exitPlace({ blocks, dice }: Plan, index: number): ExitPlace {
  const exitClass = index === 0 ? "completed" : dice.pick(["completed", "rejected", "failed"]);
  const readable = blocks.map(({ name }) => name);
  const outputs = anyBindings({ dice, readable, around: [] }, 3);
  const exit = { kind: "exit", class: exitClass, reason: "TESTED", outcome: `OUT_${String(index)}`, outputs } as const;
  const undoing =
    exitClass === "failed" || (exitClass === "rejected" && dice.chance(0.5)) ? { undoes: true as const } : {};
  return dice.chance(0.4) ? { ...exit, ...undoing, emit: `test::EV_${String(index)}_V0` } : { ...exit, ...undoing };
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
    open.push(...bodiesOf(place));
    if (place.kind === "exit") continue;
    for (const edge of edgesOf(place)) {
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
