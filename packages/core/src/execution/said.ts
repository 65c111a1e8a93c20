import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";
import { ownValue } from "../value/present.ts";
import { err, ok } from "../value/result.ts";
import type { Fields } from "../graph/field.ts";
import { admit } from "./admit.ts";
import type { Machine } from "./advance.ts";
import type { Command, Decision, ExecutionRefusal } from "./command.ts";
import { routes } from "./evolve.ts";
import { goOn, later, notWaitingFor } from "./go-on.ts";
import { isPlayedBy } from "./principal.ts";
import { stepAt } from "./program.ts";
import { tokenAt } from "./state.ts";
import type { Running } from "./state.ts";

/** Someone says something to an execution. It is kept where nobody waits for it yet, and said once however often it comes. */
export function signal(machine: Machine, command: Command<"Signal">, state: Running): Decision {
  const { by, id, name, value } = command;
  if (state.heard.has(id)) return ok({ events: [], state });
  const declared = machine.program.graph.signals ?? {};
  const fields = ownValue(declared, name);
  if (fields === undefined) return err({ code: "SIGNAL_UNKNOWN", name, declared: Object.keys(declared) });
  const over = isOver(state);
  if (over !== undefined) return err(over);
  if (state.heard.size >= limits.signalsMax || state.said.length >= limits.signalsEarlyMax) {
    return err({ code: "SIGNALS_FULL", most: Math.min(limits.signalsMax, limits.signalsEarlyMax) });
  }
  const heard = admitted(fields, value);
  if (!heard.ok) return heard;
  const atMs = later(state, command.atMs);
  return ok(goOn(machine, state, [{ type: "Signalled", atMs, by, id, name, value: heard.value }]));
}

/** A person or an agent says how a task ended. */
export function settleTask(machine: Machine, command: Command<"SettleTask">, state: Running): Decision {
  const { by, outcome, place, value } = command;
  const token = tokenAt(state, place);
  const step = token === undefined ? undefined : stepAt(machine.program, token.place);
  const isAwaited = token?.stage.kind === "waiting" && step?.place.kind === "call" && step.place.work.kind === "task";
  if (!isAwaited) return err(notWaitingFor(place, state));
  const over = isOver(state);
  if (over !== undefined) return err(over);
  const { actors, fields } = step.place.work;
  if (actors.length > 0 && !isPlayedBy(actors, by)) return err({ code: "NOT_AN_ACTOR", place, actors });
  const declared = Object.keys(step.place.edges).filter((name) => name !== "TIMED_OUT");
  if (!declared.includes(outcome) || !routes(step, outcome)) {
    return err({ code: "UNDECLARED_OUTCOME", place, outcome, declared });
  }
  const heard = admitted(fields, value);
  if (!heard.ok) return heard;
  const atMs = later(state, command.atMs);
  return ok(goOn(machine, state, [{ type: "TaskSettled", atMs, by, outcome, place, value: heard.value }]));
}

/** Where the end is certain nobody listens any more. */
function isOver({ cancelling, unwinding }: Running): ExecutionRefusal | undefined {
  if (cancelling !== undefined) return { code: "ALREADY_CANCELLING" };
  return unwinding === true ? { code: "ALREADY_ENDING" } : undefined;
}

type Heard = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: ExecutionRefusal };

/** As it was declared, with defaults. It is recorded so, because it is read for as long as the execution goes on. */
function admitted(fields: Fields, value: Json): Heard {
  if (canonical(value).length > limits.signalCharsMax) {
    return err({ code: "VALUE_TOO_LARGE", most: limits.signalCharsMax });
  }
  const { nack, payload } = admit(fields, value);
  return nack.length === 0 ? ok(payload) : err({ code: "VALUE_REFUSED", nack });
}
