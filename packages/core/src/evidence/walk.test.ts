import { anyGraph, live, sha256 } from "@omnibase/testkit";
import type { Fate } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTerminal } from "../execution/events.ts";
import { resultOf } from "./result.ts";
import { traceOf } from "./trace.ts";
import { walkOf } from "./walk.ts";
import { decodeRecord } from "../execution/decode.ts";

const fate = fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.nat(12) });

const lived = (given: Fate) => {
  const { owner } = live(given);
  const [first = "", ...rest] = owner.lines;
  return { graph: given.graph, lines: [first, ...rest] as const, sha256, last: owner.events.at(-1) };
};

describe("of any execution", () => {
  it("whoever came somewhere leaves it once, or stands there", () => {
    fc.assert(
      fc.property(fate, (given) => {
        const { graph, last, lines } = lived(given);
        const { moments, tokens } = walkOf(graph, lines.map(decodeRecord));
        const came = moments.flatMap((moment) => (moment.kind === "arrived" ? [moment.visit] : []));
        const left = moments.flatMap((moment) => (moment.kind === "left" ? [moment.visit] : []));
        const standing = tokens.filter(({ stage }) => stage.kind !== "joining");
        expect(new Set(left).size).toBe(left.length);
        const stays = came.filter((visit) => !left.includes(visit)).map(({ position }) => position);
        expect(stays.toSorted()).toEqual(standing.map(({ position }) => position).toSorted());
        return last === undefined || !isTerminal(last) || stays.length === 0;
      }),
      { numRuns: 60 },
    );
  });

  it("the nodes that were left are those of the route", () => {
    fc.assert(
      fc.property(fate, (given) => {
        const { last: _, ...source } = lived(given);
        const left = traceOf({ ...source, profile: "BASIC" })
          .entries.filter(({ kind, payload }) => kind === "node_end" && payload["status"] !== "CALLED_OFF")
          .map(({ payload }) => ({ node: payload["node_id"], outcome: payload["status"] }));
        expect(left).toEqual(resultOf(source).route);
      }),
      { numRuns: 60 },
    );
  });
});
