import type { OutcomeName } from "../graph/graph.ts";
import { stageAt, undoToken } from "./arrival.ts";
import { sourcesAt } from "./evaluate.ts";
import { positionOf } from "./position.ts";
import { stepAt } from "./program.ts";
import type { Program } from "./program.ts";
import { ready, replaced } from "./state.ts";
import type { Running, Token } from "./state.ts";

/** What undoes a place is told what is known when the place has settled, and keeps it for as long as it may be needed. */
export function withUndoable(program: Program, state: Running, token: Token, outcome: OutcomeName): Running {
  const { home = "", place } = stepAt(program, token.place);
  if (place.kind === "exit" || place.undo?.on.includes(outcome) !== true) return state;
  const undo = stepAt(program, place.undo.place);
  const input = undo.values(sourcesAt(state, { round: token.round, arrivedMs: state.atMs }));
  const position = positionOf(undo.name, token.round, home);
  return { ...state, undoable: [...state.undoable, { place: undo.name, position, input }] };
}

interface Undoing {
  readonly state: Running;
  readonly tokens: readonly Token[];
}

/** The last thing that was done is undone first. `undefined`: there is nothing left. */
export function nextUndo(program: Program, { undoable, ...rest }: Running): Undoing | undefined {
  const last = undoable.at(-1);
  if (last === undefined) return undefined;
  const state: Running = { ...rest, undoable: undoable.slice(0, -1), unwinding: true };
  const token = undoToken(last, state.atMs);
  return { state, tokens: [{ ...token, stage: stageAt(stepAt(program, token.place), state, token) }] };
}

export function afterUndoing(program: Program, state: Running, token: Token): Running {
  const next = nextUndo(program, state);
  if (next !== undefined) return replaced(next.state, token, next.tokens);
  const rest = replaced(state, token, []);
  const [exit] = rest.tokens;
  return exit === undefined ? rest : replaced(rest, exit, [{ ...exit, stage: ready }]);
}

/** Once nothing is under way any more, whoever cancels undoes what can be undone. */
export function unwound(program: Program, state: Running): Running {
  if (state.cancelling === undefined || state.unwinding === true) return state;
  if (state.tokens.some((token) => isHeld(program, token))) return state;
  const undoing = nextUndo(program, state);
  return undoing === undefined ? state : { ...undoing.state, rounds: new Map(), tokens: undoing.tokens };
}

/** Whether a cancellation must wait for it, before anything is undone: for an answer in flight, for a person's word. */
export function isHeld(program: Program, { place: name, stage }: Token): boolean {
  const { place } = stepAt(program, name);
  if (place.kind === "exit") return false;
  if (place.work.kind === "child") return stage.kind === "open";
  if (place.work.kind !== "effect") return false;
  return stage.kind === "open" || (stage.kind === "incident" && stage.code === "OUTCOME_UNKNOWN");
}
