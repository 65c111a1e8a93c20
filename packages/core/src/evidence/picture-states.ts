import type { Token } from "../execution/state.ts";
import type { Graph, OutcomeName, PlaceName } from "../graph/graph.ts";
import { instantText } from "../value/instant.ts";
import { ownValue } from "../value/present.ts";
import type { Moment, Walk } from "./walk.ts";

/**
 * `idle`: nobody came. `taken`: left as it should be. `refused`: an end of class rejected. `failed`: an incident, a work
 * that failed, an end of class failed. `waiting`: for time, or someone. `here`: at work. `called-off`: nobody wants it.
 */
export type PictureState = "idle" | "taken" | "refused" | "failed" | "waiting" | "here" | "called-off";

/** What happened at places, as a picture tells it. */
export interface Passes {
  /** Whether there is an execution at all. */
  readonly isTold: boolean;
  /** Places that somebody came to. */
  readonly states: ReadonlyMap<PlaceName, PlaceTold>;
  at(name: PlaceName): PlaceTold;
  /** Of several places as one. */
  among(names: readonly PlaceName[]): PlaceTold;
  took(name: PlaceName, outcome: OutcomeName): boolean;
}

interface PlaceTold {
  readonly state: PictureState;
  readonly note: string;
}

const nothing: PlaceTold = { state: "idle", note: "" };

/** Before anything was executed. */
export const untold: Passes = {
  isTold: false,
  states: new Map(),
  at: () => nothing,
  among: () => nothing,
  took: () => false,
};

interface Told {
  readonly state: PictureState;
  readonly came: number;
  readonly ms: number;
  readonly why: string;
}

/** What happened, off a walk through the log. */
export function passesOf(graph: Graph, { moments, tokens }: Walk): Passes {
  const told = new Map<PlaceName, Told>();
  const took = new Set<string>();
  for (const moment of moments) {
    if (moment.kind === "left" && moment.left !== undefined) took.add(passKey(moment.visit.place, moment.left.outcome));
    if (moment.kind !== "record") add(told, moment.visit.place, seenIn(graph, moment));
  }
  for (const token of tokens) add(told, token.place, standingAt(token));
  const states = new Map([...told].map(([name, one]) => [name, { state: one.state, note: noteOf(one) }] as const));
  return {
    isTold: true,
    states,
    at: (name) => states.get(name) ?? nothing,
    among: (names) => {
      const found = names.flatMap((name) => told.get(name) ?? []);
      const [first, ...others] = found;
      if (first === undefined) return nothing;
      // How often a contract was gone through its places do not say.
      const whole = others.reduce(merged, { ...first, came: 0 });
      return { state: whole.state, note: noteOf({ ...whole, came: 1 }) };
    },
    took: (name, outcome) => took.has(passKey(name, outcome)),
  };
}

const passKey = (name: PlaceName, outcome: OutcomeName): string => `${name}\n${outcome}`;

function add(told: Map<PlaceName, Told>, name: PlaceName, one: Told): void {
  const before = told.get(name);
  told.set(name, before === undefined ? one : merged(before, one));
}

const merged = (a: Told, b: Told): Told => ({
  state: weights[b.state] > weights[a.state] ? b.state : a.state,
  came: a.came + b.came,
  ms: a.ms + b.ms,
  why: b.why === "" ? a.why : b.why,
});

/** What is seen of a place where several things happened. */
const weights: { readonly [State in PictureState]: number } = {
  idle: 0,
  taken: 1,
  "called-off": 2,
  here: 3,
  waiting: 4,
  refused: 5,
  failed: 6,
};

const seen = (state: PictureState, came: number, ms = 0): Told => ({ state, came, ms, why: "" });

function seenIn(graph: Graph, moment: Exclude<Moment, { readonly kind: "record" }>): Told {
  if (moment.kind === "arrived") return seen("idle", 1);
  const { left, record, visit } = moment;
  const ms = record.atMs - visit.arrivedMs;
  if (left === undefined) return seen("called-off", 0, ms);
  const place = ownValue(graph.places, visit.place);
  if (place?.kind === "exit") return seen(ends[place.class], 0, ms);
  return seen(left.outcome === "FAILED" || left.outcome === "ERROR" ? "failed" : "taken", 0, ms);
}

const ends = { completed: "taken", rejected: "refused", failed: "failed" } as const;

function standingAt({ stage }: Token): Told {
  switch (stage.kind) {
    case "incident":
      return { ...seen("failed", 0), why: stage.code };
    case "waiting":
      return { ...seen("waiting", 0), why: untilText(stage.dueMs) };
    case "loop":
      return stage.next === undefined ? seen("here", 0) : { ...seen("waiting", 0), why: untilText(stage.next.dueMs) };
    case "joining":
      return { ...seen("waiting", 0), why: "waits for others" };
    case "ready":
    case "open":
    case "map":
    case "unwinding":
      return seen("here", 0);
  }
}

const untilText = (dueMs: number | undefined): string =>
  dueMs === undefined ? "waits" : `waits until ${instantText(dueMs)}`;

/** How often, how long, and what for. */
function noteOf({ came, ms, state, why }: Told): string {
  const took = ms === 0 || state === "here" || state === "waiting" || why !== "" ? [] : [millisText(ms)];
  const standing = state === "here" ? ["at work"] : [];
  return [...(came > 1 ? [`${String(came)} times`] : []), ...took, ...standing, ...(why === "" ? [] : [why])].join(
    " · ",
  );
}

function millisText(ms: number): string {
  if (ms < 10_000) return `${String(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 600) return `${String(seconds)} s`;
  return seconds < 36_000 ? `${String(Math.round(seconds / 60))} min` : `${String(Math.round(seconds / 3_600))} h`;
}
