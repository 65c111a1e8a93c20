import { targetsOf as targetsOfEdge } from "@omnibase/core";
import type { Binding, Bindings, CallPlace, EffectWork, Graph, Place, RetryPolicy } from "@omnibase/core";
import * as fc from "fast-check";
import { seededDice } from "./dice.ts";
import { buildGraph } from "./graph-builder.ts";

/** Any valid graph. It shrinks to fewer blocks; the seed makes it again. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .record({ blocks: fc.integer({ min: 1, max: 10 }), seed: fc.nat() })
  .map(({ blocks, seed }) => buildGraph(seededDice(seed), blocks));

const retryTwice: RetryPolicy = { attemptsMax: 3, backoffMs: 100, factor: 2, backoffMaxMs: 150 };

export const effectWork = (changes: Partial<EffectWork> = {}): EffectWork => ({
  kind: "effect",
  capability: "CS_MAIL",
  handler: "http",
  operation: "SEND",
  configuration: {},
  idempotent: true,
  timeoutMs: 1_000,
  retry: retryTwice,
  ...changes,
});

/** A place whose outcome SUCCESS, and every other that is named, leads to the exit `END`. */
export const callTo = (work: CallPlace["work"], changes: Partial<CallPlace> = {}): CallPlace => ({
  kind: "call",
  work,
  inputs: {},
  required: [],
  outcomes: ["SUCCESS"],
  edges: { SUCCESS: { to: "END" } },
  ...changes,
});

/** One place, `WORK`, and one exit, `END`. Small enough to be read at a glance. */
export const oneStep = (place: CallPlace, outputs: Bindings = {}): Graph => graphOf({ WORK: place }, outputs);

/** The first place is the start; the exit `END` is added. */
export const graphOf = (places: { readonly [name: string]: Place }, outputs: Bindings = {}): Graph => ({
  format: "omnibase-graph/1",
  workflow: "test::WF_V0",
  start: Object.keys(places)[0] ?? "END",
  places: { ...places, END: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs } },
  scopes: {},
});

/** What a generated graph may hold, each with the least share of graphs that must hold it. */
export const constructs: Readonly<Record<string, number>> = {
  "a place that leads to several places": 0.5,
  "a place that several lead to": 0.5,
  "an exit before the last block": 0.3,
  "several exits": 0.4,
  "exit completed": 0.5,
  "exit rejected": 0.25,
  "exit failed": 0.25,
  "an emitted event": 0.3,
  "a scope": 0.4,
  "a scope of several steps": 0.3,
  "a scope with several exits": 0.2,
  "a scope that returns something": 0.3,
  "work admit": 0.5,
  "work transform": 0.5,
  "work operate": 0.3,
  "work idempotent effect": 0.25,
  "work effect once": 0.25,
  "work wait": 0.3,
  "work task": 0.15,
  "work child": 0.15,
  "work map": 0.25,
  "work loop": 0.15,
  "rounds within rounds": 0.05,
  "a place that becomes several": 0.15,
  "a place where tokens meet": 0.15,
  "a place that can be undone": 0.2,
  "an exit that undoes": 0.2,
  "several attempts": 0.3,
  "a field that decides": 0.2,
  "edge FAILED": 0.2,
  "edge ERROR": 0.2,
  "edge for a missing input": 0.3,
  "a required input without a binding": 0.1,
  "a transform that throws": 0.1,
  "a transform that answers what is not declared": 0.1,
  "binding literal": 0.3,
  "binding payload": 0.5,
  "binding received": 0.3,
  "binding round": 0.15,
  "binding timestamp": 0.3,
  "binding object": 0.3,
  "binding list": 0.3,
  "binding of a place": 0.4,
  "binding of a scope": 0.15,
};

/** The constructs that a graph holds, by name. */
export function constructsIn(graph: Graph): ReadonlySet<string> {
  const places = Object.values(graph.places);
  const targets = places.map(targetsOf(graph));
  const all = targets.flatMap((found) => [...found]);
  const scopes = Object.entries(graph.scopes);
  const exits = scopes.map(([, scope]) => Object.values(scope.exits));
  const bindings = [
    ...places.flatMap((place) => Object.values(place.kind === "exit" ? place.outputs : place.inputs)),
    ...exits.flat().flatMap(({ outputs }) => Object.values(outputs)),
  ].flatMap(flat);
  const found = new Set(places.flatMap(constructsAt));
  const note = (name: string, holds: boolean): void => void (holds && found.add(name));
  note(
    "a place that leads to several places",
    targets.some(({ size }) => size > 1),
  );
  note(
    "a place that several lead to",
    all.some((name, at) => all.indexOf(name) !== at),
  );
  note("several exits", places.filter(({ kind }) => kind === "exit").length > 1);
  note(
    "an exit before the last block",
    targets.some((ways) => ways.size > 1 && [...ways].some((to) => graph.places[to]?.kind === "exit")),
  );
  note("a scope", scopes.length > 0);
  note(
    "a scope of several steps",
    scopes.some(([name]) => places.filter((place) => place.kind === "call" && place.scope === name).length > 1),
  );
  note(
    "a scope with several exits",
    exits.some(({ length }) => length > 1),
  );
  note(
    "a scope that returns something",
    exits.flat().some(({ outputs }) => Object.keys(outputs).length > 0),
  );
  for (const binding of bindings) found.add(nameOf(graph, binding));
  return found;
}

function constructsAt(place: Place): readonly string[] {
  if (place.kind === "exit") {
    const emits = place.emit === undefined ? [] : ["an emitted event"];
    return [`exit ${place.class}`, ...emits, ...(place.undoes === true ? ["an exit that undoes"] : [])];
  }
  const { edges, inputs, missing, required, when, work } = place;
  const found = ["FAILED", "ERROR"].filter((outcome) => edges[outcome] !== undefined).map((name) => `edge ${name}`);
  if (when !== undefined) found.push("a field that decides");
  if (place.join !== undefined) found.push("a place where tokens meet");
  if (place.undo !== undefined) found.push("a place that can be undone");
  if (place.scope?.includes("/") === true) found.push("rounds within rounds");
  if (Object.values(edges).some((edge) => "also" in edge)) found.push("a place that becomes several");
  if (missing !== undefined) found.push("edge for a missing input");
  if (required.some((name) => !Object.hasOwn(inputs, name))) found.push("a required input without a binding");
  if (work.kind === "transform" && work.implementation === "test.throw@1") found.push("a transform that throws");
  if (work.kind === "transform" && work.implementation === "test.undeclared@1") {
    found.push("a transform that answers what is not declared");
  }
  if (work.kind !== "effect") return [...found, `work ${work.kind}`];
  if (work.retry.attemptsMax > 1) found.push("several attempts");
  return [...found, work.idempotent ? "work idempotent effect" : "work effect once"];
}

const targetsOf =
  (graph: Graph) =>
  (place: Place): ReadonlySet<string> => {
    if (place.kind === "exit") return new Set();
    const edges = [...Object.values(place.edges), ...(place.missing === undefined ? [] : [place.missing])];
    return new Set(edges.flatMap((edge) => targetsOfEdge(graph, place, edge)));
  };

function flat(binding: Binding): readonly Binding[] {
  if (binding.kind === "object") return [binding, ...Object.values(binding.fields).flatMap(flat)];
  return binding.kind === "list" ? [binding, ...binding.items.flatMap(flat)] : [binding];
}

const nameOf = (graph: Graph, binding: Binding): string => {
  if (binding.kind !== "result") return `binding ${binding.kind}`;
  if (Object.hasOwn(graph.scopes, binding.of)) return "binding of a scope";
  return Object.hasOwn(graph.places, binding.of) ? "binding of a place" : "binding of nothing";
};
