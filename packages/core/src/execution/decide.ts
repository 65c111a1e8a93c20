import { limits } from "../value/limits.ts";
import { err, ok } from "../value/result.ts";
import type { Machine } from "./advance.ts";
import { answered, lost } from "./answers.ts";
import type { Command, Decision, ExecutionCommand } from "./command.ts";
import type { Started } from "./events.ts";
import { begin, follow, routes } from "./evolve.ts";
import { effectAt, goOn, incident, isSilent, later, notWaitingFor, thereby, unlessRouted } from "./go-on.ts";
import { settleTask, signal } from "./said.ts";
import { stepAt } from "./program.ts";
import { cancelTimer, tokenAt } from "./state.ts";
import type { ExecutionState, Running, Token } from "./state.ts";

/** Turns an intention into facts, or says why not. The whole policy of an execution is this function. */
export function decide(machine: Machine, command: ExecutionCommand, state: ExecutionState): Decision {
  if (command.type === "Start") return start(machine, command, state);
  if (state.phase !== "running") return err({ code: "NOT_RUNNING", phase: state.phase });
  switch (command.type) {
    case "Advance":
      return ok(goOn(machine, state, []));
    case "Answer":
      return answered(machine, command, state);
    case "Lose":
      return lost(machine, command, state);
    case "Fire":
      return fired(machine, command, state);
    case "Signal":
      return signal(machine, command, state);
    case "SettleTask":
      return settleTask(machine, command, state);
    case "Cancel":
      return cancel(machine, command, state);
    case "Resolve":
      return resolve(machine, command, state);
  }
}

function start(machine: Machine, command: Command<"Start">, state: ExecutionState): Decision {
  if (state.phase !== "unborn") return err({ code: "ALREADY_STARTED" });
  const { imports = [], ...facts } = command;
  const { atMs } = command;
  const imported = imports.map(({ digest, file, store }) => ({ type: "Imported", atMs, digest, file, store }) as const);
  const event: Started = { ...facts, type: "Started" };
  const { events, state: after } = goOn(machine, begin(machine.program, state, event), imported);
  return ok({ events: [event, ...events], state: after });
}

function fired(machine: Machine, command: Command<"Fire">, state: Running): Decision {
  const { place } = command;
  const dueMs = place === cancelTimer ? deadlineMs(machine, state) : dueAt(tokenAt(state, place));
  if (dueMs === undefined) return err(notWaitingFor(place, state));
  const atMs = later(state, command.atMs);
  if (atMs < dueMs) return err({ code: "NOT_DUE", place, dueMs });
  const event = { type: "TimerFired", atMs, place } as const;
  const silent = place === cancelTimer ? state.tokens.filter((token) => isSilent(machine, token)) : [];
  const once = silent.filter((token) => effectAt(machine, token)?.idempotent === false);
  if (once.length === 0) return ok(goOn(machine, state, [event]));
  const detail = "no answer came before the deadline of the cancellation";
  return ok(thereby(machine, state, [event, ...once.map((token) => incident(token, "OUTCOME_UNKNOWN", detail))]));
}

function dueAt(token: Token | undefined): number | undefined {
  if (token?.stage.kind === "loop") return token.stage.next?.dueMs;
  return token?.stage.kind === "waiting" ? token.stage.dueMs : undefined;
}

const deadlineMs = (machine: Machine, { cancelling, tokens }: Running): number | undefined =>
  tokens.some((token) => isSilent(machine, token)) ? cancelling?.deadlineMs : undefined;

function cancel(machine: Machine, command: Command<"Cancel">, state: Running): Decision {
  if (state.cancelling !== undefined) return err({ code: "ALREADY_CANCELLING" });
  if (state.unwinding === true) return err({ code: "ALREADY_ENDING" });
  const { by, reason } = command;
  const atMs = later(state, command.atMs);
  return ok(
    goOn(machine, state, [{ type: "CancelRequested", atMs, by, reason, deadlineMs: atMs + limits.cancelGraceMs }]),
  );
}

function resolve(machine: Machine, command: Command<"Resolve">, state: Running): Decision {
  const { by, place, resolution } = command;
  const token = tokenAt(state, place);
  if (token?.stage.kind !== "incident") return err({ code: "NO_INCIDENT", place });
  const step = stepAt(machine.program, token.place);
  if (resolution.kind === "done" && !routes(step, resolution.outcome)) {
    const declared = step.place.kind === "call" ? Object.keys(step.place.edges) : [];
    return err({ code: "UNDECLARED_OUTCOME", place, outcome: resolution.outcome, declared });
  }
  const event = { type: "IncidentResolved", atMs: later(state, command.atMs), place, by, resolution } as const;
  const isStuck = tokenAt(follow(machine.program, state, event), place)?.stage.kind === "incident";
  if (!isStuck) return ok(goOn(machine, state, [event]));
  return ok(unlessRouted(machine, state, { token, facts: [event], detail: "a person said that it was not done" }));
}
