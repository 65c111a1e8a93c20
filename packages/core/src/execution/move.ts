import type { CallPlace, Edge, OutcomeName, PlaceName } from "../graph/graph.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { admitSent } from "./admit.ts";
import { inputAt, isAsked, newToken, stageAt, takeSaid } from "./arrival.ts";
import { sourcesAt } from "./evaluate.ts";
import { ownerOf, roundName } from "./position.ts";
import { exitKey, stepAt } from "./program.ts";
import type { Program } from "./program.ts";
import { itemsOf, loopOutcome, mapOutcome, mapValue, mayBegin, newMapStage, withEnded } from "./rounds.ts";
import { inStage, isIn, replaced, tokenAt } from "./state.ts";
import type { LoopStage, MapStage, Results, Round, RoundEnd, RoundName, Running, Token } from "./state.ts";
import { callOf } from "./step.ts";
import type { Step } from "./step.ts";
import { afterUndoing, nextUndo, withUndoable } from "./undoing.ts";

/** A step that was passed because an input it cannot do without had no value. */
export const inputMissing = "INPUT_MISSING";

/** What a place came to. Without a value: one that nobody reads any more. */
export interface Answered {
  readonly outcome: OutcomeName;
  readonly value?: Json | undefined;
}

/**
 * Keeps what a place answered and goes where the outcome says. Values whose last reader lies behind are let go, so the
 * state is as large as what is still to be read.
 */
export function settle(program: Program, before: Running, token: Token, { outcome, value }: Answered): Running {
  const step = stepAt(program, token.place);
  const place = callOf(step);
  const edge = edgeFor(step.name, place, outcome);
  if ("undone" in edge) {
    program.left?.({ ...token, outcome, isInScope: true });
    return afterUndoing(program, before, token);
  }
  const results = copied(resultsIn(before, token.round));
  if (value !== undefined) results.set(step.name, value);
  const settled = withResults(before, payloadAfter(step, before), token.round, results);
  const state = withUndoable(program, settled, token, outcome);
  if ("to" in edge) {
    program.left?.({ ...token, outcome, isInScope: place.scope !== undefined });
    return goTo(program, state, token, {
      results,
      targets: edge.also === undefined ? [edge.to] : [edge.to, ...edge.also],
    });
  }
  const exit = present(program.exits.get(exitKey(place.scope, edge.leave)));
  const outputs = exit.outputs(sourcesAt(state, { round: token.round, arrivedMs: state.atMs }));
  program.left?.({ ...token, outcome, isInScope: true, scope: exit.scope, leaves: exit.outcome });
  if (exit.to.length === 0) return endRound(program, state, token, { outcome: exit.outcome, value: outputs });
  results.set(exit.scope, outputs);
  return goTo(program, state, token, { results, targets: exit.to });
}

/** Where the execution begins. */
export function enter(program: Program, state: Running): Running {
  const entered = arrive(program, state, program.start, "");
  return { ...entered.state, tokens: entered.tokens };
}

function edgeFor(name: PlaceName, place: CallPlace, outcome: OutcomeName): Edge {
  const edge = outcome === inputMissing ? place.missing : ownValue(place.edges, outcome);
  if (edge === undefined) throw new Error(`impossible: ${name} ended in ${outcome}, which has no edge`);
  return edge;
}

/** An iterator would make an array for every entry. */
function copied(results: Results): Map<string, Json> {
  const copy = new Map<string, Json>();
  results.forEach((value, of) => copy.set(of, value));
  return copy;
}

const resultsIn = (state: Running, round: RoundName): Results =>
  round === "" ? state.results : present(state.rounds.get(round)).results;

function withResults(state: Running, payload: Json, round: RoundName, results: Results): Running {
  if (round === "") return { ...state, payload, results };
  const held = { ...present(state.rounds.get(round)), results };
  return { ...state, payload, rounds: new Map(state.rounds).set(round, held) };
}

/** Admission is computed again, because it is pure and the input stands in the log already. */
const payloadAfter = ({ place }: Step, state: Running): Json =>
  place.kind === "call" && place.work.kind === "admit" ? admitSent(place.work, state).payload : state.payload;

/** `results` are those of the token's round, and nobody else holds them yet. */
function goTo(program: Program, state: Running, token: Token, { results, targets }: Going): Running {
  let entered: Entered = { state, tokens: [] };
  for (const target of targets) {
    const { tokens } = entered;
    entered = arrive(program, entered.state, stepAt(program, target), token.round);
    if (tokens.length > 0) entered = { state: entered.state, tokens: [...tokens, ...entered.tokens] };
  }
  const moved = replaced(entered.state, token, entered.tokens);
  prune(program, moved, token.round, results);
  return program.hasJoins ? met(program, moved, token.round) : moved;
}

interface Going {
  readonly targets: readonly PlaceName[];
  readonly results: Map<string, Json>;
}

interface Entered {
  readonly state: Running;
  /** The token, and those of rounds that it began. */
  readonly tokens: readonly Token[];
}

function arrive(program: Program, state: Running, step: Step, round: RoundName): Entered {
  const token = newToken(step, round, state.atMs);
  return step.comesFrom === undefined
    ? begin(program, state, step, token)
    : { state, tokens: [{ ...token, stage: { kind: "joining" } }] };
}

function begin(program: Program, before: Running, step: Step, fresh: Token): Entered {
  const taken = takeSaid(step, before);
  const state = taken?.state ?? before;
  const token = taken === undefined ? fresh : { ...fresh, brought: taken.brought };
  if (step.place.kind === "exit") return beginEnd(program, state, step.place.undoes === true, token);
  const { work } = step.place;
  const hasRounds = work.kind === "map" || work.kind === "loop";
  if (!hasRounds || state.cancelling !== undefined || !isAsked(step, step.place, state, token)) {
    const stage = stageAt(step, state, token);
    return { state, tokens: [stage === token.stage ? token : { ...token, stage }] };
  }
  if (work.kind === "map") {
    const items = itemsOf(work, inputAt(step, state, token)["over"]) ?? [];
    // Without anything to go through it stays ready, and the machine says why.
    if (items.length === 0) return { state, tokens: [token] };
    return beginItems(program, state, { ...token, stage: newMapStage(work, items) });
  }
  const owner: Token<LoopStage> = { ...token, stage: { kind: "loop", work, begun: 0 } };
  return beginNext(program, state, owner, inputAt(step, state, token));
}

function beginItems(program: Program, before: Running, owner: Token<MapStage>): Entered {
  const { stage } = owner;
  const count = mayBegin(stage);
  let state = before;
  const rounds: Token[] = [];
  for (let index = stage.begun; index < stage.begun + count; index += 1) {
    const entered = beginRound(program, state, owner, { item: present(stage.items[index]), index });
    state = entered.state;
    rounds.push(...entered.tokens);
  }
  const begun = { ...stage, begun: stage.begun + count, live: stage.live + count };
  return { state, tokens: [{ ...owner, stage: begun }, ...rounds] };
}

/** What a loop is told is what the round before returned; what the first is told stands at the loop. */
function beginNext(program: Program, state: Running, owner: Token<LoopStage>, last: Json): Entered {
  const { begun, work } = owner.stage;
  const entered = beginRound(program, state, owner, { last, index: begun });
  const stage: LoopStage = { kind: "loop", work, begun: begun + 1 };
  return { state: entered.state, tokens: [{ ...owner, stage }, ...entered.tokens] };
}

function beginRound(
  program: Program,
  state: Running,
  { place, position, round: outer, stage }: Token<LoopStage | MapStage>,
  about: Round["about"] & { readonly index: number },
): Entered {
  const name = roundName(position, about.index);
  const round: Round = { of: place, outer, about, results: new Map() };
  const rounds = new Map(state.rounds).set(name, round);
  return arrive(program, { ...state, rounds }, stepAt(program, stage.work.body), name);
}

function endRound(program: Program, before: Running, token: Token, end: RoundEnd): Running {
  const { index, owner: position } = ownerOf(token.round);
  const rounds = new Map(before.rounds);
  rounds.delete(token.round);
  const state: Running = { ...replaced(before, token, []), rounds };
  const owner = present(tokenAt(state, position));
  return isIn(owner, "map")
    ? afterItem(program, state, owner, withEnded(owner.stage, index, end))
    : afterRound(program, state, inStage(owner, "loop"), end);
}

function afterItem(program: Program, state: Running, owner: Token<MapStage>, stage: MapStage): Running {
  const ended: Token<MapStage> = { ...owner, stage };
  if (state.cancelling === undefined && mayBegin(stage) > 0) {
    const entered = beginItems(program, state, ended);
    return replaced(entered.state, owner, entered.tokens);
  }
  const current = replaced(state, owner, [ended]);
  if (stage.live > 0 || state.cancelling !== undefined) return current;
  return settle(program, current, ended, { outcome: mapOutcome(stage), value: mapValue(stage) });
}

function afterRound(program: Program, state: Running, owner: Token<LoopStage>, end: RoundEnd): Running {
  const outcome = loopOutcome(owner.stage, end.outcome);
  if (outcome !== undefined) return settle(program, state, owner, { outcome, value: end.value });
  const { everyMs } = owner.stage.work;
  if (everyMs === undefined && state.cancelling === undefined) return goRound(program, state, owner, end.value);
  const next = { last: end.value, dueMs: state.atMs + (everyMs ?? 0) };
  return replaced(state, owner, [{ ...owner, stage: { ...owner.stage, next } }]);
}

/** A loop that has waited long enough goes into its next round. */
export const nextRound = (program: Program, state: Running, owner: Token<LoopStage>): Running =>
  goRound(program, state, owner, present(owner.stage.next).last);

function goRound(program: Program, state: Running, owner: Token<LoopStage>, last: Json): Running {
  const entered = beginNext(program, state, owner, last);
  return replaced(entered.state, owner, entered.tokens);
}

/** What can be undone is undone before an end that says so; the exit waits. Whoever cancels undoes by themselves. */
function beginEnd(program: Program, state: Running, undoes: boolean, token: Token): Entered {
  const undoing = undoes && state.cancelling === undefined ? nextUndo(program, state) : undefined;
  if (undoing === undefined) return { state, tokens: [token] };
  return { state: undoing.state, tokens: [{ ...token, stage: { kind: "unwinding" } }, ...undoing.tokens] };
}

/** Of tokens that meet, the first stays; it goes on once no other can come any more. */
function met(program: Program, before: Running, round: RoundName): Running {
  const meeting = before.tokens.filter((token) => token.round === round && token.stage.kind === "joining");
  const first = meeting.filter((token) => tokenAt(before, token.position) === token);
  let state: Running = {
    ...before,
    tokens: before.tokens.filter((one) => !meeting.includes(one) || first.includes(one)),
  };
  for (const token of first) {
    const step = stepAt(program, token.place);
    if (!state.tokens.some((other) => other.round === round && step.comesFrom?.has(other.place) === true)) {
      const entered = begin(program, state, step, newToken(step, round, state.atMs));
      state = replaced(entered.state, token, entered.tokens);
    }
  }
  return state;
}

/** Lets go what nobody reads any more from wherever tokens stand in a round. */
function prune(program: Program, state: Running, round: RoundName, results: Map<string, Json>): void {
  const first = firstOrder(program, state, round);
  for (const of of results.keys()) {
    if ((program.lastReaders.get(of) ?? -1) < first) results.delete(of);
  }
}

/** Where the first token of a round stands: whatever is read further back is read no more. */
export function firstOrder({ steps }: Program, { tokens }: Running, round: RoundName): number {
  let first = Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    if (token.round === round) first = Math.min(first, present(steps.get(token.place)).order);
  }
  return first;
}
