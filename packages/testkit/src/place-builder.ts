import type { Binding, Bindings, CallPlace, Edge, EffectWork, When, Work } from "@omnibase/core";
import type { Dice } from "./dice.ts";

/** What an intent of the test world admits. */
export const admitted: Work = {
  kind: "admit",
  fields: {
    name: { type: "string", required: true, min_length: 1 },
    count: { type: "integer", required: false, default: 3 },
    nested: { type: "object", required: false, fields: { x: { type: "any", required: false } } },
    tags: { type: "array", required: false },
  },
};

/** What can be read at a place. */
export interface Reading {
  readonly dice: Dice;
  readonly readable: readonly string[];
  /** The maps and loops whose rounds it stands in. */
  readonly around: readonly string[];
}

/** What a place is made with: what it may read, and where it may go. */
export interface Site extends Reading {
  /** The first outcome is the usual one. */
  readonly edge: (isUsual: boolean) => Edge;
}

export function callPlace(site: Site): CallPlace {
  const { dice, edge } = site;
  const { work, outcomes, extra, inputs: own = {}, ...decides } = anyWork(dice);
  const inputs = { ...anyBindings(site, 3), ...own };
  const bound = Object.keys(inputs).filter((name) => Object.hasOwn(own, name) || dice.chance(0.2));
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
  readonly inputs?: Bindings;
}

type Kind = "transform" | "effect" | "operate" | "wait" | "task" | "child";

/** As often as each is named. */
const kinds: readonly [Kind, ...(readonly Kind[])] = [
  "transform",
  "transform",
  "transform",
  "effect",
  "effect",
  "effect",
  "effect",
  "operate",
  "wait",
  "wait",
  "task",
  "child",
];

function anyWork(dice: Dice): WorkPlan {
  const kind = dice.pick(kinds);
  switch (kind) {
    case "transform":
      return anyTransform(dice);
    case "operate": {
      const work: Work = { kind, capability: "CS", operation: "registry.REGISTER", store: "test::S_V0/KEYS" };
      return { work, outcomes: ["SUCCESS", "ALREADY_EXISTS", "VIOLATION"].slice(0, 1 + dice.upTo(3)), extra: [] };
    }
    case "effect":
      return anyEffect(dice);
    case "wait":
      return anyWait(dice);
    case "task": {
      const work: Work = { kind, summary: "look", actors: [], fields: { note: { type: "string", required: false } } };
      const outcomes = ["APPROVED", "DENIED"].slice(0, 1 + dice.upTo(2));
      if (dice.chance(0.5)) return { work, outcomes, extra: [] };
      return { work: { ...work, timeoutMs: 2_000 }, outcomes: [...outcomes, "TIMED_OUT"], extra: [] };
    }
    case "child": {
      const outcomes = ["COMPLETED", "REJECTED", "FAILED", "CANCELLED"];
      return { work: { kind, workflow: "test::WF_CHILD_V0" }, outcomes, extra: [] };
    }
  }
}

function anyWait(dice: Dice): WorkPlan {
  const kind = "wait";
  switch (dice.pick(["for", "until", "signal", "signal or time"])) {
    case "for":
      return { work: { kind, forMs: dice.pick([0, 900, 4_000]) }, outcomes: ["ELAPSED"], extra: [] };
    case "until": {
      const times = ["2023-11-14T22:13:22.000Z", "2023-11-14T22:20:00.000Z"] as const;
      const literal: Binding = { kind: "literal", value: dice.pick(times) };
      const until: Binding = dice.chance(0.7) ? literal : { kind: "payload", path: ["name"] };
      return { work: { kind }, outcomes: ["ELAPSED", "VIOLATION"], extra: [], inputs: { until } };
    }
    case "signal":
      return { work: { kind, signal: dice.pick(["PAID", "SEEN"]) }, outcomes: ["RECEIVED"], extra: [] };
    case "signal or time":
      return {
        work: { kind, signal: dice.pick(["PAID", "SEEN"]), forMs: 3_000 },
        outcomes: ["RECEIVED", "TIMED_OUT"],
        extra: [],
      };
  }
}

export function anyEffect(dice: Dice): WorkPlan & { readonly work: EffectWork } {
  const kind = "effect";
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
  const name = dice.pick([
    "echo",
    "echo",
    "list",
    "list",
    "gate",
    "two",
    "two",
    "three",
    "three",
    "throw",
    "undeclared",
  ]);
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

export function anyBindings(reading: Reading, depth: number): Bindings {
  const names = ["a", "b", "c"].slice(0, reading.dice.upTo(4));
  return Object.fromEntries(names.map((name) => [name, anyBinding(reading, depth)]));
}

function anyBinding(reading: Reading, depth: number): Binding {
  const { around, dice, readable } = reading;
  const round = dice.chance(0.4) ? dice.any(around) : undefined;
  if (round !== undefined) {
    return { kind: "round", of: round, path: dice.pick([["item"], ["index"], ["last"], ["last", "a"], ["absent"]]) };
  }
  const of = dice.chance(0.55) ? dice.any(readable) : undefined;
  if (of !== undefined) {
    return { kind: "result", of, path: dice.pick([[], ["a"], ["weight"], ["echo", "a"], ["n"], ["absent"]]) };
  }
  const paths = [["name"], ["count"], ["nested", "x"], ["tags"], ["absent"], []] as const;
  const kind = dice.pick(["literal", "payload", "payload", "received", "timestamp", "object", "list"]);
  if (kind === "payload" || kind === "received") return { kind, path: dice.pick(paths) };
  if (kind === "timestamp") return { kind };
  if (depth === 0 || kind === "literal") return { kind: "literal", value: dice.pick([7, "seven"]) };
  if (kind === "object") return { kind, fields: anyBindings(reading, depth - 1) };
  return { kind, items: Array.from({ length: dice.upTo(3) }, () => anyBinding(reading, depth - 1)) };
}
