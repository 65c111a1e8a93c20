import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../value/present.ts";
import { certaintyOf } from "./certainty.ts";
import { orderOf, reachableFrom, type Flow } from "./paths.ts";
import { forksIn, tokensIn, type Forked } from "./tokens.ts";

/** For each place, for each of its labels in their order, where that leads. */
type Ways = readonly (readonly (readonly number[])[])[];

const labels = "ABC";

const forked = (ways: Ways, joins: readonly number[] = []): Forked => ({
  flow: {
    start: 0,
    edges: ways.map((out) => out.flatMap((to, label) => to.map((one) => ({ label: labels.charAt(label), to: one })))),
  },
  joins: new Set(joins),
});

/** Edges lead upwards only, so there is no cycle; the first place is no join. */
const anyForked = fc
  .record({
    ways: fc.array(fc.array(fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 2 }), { maxLength: 2 }), {
      minLength: 2,
      maxLength: 7,
    }),
    joins: fc.uniqueArray(fc.integer({ min: 1, max: 6 })),
  })
  .map(({ joins, ways }) => {
    const above = (at: number) => (to: number) => at + 1 + (to % (ways.length - at - 1));
    const up = ways.map((out, at) => (at + 1 === ways.length ? [] : out.map((to) => [...new Set(to.map(above(at)))])));
    return forked(
      up,
      joins.filter((join) => join < ways.length),
    );
  });

/** Where a token is, or waits. */
interface Token {
  readonly at: number;
  readonly waits: boolean;
}

/** What was seen of one of the ways that several tokens may take together. */
interface Moment {
  readonly tokens: readonly Token[];
  /** How often each place was come to. */
  readonly come: ReadonlyMap<number, number>;
  /** By which label each place was left. */
  readonly left: ReadonlyMap<number, string>;
}

/** Every moment of every way, as the machine would have it: the oracle. */
function* momentsOf({ flow, joins }: Forked, moment: Moment): Generator<Moment> {
  yield moment;
  const { come, left, tokens } = moment;
  for (const [index, token] of tokens.entries()) {
    const others = tokens.filter((_, other) => other !== index);
    if (token.waits) {
      if (others.some(({ at }) => at !== token.at && reachableFrom(at, flow).has(token.at))) continue;
      const rest = others.filter(({ at }) => at !== token.at);
      const visits = new Map(come).set(token.at, (come.get(token.at) ?? 0) + 1);
      yield* momentsOf({ flow, joins }, { tokens: [...rest, { at: token.at, waits: false }], come: visits, left });
      continue;
    }
    const out = present(flow.edges[token.at]);
    for (const label of new Set(out.map((edge) => edge.label))) {
      const targets = out.filter((edge) => edge.label === label).map(({ to }) => to);
      const visits = new Map(come);
      for (const to of targets) if (!joins.has(to)) visits.set(to, (visits.get(to) ?? 0) + 1);
      const next = targets.map((to) => ({ at: to, waits: joins.has(to) }));
      const way = { tokens: [...others, ...next], come: visits, left: new Map(left).set(token.at, label) };
      yield* momentsOf({ flow, joins }, way);
    }
  }
}

const begin: Moment = { tokens: [{ at: 0, waits: false }], come: new Map([[0, 1]]), left: new Map() };

const placesOf = (flow: Flow): ReadonlySet<number> => new Set(orderOf(flow));

/** No place is come to by two tokens, as the rule of the compiler says it. */
function isApart({ flow, joins }: Forked): boolean {
  const tokens = tokensIn({ flow, joins }, placesOf(flow));
  return orderOf(flow).every(
    (at) => joins.has(at) || !tokens.beside(at).some((other) => reachableFrom(other, flow).has(at)),
  );
}

/** Some flows have too many moments to look at each. */
const isSmall = (given: Forked): boolean => {
  let seen = 0;
  for (const moment of momentsOf(given, begin)) {
    seen += moment.tokens.length;
    if (seen > 3_000) return false;
  }
  return true;
};

function isWaitedAt(ways: Ways, join: number): boolean {
  const given = forked(ways, [join]);
  return tokensIn(given, placesOf(given.flow)).waits(join);
}

describe("tokens", () => {
  it("are never at two places at once that are not said to be beside each other", () => {
    fc.assert(
      fc.property(anyForked.filter(isSmall), (given) => {
        const tokens = tokensIn(given, placesOf(given.flow));
        for (const { tokens: now } of momentsOf(given, begin)) {
          const live = now.filter(({ waits }) => !waits).map(({ at }) => at);
          for (const one of live) {
            expect(tokens.beside(one)).toEqual(expect.arrayContaining(live.filter((other) => other !== one)));
          }
        }
      }),
    );
  });

  it("come to no place twice where the rule says so", () => {
    fc.assert(
      fc.property(
        anyForked.filter((given) => isApart(given) && isSmall(given)),
        (given) => {
          for (const { come } of momentsOf(given, begin)) expect(Math.max(...come.values())).toBe(1);
        },
      ),
    );
  });

  it("are as many as a fork has targets", () => {
    const { flow } = forked([[[1, 2], [2]], [], []]);
    expect(forksIn(flow)).toEqual([{ from: 0, label: "A", to: [1, 2] }]);
  });

  it("are waited for only where two may come", () => {
    expect(isWaitedAt([[[1, 2]], [[3]], [[3]], []], 3)).toBe(true);
    expect(isWaitedAt([[[1], [2]], [[3]], [[3]], []], 3)).toBe(false);
    expect(isWaitedAt([[[1, 2]], [[3]], [[4]], [], []], 3)).toBe(false);
    expect(isWaitedAt([[[1, 3]], [[2]], [[3]], []], 3)).toBe(true);
  });

  it("are waited for also while they wait themselves", () => {
    const given = forked([[[1, 2, 3]], [[4]], [[4]], [[5]], [[5]], []], [4, 5]);
    const tokens = tokensIn(given, placesOf(given.flow));
    expect(tokens.waits(4)).toBe(true);
    expect(tokens.waits(5)).toBe(true);
    expect(tokens.beside(5)).toEqual([]);
  });

  it("that nobody can make are not counted", () => {
    const { flow, joins } = forked([[[3]], [[2, 3]], [[3]], []]);
    expect(tokensIn({ flow, joins }, placesOf(flow)).beside(3)).toEqual([]);
  });
});

describe("certainty", () => {
  it("is about what was left before, and not by a label that lacks", () => {
    fc.assert(
      fc.property(
        anyForked.filter((given) => isApart(given) && isSmall(given)),
        (given) => {
          const order = orderOf(given.flow);
          const certain = certaintyOf(given, order);
          for (const { left, tokens } of momentsOf(given, begin)) {
            for (const { at } of tokens.filter(({ waits }) => !waits)) {
              const sure = order.filter((of) => certain(of, at, () => false));
              expect(sure.filter((of) => !left.has(of))).toEqual([]);
              const byTheOther = order.filter((of) => certain(of, at, (label) => label === "A"));
              expect(byTheOther.filter((of) => left.get(of) !== "B")).toEqual([]);
            }
          }
        },
      ),
    );
  });

  it("is there for both of two that a join waits for", () => {
    const given = forked([[[1, 2]], [[3]], [[3]], [[4]], []], [3]);
    const certain = certaintyOf(given, orderOf(given.flow));
    for (const of of [0, 1, 2]) for (const reader of [3, 4]) expect(certain(of, reader, () => false)).toBe(true);
    expect(certain(1, 2, () => false)).toBe(false);
    expect(certain(3, 3, () => false)).toBe(false);
    expect(certain(1, 3, (label) => label === "A")).toBe(false);
  });

  it("is not there for what a token may go past", () => {
    const past = forked([[[1, 2]], [[3], [4]], [[4]], [[4]], []], [4]);
    const certain = certaintyOf(past, orderOf(past.flow));
    expect(certain(1, 4, () => false)).toBe(true);
    expect(certain(3, 4, () => false)).toBe(false);
    expect(certain(1, 4, (label) => label === "B")).toBe(false);
  });

  it("is handed on from join to join", () => {
    const given = forked([[[1, 2]], [[3, 4]], [[6]], [[5]], [[5]], [[6]], [[7]], []], [5, 6]);
    const certain = certaintyOf(given, orderOf(given.flow));
    for (const of of [1, 2, 3, 4, 5]) expect(certain(of, 7, () => false)).toBe(true);
  });

  it("ends where a fork is not on every path", () => {
    const given = forked([[[1], [4]], [[2, 3]], [[4]], [[4]], []], [4]);
    const certain = certaintyOf(given, orderOf(given.flow));
    expect(certain(2, 4, () => false)).toBe(false);
    expect(certain(0, 4, () => false)).toBe(true);
  });
});
