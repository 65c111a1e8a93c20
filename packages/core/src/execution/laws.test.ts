import {
  anyGraph,
  begin,
  buildGraph,
  calm,
  constructs,
  constructsIn,
  live,
  newChaos,
  newOwner,
} from "@omnibase/testkit";
import { fact, seededDice, serve, stepOf, testWorld, turn } from "@omnibase/testkit";
import type { Fate, Life } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { digestOf } from "../value/sha256.ts";
import { decide } from "./decide.ts";
import { decodeRecord } from "./decode.ts";
import type { ExecutionEvent, IncidentCode, PassedStep } from "./events.ts";
import { evolve } from "./evolve.ts";
import { brokenLaws } from "./laws.ts";
import { machineOf } from "./machine.ts";
import { placeOf } from "./position.ts";
import type { ExecutionMachine } from "./machine.ts";
import { brokenOwnerLaws } from "./owner-laws.ts";
import { programOf } from "./program.ts";
import { replay } from "./replay.ts";
import { requests } from "./requests.ts";
import type { World } from "./world.ts";

/** Keeps every result for so much longer than it is read: with infinity for ever, and with less than nothing too short. */
function keepingFor(more: number, graph: Graph, world: World): ExecutionMachine {
  const program = programOf(graph);
  const names = [...Object.keys(graph.places), ...Object.keys(graph.scopes)];
  const lastReaders = new Map(names.map((name) => [name, (program.lastReaders.get(name) ?? -1) + more]));
  const machine = { program: { ...program, lastReaders }, world };
  return {
    ...machine,
    decide: (command, state) => decide(machine, command, state),
    evolve: (state, event) => evolve(machine.program, state, event),
    requests: (state) => requests(machine, state),
  };
}

/** Folds what it decides, but for so many of the last facts, to see whether that is where it leads. */
const leading =
  (late: number) =>
  (graph: Graph, world: World): ExecutionMachine => {
    const machine = machineOf(graph, world);
    return {
      ...machine,
      decide: (command, state) => {
        const decision = machine.decide(command, state);
        if (!decision.ok) return decision;
        const { events, state: after } = decision.value;
        const kept = events.slice(0, events.length - late);
        expect(after).toEqual(kept.reduce((current, event) => machine.evolve(current, event), state));
        return decision;
      },
    };
  };

const stepByDigest = ({ digest, outcome, place, value }: PassedStep): PassedStep =>
  value === undefined
    ? { place, outcome, ...(digest === undefined ? {} : { digest }) }
    : { place, outcome, digest: digestOf(testWorld.sha256, canonical(value)) };

const byDigest = (event: ExecutionEvent): ExecutionEvent =>
  event.type === "Passed" ? { ...event, steps: event.steps.map(stepByDigest) } : event;

/** What becomes of the same fate in two machines, with values by their digests. */
function both({ graph, seed, turns }: Fate, otherMachine: typeof machineOf): readonly unknown[] {
  let cut = 1;
  const world = { ...testWorld, pause: (steps: number) => steps >= cut };
  const owners = [newOwner(machineOf(graph, world)), newOwner(otherMachine(graph, world))] as const;
  const dice = seededDice(seed);
  const chaos = newChaos(graph, dice);
  begin(chaos, owners);
  for (let count = 0; count < turns; count += 1) {
    cut = 1 + dice.upTo(4);
    turn(chaos, owners);
  }
  return owners.map(({ crash, events, moments }) => ({
    crash,
    events: events.map(byDigest),
    asked: moments.map(({ requests: asked }) => asked),
  }));
}

function mayForgetEarlier(seed: number): boolean {
  const graph = buildGraph(seededDice(seed), 8);
  const [one, other] = both({ graph, seed, turns: 40 }, (of, world) => keepingFor(-1, of, world));
  return JSON.stringify(one) === JSON.stringify(other);
}

/** All that happens when everything is done as asked, and segments end after so many steps. */
function undisturbed(graph: Graph, seed: number, stepsMax: number): readonly (ExecutionEvent | PassedStep)[] {
  const owner = newOwner(machineOf(graph, { ...testWorld, pause: (steps) => steps >= stepsMax }));
  const chaos = newChaos(graph, seededDice(seed));
  begin(chaos, [owner]);
  for (let [request] = owner.now().requests; request !== undefined; [request] = owner.now().requests) {
    serve(chaos, [owner], request);
  }
  const steps: (ExecutionEvent | PassedStep)[] = [];
  for (const event of owner.events.map(byDigest)) steps.push(...(event.type === "Passed" ? event.steps : [event]));
  return steps;
}

const broken = (graph: Graph, { machine, owner }: Life): readonly string[] => [
  ...(owner.crash === undefined ? [] : [owner.crash]),
  ...brokenLaws(owner.events, graph),
  ...brokenOwnerLaws({ machine, log: owner.events, lines: owner.lines, held: owner.moments }),
];

const anyLife = fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.integer({ min: 0, max: 60 }) });
const often = { numRuns: 1_000 };

describe("whatever is said to an execution, in whatever order,", () => {
  it("no law is broken, and with calm it comes to an end", () => {
    fc.assert(
      fc.property(anyLife, ({ graph, seed, turns }) => {
        const life = live({ graph, seed, turns });
        expect(broken(graph, life)).toEqual([]);
        expect(calm(life.chaos, [life.owner])).toBe(true);
        expect(broken(graph, life)).toEqual([]);
      }),
      often,
    );
  });

  it("every beginning of its log keeps the laws and replays the same", () => {
    fc.assert(
      fc.property(anyLife, fc.nat(), ({ graph, seed, turns }, cut) => {
        const { owner } = live({ graph, seed, turns });
        const { events, lines } = owner;
        for (const length of [lines.length, cut % (lines.length + 1)]) {
          expect(replay(graph, testWorld, lines.slice(0, length))).toMatchObject({ kind: "same", records: length });
          expect(brokenLaws(events.slice(0, length), graph)).toEqual([]);
        }
      }),
      often,
    );
  });

  it("every record reads back as the fact that was written", () => {
    fc.assert(
      fc.property(anyLife, ({ graph, seed, turns }) => {
        const { owner } = live({ graph, seed, turns });
        expect(owner.lines.map((line) => decodeRecord(line).event)).toEqual(owner.events);
      }),
      { numRuns: 300 },
    );
  });

  it("what is let go was never needed: an execution that forgets nothing goes the same way", () => {
    fc.assert(
      fc.property(anyLife, (fate) => {
        const [one, other] = both(fate, (graph, world) => keepingFor(Number.POSITIVE_INFINITY, graph, world));
        expect(one).toEqual(other);
      }),
      often,
    );
  });

  it("what is decided leads where its facts lead", () => {
    fc.assert(
      fc.property(anyLife, (fate) => {
        expect(live(fate, leading(0)).owner.crash).toBeUndefined();
      }),
      often,
    );
  });

  it("a decision that leads elsewhere is noticed", () => {
    expect(live({ graph: stepOf.idempotent, seed: 1, turns: 0 }, leading(1)).owner.crash).toMatch(/expected/);
  });

  it("letting go too early is noticed", () => {
    expect(Array.from({ length: 100 }, (_, seed) => mayForgetEarlier(seed))).toContain(false);
  });

  it("where its segments are cut changes nothing but where its records end", () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), (graph, seed) => {
        expect(undisturbed(graph, seed, 1)).toEqual(undisturbed(graph, seed, 1_000));
      }),
      { numRuns: 300 },
    );
  });
});

const { begun, ended, failed, incident, lost, resolved, settled, started } = fact;
const late: ExecutionEvent = { type: "LateAnswer", atMs: 1_000, place: "END", attempt: 1, answer: null };
const done = { kind: "done", outcome: "SUCCESS", value: 1 } as const;

describe("a log that no machine wrote", () => {
  it.each<readonly [string, readonly ExecutionEvent[]]>([
    ["settles an exit", [started, { ...settled, place: "END" }]],
    ["settles nothing", [started, { ...settled, place: "nowhere" }]],
    ["goes on at an exit", [started, settled, { ...settled, place: "END" }]],
    ["passes nothing", [started, { type: "Passed", steps: [{ place: "toString", outcome: "SUCCESS" }] }]],
    ["completes in the middle", [started, { ...ended, exit: "WORK" }]],
    ["completes past an incident", [started, incident("OUTCOME_UNKNOWN", "x"), ended]],
    ["hears of what is never asked", [started, late]],
    ["fails elsewhere", [started, { ...failed(1, 2_000), place: "END" }]],
    ["loses elsewhere", [started, { ...lost(1), place: "END" }]],
    ["fires elsewhere", [started, { type: "TimerFired", atMs: 2_000, place: "END" }]],
    ["stops elsewhere", [started, { ...incident("OUTCOME_UNKNOWN", "x"), place: "END" }]],
    ["resolves elsewhere", [started, { ...resolved(done), place: "END" }]],
    ["begins again what may be repeated", [started, begun, begun]],
  ])("breaks a law where it %s", (_, log) => {
    expect(brokenLaws(log, stepOf.idempotent)).not.toEqual([]);
    expect(brokenLaws(log, stepOf.failing)).not.toEqual([]);
  });

  it("says less than a machine wrote and breaks none", () => {
    const graph = stepOf.failing;
    expect(brokenLaws([], graph)).toEqual([]);
    expect(brokenLaws([started, failed(1, 2_000)], graph)).toEqual([]);
  });
});

describe("the dice", () => {
  const graphs = fc.sample(anyGraph, { seed: 3, numRuns: 600 });

  it("throw graphs of every construct, and not only now and then", () => {
    const found = graphs.map(constructsIn);
    const shares = Object.keys(constructs).map((name) => {
      const share = found.filter((names) => names.has(name)).length / graphs.length;
      return { name, share, floor: constructs[name] ?? 1 };
    });
    console.log(shares.map(({ name, share }) => `${percent(share)} ${name}`).join("\n"));
    expect(shares.filter(({ floor, share }) => share < floor)).toEqual([]);
  });

  it("throw lives in which everything happens", () => {
    const happened = graphs.map((graph, seed) => {
      const { events } = live({ graph, seed, turns: 40 }).owner;
      const codes = events.map((event) => (event.type === "IncidentOpened" ? event.code : event.type));
      return new Set<string>([...codes, ...events.map(({ type }) => type), ...happeningsIn(graph, events)]);
    });
    const shares = floors.map(([name, floor]) => {
      const share = happened.filter((names) => names.has(name)).length / graphs.length;
      return { name, share, floor };
    });
    console.log(shares.map(({ name, share }) => `${percent(share)} ${name}`).join("\n"));
    expect(shares.filter(({ floor, share }) => share < floor)).toEqual([]);
  });
});

const percent = (share: number): string => `${String(Math.round(share * 100)).padStart(4)} %`;

const happenings = {
  "a token comes where others meet": ({ placed }: Told) => placed.some((at) => at.endsWith("_MEET")),
  "a branch that is not gone is not waited for": ({ graph, placed }: Told) =>
    placed.some((at) => at.endsWith("_MEET") && headsOf(graph, at).some((head) => !placed.includes(head))),
  "several rounds are under way at once": ({ placed }: Told) => {
    const second = placed.findIndex((at) => /^MAP_\d+\[1\]/.test(at));
    return second >= 0 && placed.slice(second).some((at) => /^MAP_\d+\[0\]/.test(at));
  },
  "a round within a round": ({ placed }: Told) => placed.some((at) => /\[\d+\].*\[\d+\]/.test(at)),
  "a second round of a loop": ({ placed }: Told) => placed.some((at) => /^LOOP_\d+\[1\]/.test(at)),
  "a wait whose time is over": ({ events, graph }: Told) =>
    events.some((event) => event.type === "TimerFired" && workAt(graph, event.place) === "wait"),
  "a task whose time is over": ({ events, graph }: Told) =>
    events.some((event) => event.type === "TimerFired" && workAt(graph, event.place) === "task"),
  "a signal that comes before anyone waits": ({ events }: Told) =>
    events.some((event) => event.type === "Passed" && event.steps.some(({ outcome }) => outcome === "RECEIVED")),
  "something is undone": ({ placed }: Told) => placed.some((at) => at.endsWith("/undo")),
  "something is undone after a cancellation": ({ events, placed }: Told) =>
    placed.some((at) => at.endsWith("/undo")) && events.some(({ type }) => type === "CancelRequested"),
  "a child ends": ({ events, graph }: Told) =>
    events.some((event) => event.type === "Settled" && workAt(graph, event.place) === "child"),
} as const;

interface Told {
  readonly graph: Graph;
  readonly events: readonly ExecutionEvent[];
  readonly placed: readonly string[];
}

function happeningsIn(graph: Graph, events: readonly ExecutionEvent[]): readonly string[] {
  const placed = events.flatMap((event) => {
    if (event.type === "LateAnswer") return [];
    return event.type === "Passed" ? event.steps.map(({ place }) => place) : "place" in event ? [event.place] : [];
  });
  return Object.entries(happenings).flatMap(([name, holds]) => (holds({ graph, events, placed }) ? [name] : []));
}

const workAt = (graph: Graph, position: string): string | undefined => {
  const place = graph.places[placeOf(position)];
  return place?.kind === "call" ? place.work.kind : undefined;
};

const headsOf = (graph: Graph, meet: string): readonly string[] =>
  Object.keys(graph.places).filter((name) => name.startsWith(meet.replace("MEET", "")) && name.endsWith("_0"));

const floors: readonly (readonly [ExecutionEvent["type"] | IncidentCode | keyof typeof happenings, number])[] = [
  ["Passed", 0.8],
  ["Settled", 0.4],
  ["AttemptStarted", 0.2],
  ["AttemptFailed", 0.15],
  ["AttemptLost", 0.15],
  ["LateAnswer", 0.3],
  ["TimerFired", 0.1],
  ["Imported", 0.1],
  ["Signalled", 0.15],
  ["TaskSettled", 0.05],
  ["a token comes where others meet", 0.05],
  ["a branch that is not gone is not waited for", 0.02],
  ["several rounds are under way at once", 0.005],
  ["a round within a round", 0.01],
  ["a second round of a loop", 0.01],
  ["a wait whose time is over", 0.05],
  ["a task whose time is over", 0.01],
  ["a signal that comes before anyone waits", 0.005],
  ["something is undone", 0.03],
  ["something is undone after a cancellation", 0.005],
  ["a child ends", 0.05],
  ["CancelRequested", 0.1],
  ["Cancelled", 0.1],
  ["Completed", 0.4],
  ["IncidentResolved", 0.3],
  ["OUTCOME_UNKNOWN", 0.1],
  ["POISON_EFFECT", 0.01],
  ["RETRIES_EXHAUSTED", 0.1],
  ["TRANSFORM_ERROR", 0.01],
  ["INPUT_MISSING", 0.1],
  ["UNDECLARED_OUTCOME", 0.05],
];
