import type { Binding, Bindings, CallPlace, Edge, Place, Scope } from "@omnibase/core";
import type { Dice } from "./dice.ts";
import { anyBindings, anyEffect, callPlace } from "./place-builder.ts";
import type { Site } from "./place-builder.ts";

/** Where a graph under construction is written to. */
export interface Ground {
  readonly dice: Dice;
  readonly places: { [name: string]: Place };
  readonly scopes: { [name: string]: Scope };
}

/** Its branches meet again, however they went. Some are not always gone, and some meet others half-way. */
export function addFork({ dice, places }: Ground, name: string, { around, edge, readable }: Site): void {
  const meet = `${name}_MEET`;
  const branches = Array.from({ length: 2 + dice.upTo(2) }, (_, branch) =>
    Array.from({ length: 1 + dice.upTo(2) }, (__, step) => `${name}_${String(branch)}_${String(step)}`),
  );
  const heads = branches.map(([head = meet]) => head);
  const forked = (isUsual: boolean): Edge => {
    if (!isUsual && dice.chance(0.2)) return { to: meet };
    const [to = meet, ...also] = isUsual ? heads : heads.slice(0, 1 + dice.upTo(heads.length));
    return also.length === 0 ? { to } : { to, also };
  };
  places[name] = callPlace({ dice, readable, edge: forked, around });
  for (const [branch, steps] of branches.entries()) {
    const halfWay = branches.slice(branch + 1).flatMap(([, second]) => (second === undefined ? [] : [second]));
    for (const [at, step] of steps.entries()) {
      const onward = (isUsual: boolean): Edge => {
        const other = isUsual || at > 0 || dice.chance(0.5) ? undefined : dice.any(halfWay);
        return { to: other ?? steps[at + 1] ?? meet };
      };
      const made = callPlace({ dice, readable: [...readable, name, ...steps.slice(0, at)], edge: onward, around });
      places[step] = at === 0 ? made : { ...made, join: "all" };
    }
  }
  const met = callPlace({ dice, readable: [...readable, name, ...branches.flat()], edge, around });
  places[meet] = { ...met, join: "all" };
}

const roundOutcomes = ["SUCCESS", "VIOLATION", "OTHER"];

/** A map or a loop, with the places of its rounds. Some of these are maps themselves. */
export function addRounds(ground: Ground, kind: "map" | "loop", name: string, site: Site): void {
  const { dice, places, scopes } = ground;
  const { around, readable } = site;
  const steps = Array.from({ length: 1 + dice.upTo(2) }, (_, step) => `${name}/s${String(step)}`);
  const inside = [name, ...around];
  const leave = (isUsual: boolean): Edge => ({ leave: isUsual ? "SUCCESS" : (dice.any(roundOutcomes) ?? "SUCCESS") });
  for (const [at, step] of steps.entries()) {
    const onward = (isUsual: boolean): Edge => {
      const next = steps[at + 1];
      return next === undefined || !isUsual ? leave(isUsual) : { to: next };
    };
    const inner: Site = { dice, readable: [...readable, ...steps.slice(0, at)], edge: onward, around: inside };
    if (inside.length < 2 && dice.chance(0.25)) addRounds(ground, "map", step, inner);
    else places[step] = callPlace(inner);
    const place = places[step];
    if (place?.kind === "call") places[step] = { ...place, scope: name };
  }
  const returned = { dice, readable: [...readable, ...steps], around: inside };
  const exits = roundOutcomes.map((outcome) => [outcome, { outputs: anyBindings(returned, 2), back: true }] as const);
  scopes[name] = { code: `test::${name}_V0`, exits: Object.fromEntries(exits) };
  const body = `${name}/s0`;
  places[name] = kind === "map" ? mapPlace(body, site) : loopPlace(body, site);
}

function mapPlace(body: string, { dice, edge, readable }: Site): CallPlace {
  const work = {
    kind: "map",
    body,
    itemsMax: 3,
    parallel: 1 + dice.upTo(3),
    succeeds: ["SUCCESS"],
    stops: dice.chance(0.5),
  } as const;
  const listed = dice.chance(0.4) ? dice.any(readable) : undefined;
  const over = listed === undefined ? anyItems(dice) : ({ kind: "result", of: listed, path: ["items"] } as const);
  const outcomes = ["SUCCESS", "ITEM_FAILED", "VIOLATION"];
  const edges = Object.fromEntries(outcomes.map((outcome, at) => [outcome, edge(at === 0)]));
  return { kind: "call", work, inputs: { over }, required: ["over"], outcomes, edges };
}

function anyItems(dice: Dice): Binding {
  const value = Array.from({ length: dice.upTo(5) }, (_, index) => index);
  return dice.chance(0.85) ? { kind: "literal", value } : { kind: "payload", path: ["tags"] };
}

function loopPlace(body: string, site: Site): CallPlace {
  const { dice, edge } = site;
  const again = dice.pick([["OTHER"], ["OTHER", "VIOLATION"]] as const);
  const rounds = { kind: "loop", body, roundsMax: 1 + dice.upTo(3), again } as const;
  const work = dice.chance(0.5) ? rounds : { ...rounds, everyMs: dice.pick([0, 1_200]) };
  const outcomes = [...roundOutcomes.filter((outcome) => !again.some((one) => one === outcome)), "EXHAUSTED"];
  const edges = Object.fromEntries(outcomes.map((outcome, at) => [outcome, edge(at === 0)]));
  return { kind: "call", work, inputs: anyBindings(site, 2), required: [], outcomes, edges };
}

/** Some of what is done can be undone, by work that is told what was answered. */
export function addUndoing({ dice, places }: Ground): void {
  for (const [name, place] of Object.entries(places)) {
    const isDone = place.kind === "call" && (place.work.kind === "effect" || place.work.kind === "operate");
    if (!isDone || !dice.chance(0.3)) continue;
    const undo = `${name}/undo`;
    const on = place.outcomes.filter((_, at) => at === 0 || dice.chance(0.3));
    const { outcomes, work } = anyEffect(dice);
    const inputs: Bindings = { was: { kind: "result", of: name, path: ["a"] }, at: { kind: "timestamp" } };
    const edges = Object.fromEntries(outcomes.map((outcome) => [outcome, { undone: true } as const]));
    const undoing: CallPlace = { kind: "call", work, inputs, required: [], outcomes, edges };
    places[undo] = place.scope === undefined ? undoing : { ...undoing, scope: place.scope };
    places[name] = { ...place, undo: { place: undo, on } };
  }
}
