import { anyGraph, effectWork } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { targetsOf, type CallPlace, type Graph, type PlaceName } from "../graph/graph.ts";
import { present } from "../value/present.ts";
import { effectText, reachOf } from "./reach.ts";

/** Everything that is reached from the start, where one place, or one outcome of it, is closed. */
function reachedIn(graph: Graph, closed: PlaceName, only?: readonly string[]): ReadonlySet<PlaceName> {
  const seen = new Set([graph.start]);
  for (const name of seen) {
    const place = present(graph.places[name]);
    if (place.kind === "exit" || (name === closed && only === undefined)) continue;
    const shut = name === closed ? (only ?? []) : [];
    const open = labelled(place).filter(([label]) => !shut.includes(label));
    for (const [label, edge] of open) {
      for (const to of targetsOf(graph, place, edge)) seen.add(to);
      if (place.undo?.on.includes(label) === true) seen.add(place.undo.place);
    }
    if (place.work.kind === "map" || place.work.kind === "loop") seen.add(place.work.body);
  }
  return seen;
}

const labelled = ({ edges, missing }: CallPlace): readonly (readonly [string, CallPlace["edges"][string]])[] => [
  ...Object.entries(edges),
  ...(missing === undefined ? [] : ([["", missing]] as const)),
];

describe("gates", () => {
  it("are passed on every way, and at no other outcome", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const { gates, places } of reachOf(graph)) {
          for (const [gate, outcomes] of gates) {
            const without = reachedIn(graph, gate);
            const others = reachedIn(graph, gate, outcomes);
            expect(places.filter((place) => without.has(place) || others.has(place))).toEqual([]);
            expect(outcomes.length).toBeLessThan(labelled(callAt(graph, gate)).length);
          }
        }
      }),
    );
  });

  it("leave nothing out that keeps anything back", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        for (const { gates, places } of reachOf(graph)) {
          for (const name of Object.keys(graph.places)) {
            if (gates.has(name) || places.includes(name) || graph.places[name]?.kind === "exit") continue;
            const keeps = places.every((place) => !reachedIn(graph, name).has(place));
            const labels = labelled(callAt(graph, name)).map(([label]) => label);
            const idle = labels.some((label) =>
              places.every(
                (place) =>
                  !reachedIn(
                    graph,
                    name,
                    labels.filter((one) => one !== label),
                  ).has(place),
              ),
            );
            expect(keeps && idle).toBe(false);
          }
        }
      }),
    );
  });
});

function callAt(graph: Graph, name: PlaceName): CallPlace {
  const place = present(graph.places[name]);
  if (place.kind === "exit") throw new Error("impossible: an exit is no gate");
  return place;
}

describe("what is reached", () => {
  it("is everything that acts or is emitted, each once and in order", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const whats = reachOf(graph).map(({ what }) => what);
        expect(whats).toEqual([...new Set(whats)].toSorted());
        const acting = Object.entries(graph.places).flatMap(([name, place]) => {
          if (place.kind === "exit") return place.emit === undefined ? [] : [name];
          return ["effect", "operate", "task", "child"].includes(place.work.kind) ? [name] : [];
        });
        expect(
          reachOf(graph)
            .flatMap(({ places }) => places)
            .toSorted(),
        ).toEqual(acting.toSorted());
      }),
    );
  });

  it("is named by method and URL, or by what the handler is told", () => {
    const work = effectWork({ handler: "h", operation: "O", capability: "a::B" });
    expect(effectText({ ...work, configuration: { method: "GET", url: "http://x/" } })).toBe("h GET http://x/");
    expect(effectText({ ...work, configuration: { method: 1, url: "x" } })).toBe(
      'h O of a::B with {"method":1,"url":"x"}',
    );
    expect(effectText({ ...work, configuration: { method: "GET" } })).toBe('h O of a::B with {"method":"GET"}');
    expect(effectText({ ...work, configuration: null })).toBe("h O of a::B with null");
  });
});
