import type { AnswerGiven, ExecutionCommand, ExecutionRequest, Graph, Resolution } from "@omnibase/core";
import { cancelTimer, placeOf } from "@omnibase/core";
import type { Dice } from "./dice.ts";
import type { Owner } from "./owner.ts";

/** The clock and the post of a world in which everything comes late, twice, or never. */
export interface Chaos {
  readonly graph: Graph;
  readonly dice: Dice;
  /** What mostly becomes of an effect here. */
  readonly mood: "mixed" | "dying" | "failing";
  nowMs: number;
  /** Every command so far: any of them may come again. */
  readonly sent: ExecutionCommand[];
}

export const newChaos = (graph: Graph, dice: Dice): Chaos => ({
  graph,
  dice,
  mood: dice.pick(["mixed", "dying", "failing"]),
  nowMs: 1_700_000_000_000,
  sent: [],
});

/** Starts an execution with an input that is sometimes refused. */
export function begin(chaos: Chaos, owners: readonly Owner[]): void {
  const { dice, nowMs } = chaos;
  const name = dice.pick(["ada", "ada", "ada", "ada", "ada", "ada", ""]);
  const nested = dice.chance(0.6) ? { nested: { x: dice.pick([1, "one"]) } } : {};
  const input = { name, ...(dice.chance(0.5) ? { count: dice.upTo(9) } : {}), ...nested };
  const identity = { engine: "0.1.0", execution: "e1", principal: "tester", tenant: "default" };
  const imports = dice.chance(0.2) ? [{ digest: "sha256:00", file: "keys.jsonl", store: "test::S_V0/KEYS" }] : [];
  say(chaos, owners, {
    type: "Start",
    atMs: nowMs,
    ...identity,
    input,
    snapshot: "sha256:11",
    workflow: chaos.graph.workflow,
    imports,
  });
}

function say(chaos: Chaos, owners: readonly Owner[], command: ExecutionCommand): void {
  chaos.sent.push(command);
  for (const owner of owners) owner.hear(command);
}

/** One turn: mostly what is asked for, often what nobody asked for. All owners hear the same. */
export function turn(chaos: Chaos, owners: readonly [Owner, ...(readonly Owner[])]): void {
  const { dice } = chaos;
  chaos.nowMs += dice.chance(0.15) ? -dice.upTo(5_000) : dice.upTo(1_500);
  const { requests, state } = owners[0].now();
  // After the end there is little left to be said.
  if (state.phase !== "running" && dice.chance(0.8)) return undefined;
  if (requests.some((request) => request.kind === "timer" && request.place === cancelTimer) && dice.chance(0.3)) {
    return say(chaos, owners, { type: "Fire", atMs: chaos.nowMs + dice.upTo(12_000), place: cancelTimer });
  }
  const asked = dice.any(requests);
  if (asked?.kind === "effect" && dice.chance(0.05)) {
    return say(chaos, owners, { type: "Cancel", atMs: chaos.nowMs, by: "eve", reason: "enough" });
  }
  if (asked?.kind === "effect" && chaos.mood !== "mixed" && dice.chance(0.7)) {
    return say(chaos, owners, chaos.mood === "dying" ? loseHere(chaos, owners[0]) : failHere(chaos, owners[0]));
  }
  if (asked !== undefined && dice.chance(0.45)) return serve(chaos, owners, asked);
  const command = dice.pick(mischief)(chaos, owners[0]);
  if (command !== undefined) say(chaos, owners, command);
}

/** Does what was asked for, as it was declared. */
export function serve(chaos: Chaos, owners: readonly Owner[], request: ExecutionRequest): void {
  const { nowMs: atMs } = chaos;
  switch (request.kind) {
    case "advance":
      return say(chaos, owners, { type: "Advance" });
    case "timer":
      chaos.nowMs = Math.max(chaos.nowMs, request.dueMs);
      return say(chaos, owners, { type: "Fire", atMs: chaos.nowMs, place: request.place });
    case "operate": {
      const { attempt, place } = request;
      const outcome = declaredAt(chaos, place);
      for (const owner of owners) owner.settle({ place, attempt, outcome, value: { n: outcome.length }, atMs });
      return undefined;
    }
    case "effect": {
      const { attempt, place } = request;
      return say(chaos, owners, { type: "Answer", atMs, place, attempt, answer: done(chaos, place) });
    }
    case "child": {
      const { attempt, place } = request;
      return say(chaos, owners, { type: "Answer", atMs, place, attempt, answer: done(chaos, place) });
    }
    case "task": {
      const { outcomes, place } = request;
      const outcome = chaos.dice.any(outcomes) ?? "";
      return say(chaos, owners, { type: "SettleTask", atMs, by: "ada", place, outcome, value: { note: "done" } });
    }
  }
}

const done = (chaos: Chaos, place: string): AnswerGiven => ({
  kind: "done",
  outcome: declaredAt(chaos, place),
  value: chaos.dice.pick([{ a: "answer", n: 4 }, { weight: 2 }, "text", null] as const),
});

function declaredAt({ dice, graph }: Chaos, name: string): string {
  const place = graph.places[placeOf(name)];
  return place?.kind === "call" ? (dice.any(Object.keys(place.edges)) ?? "SUCCESS") : "SUCCESS";
}

type Mischief = (chaos: Chaos, owner: Owner) => ExecutionCommand | undefined;
type Blow = (chaos: Chaos, owner: Owner) => ExecutionCommand;

const failure = { code: "REFUSED", message: "the other side said no" };

function anyAnswer(chaos: Chaos, place: string): AnswerGiven {
  const { dice } = chaos;
  return dice.pick<readonly [AnswerGiven, ...(readonly AnswerGiven[])]>([
    done(chaos, place),
    { kind: "done", outcome: dice.pick(["SURPRISE", "INPUT_MISSING", "toString"]), value: { a: 1 } },
    { kind: "not-done", failure, retryable: dice.chance(0.7) },
    { kind: "not-done", failure, retryable: true },
    { kind: "unknown", failure: { code: "NO_ANSWER", message: "silence" } },
  ]);
}

/** Where the execution stands: any of its positions. */
const here = ({ dice }: Chaos, owner: Owner): { readonly place: string; readonly attempt: number } => {
  const { state } = owner.now();
  const token = state.phase === "running" ? dice.any(state.tokens) : undefined;
  return { place: token?.position ?? "nowhere", attempt: token?.attempt ?? 1 };
};

const anyPlace = ({ dice, graph }: Chaos): string => dice.any([...Object.keys(graph.places), "nowhere"]) ?? "nowhere";

const anyResolution = (chaos: Chaos, place: string): Resolution =>
  chaos.dice.pick<readonly [Resolution, ...(readonly Resolution[])]>([
    { kind: "done", outcome: declaredAt(chaos, place), value: { a: "by hand" } },
    { kind: "done", outcome: chaos.dice.pick(["SURPRISE", "INPUT_MISSING"]), value: null },
    { kind: "not-done" },
    { kind: "retry" },
  ]);

const answerHere: Mischief = (chaos, owner) => {
  const { attempt, place } = here(chaos, owner);
  return { type: "Answer", atMs: chaos.nowMs, place, attempt, answer: anyAnswer(chaos, place) };
};

const failHere: Blow = (chaos, owner) => {
  const { attempt, place } = here(chaos, owner);
  const answer: AnswerGiven = chaos.dice.chance(0.8)
    ? { kind: "not-done", failure, retryable: true }
    : { kind: "unknown", failure };
  return { type: "Answer", atMs: chaos.nowMs, place, attempt, answer };
};

const loseHere: Blow = (chaos, owner) => {
  const { attempt, place } = here(chaos, owner);
  return { type: "Lose", atMs: chaos.nowMs, place, attempt };
};

const fireHere: Mischief = (chaos, owner) => ({ type: "Fire", atMs: chaos.nowMs, place: here(chaos, owner).place });

const resolveHere: Mischief = (chaos, owner) => {
  const { place } = here(chaos, owner);
  const resolution = anyResolution(chaos, place);
  return { type: "Resolve", atMs: chaos.nowMs, place, by: "ada", resolution };
};

function signal({ dice, nowMs }: Chaos, id: string): ExecutionCommand {
  const value = dice.pick([{ amount: 4 }, { amount: 4 }, {}, { amount: "much" }, "nothing"] as const);
  return { type: "Signal", atMs: nowMs, by: "ada", id, name: dice.pick(["PAID", "PAID", "SEEN", "LOST"]), value };
}

/** What comes although nobody asked: too early, too late, twice, to the wrong door. */
const mischief: readonly [Mischief, ...(readonly Mischief[])] = [
  answerHere,
  answerHere,
  answerHere,
  loseHere,
  loseHere,
  fireHere,
  resolveHere,
  resolveHere,
  () => ({ type: "Advance" }),
  ({ dice, sent }) => dice.any(sent),
  ({ dice, sent }) => dice.any(sent.filter(({ type }) => type === "Answer")),
  (chaos) => {
    const place = anyPlace(chaos);
    const attempt = 1 + chaos.dice.upTo(3);
    return { type: "Answer", atMs: chaos.nowMs, place, attempt, answer: anyAnswer(chaos, place) };
  },
  (chaos) => ({ type: "Lose", atMs: chaos.nowMs, place: anyPlace(chaos), attempt: 1 + chaos.dice.upTo(3) }),
  (chaos) => ({ type: "Fire", atMs: chaos.nowMs, place: anyPlace(chaos) }),
  (chaos) => ({ type: "Fire", atMs: chaos.nowMs + chaos.dice.upTo(20_000), place: cancelTimer }),
  (chaos) => {
    const place = anyPlace(chaos);
    const resolution = anyResolution(chaos, place);
    return { type: "Resolve", atMs: chaos.nowMs, place, by: "eve", resolution };
  },
  (chaos) => signal(chaos, `s${String(chaos.dice.upTo(4))}`),
  (chaos) => signal(chaos, `s${String(chaos.dice.upTo(40))}`),
  (chaos, owner) => {
    const { place } = here(chaos, owner);
    const outcome = chaos.dice.pick(["APPROVED", "DENIED", "TIMED_OUT", "SURPRISE"]);
    const value = chaos.dice.pick([{ note: "yes" }, { note: 7 }, {}] as const);
    return { type: "SettleTask", atMs: chaos.nowMs, by: "eve", place, outcome, value };
  },
  ({ dice, nowMs }) => (dice.chance(0.25) ? { type: "Cancel", atMs: nowMs, by: "ada", reason: "enough" } : undefined),
];

/** The chaos is over: everything is done as declared, and a person settles every incident. True: it came to an end. */
export function calm(chaos: Chaos, owners: readonly [Owner, ...(readonly Owner[])]): boolean {
  const turnsMax = 100 * (Object.keys(chaos.graph.places).length + 2);
  for (let turns = 0; turns < turnsMax; turns += 1) {
    const { requests, state } = owners[0].now();
    if (state.phase !== "running") return state.phase !== "unborn";
    chaos.nowMs += 10;
    const [request] = requests;
    if (request !== undefined) serve(chaos, owners, request);
    else settleOne(chaos, owners, turns);
  }
  return false;
}

/** A person settles an incident, or says what is waited for. */
function settleOne(chaos: Chaos, owners: readonly [Owner, ...(readonly Owner[])], turns: number): void {
  const { state } = owners[0].now();
  const { nowMs: atMs } = chaos;
  const tokens = state.phase === "running" ? state.tokens : [];
  const stuck = tokens.find(({ stage }) => stage.kind === "incident");
  if (stuck !== undefined) {
    const place = stuck.position;
    const resolution: Resolution = { kind: "done", outcome: declaredAt(chaos, place), value: { a: "by hand" } };
    return say(chaos, owners, { type: "Resolve", atMs, place, by: "ada", resolution });
  }
  for (const name of ["PAID", "SEEN"]) {
    const value = name === "PAID" ? { amount: 1 } : {};
    say(chaos, owners, { type: "Signal", atMs, by: "ada", id: `calm-${String(turns)}-${name}`, name, value });
  }
  return undefined;
}
