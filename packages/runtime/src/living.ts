import type { ChildRequest, ExecutionCommand } from "@omnibase/core";
import { StoreFault } from "@omnibase/spi";
import type { ExecutionKey, Reply, Standing } from "@omnibase/spi";
import { awaitedBy } from "./actor.ts";
import type { Actor } from "./actor.ts";
import { dispatch } from "./effects.ts";
import { loadActor } from "./load.ts";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";
import { perform } from "./perform.ts";
import type { Birth, Performed } from "./perform.ts";
import type { Programs } from "./programs.ts";
import type { Timers } from "./timers.ts";

/** The executions that a host has in memory, and whoever waits for one of them. */
export interface Living {
  readonly parts: HostParts;
  readonly programs: Programs;
  readonly timers: Timers;
  readonly actors: Map<string, Actor>;
  readonly loading: Map<string, Promise<Reply<Actor>>>;
  /** Starts under way, each until it is known whether it began anything. Nobody finds an actor before. */
  readonly births: Map<string, Promise<unknown>>;
  readonly waiters: Map<string, Waiter[]>;
  /** Workflows that others asked for. */
  readonly children: Children;
  /** A store that is beyond retrying. Everything asked from then on is answered with it. */
  fault: unknown;
}

export interface Children {
  /** Sees to it that it is under way, or called off. */
  begin(parent: Actor, request: ChildRequest): void;
  /** It stands still: whoever asked for it is told, if it has ended. */
  rested(parent: ExecutionKey, child: ExecutionKey): void;
  /** Whether it is being started, called off, or told of. */
  isUnderWay(child: ExecutionKey): boolean;
}

interface Waiter {
  tell(reply: Reply<Standing>): void;
  fail(fault: unknown): void;
}

export const nameOf = ({ execution, tenant }: ExecutionKey): string => `${tenant}/${execution}`;

/** Commands to one execution are heard one after the other. */
export function inTurn(living: Living, actor: Actor, command: ExecutionCommand, birth?: Birth): Promise<Performed> {
  const { parts, programs } = living;
  const turn = actor.tail.then(async () => {
    const performed = await perform(parts, programs, actor, birth === undefined ? { command } : { command, birth });
    if (performed.ok && actor.standing.revision > 0) react(living, actor);
    return performed;
  });
  actor.tail = turn.catch((error: unknown) => {
    // A start that found the store full claims nothing and harms nobody else.
    if (birth === undefined || !(error instanceof StoreFault) || !error.retryable) fail(living, error);
  });
  return turn;
}

/** Beyond retrying: whoever waits is told, and whoever asks from now on. What was acknowledged stands in the store. */
export function fail(living: Living, fault: unknown): void {
  living.fault ??= fault;
  for (const waiter of [...living.waiters.values()].flat()) waiter.fail(fault);
  living.waiters.clear();
}

/** Whatever an execution needs of others, now that it stands where it stands. */
export function react(living: Living, actor: Actor): void {
  const { asked } = actor.standing;
  living.actors.set(nameOf(actor.key), actor);
  const before = actor.inFlight;
  actor.inFlight = new Set(asked.flatMap(awaitedBy));
  for (const request of asked) {
    if (request.kind === "timer") living.timers.note(request.dueMs);
    if (awaitedBy(request).every((attempt) => before.has(attempt))) continue;
    if (request.kind === "child") living.children.begin(actor, request);
    if (request.kind === "effect") {
      dispatch(living.parts, actor, request, (answer) => {
        const { attempt, place } = request;
        hear(living, actor, { type: "Answer", atMs: living.parts.clock.nowMs(), place, attempt, answer });
      });
    }
  }
  if (isAtRest(living, actor)) rest(living, actor);
}

/** Whether nothing happens until someone comes: no work of ours or of a handler, no near timer, no child under way. */
function isAtRest(living: Living, { key, standing }: Actor): boolean {
  if (standing.status === "ended") return true;
  return standing.asked.every((request) => {
    if (request.kind === "timer") {
      return request.dueMs - living.parts.clock.nowMs() > hostLimits.nearTimerMs || standing.status === "incident";
    }
    if (request.kind === "child") {
      const child = { tenant: key.tenant, execution: request.execution };
      return !living.actors.has(nameOf(child)) && !living.children.isUnderWay(child);
    }
    return request.kind === "task";
  });
}

/** Nothing happens here until someone comes: tell who waits, and let the memory go. */
function rest(living: Living, actor: Actor): void {
  const { key, standing } = actor;
  const name = nameOf(key);
  living.actors.delete(name);
  const waiting = living.waiters.get(name) ?? [];
  living.waiters.delete(name);
  const status = standing.status === "open" ? "parked" : standing.status;
  for (const waiter of waiting) waiter.tell({ ok: true, value: { ...key, status } });
  const { state } = standing;
  if (state.phase !== "unborn" && state.parent !== undefined) {
    living.children.rested({ tenant: key.tenant, execution: state.parent.execution }, key);
  }
}

/** An answer of a handler. One that comes after the end is dropped, because nothing follows a terminal event. */
function hear(living: Living, { key, standing }: Actor, command: ExecutionCommand): void {
  if (standing.status === "ended") return;
  bring(living, key, command).catch((error: unknown) => {
    fail(living, error);
  });
}

/** Tells an execution what the world said. The world waits for no reply, so a refusal is told to nobody. */
export async function bring(living: Living, key: ExecutionKey, command: ExecutionCommand): Promise<void> {
  const present = living.actors.get(nameOf(key));
  if (present !== undefined) {
    await inTurn(living, present, command);
    return;
  }
  const actor = await actorOf(living, key);
  if (!actor.ok) return;
  const performed = await inTurn(living, actor.value, command);
  // Whoever was only loaded to hear that it is too late goes to rest again.
  if (!performed.ok) react(living, actor.value);
}

/** The one actor of an execution: in memory, or loaded once however many ask. */
export async function actorOf(living: Living, key: ExecutionKey): Promise<Reply<Actor>> {
  const name = nameOf(key);
  await living.births.get(name);
  const known = living.loading.get(name);
  if (known !== undefined) return known;
  const actor = living.actors.get(name);
  if (actor !== undefined) return { ok: true, value: actor };
  const loading = load(living, key).finally(() => living.loading.delete(name));
  living.loading.set(name, loading);
  return loading;
}

async function load(living: Living, key: ExecutionKey): Promise<Reply<Actor>> {
  const loaded = await loadActor(living.parts, living.programs, key);
  if (!loaded.ok) return loaded;
  living.actors.set(nameOf(key), loaded.value);
  await revive(living, loaded.value);
  return loaded;
}

/** Whoever was asked before is not heard any more: those attempts are lost, recorded or not. All else goes on. */
async function revive(living: Living, actor: Actor): Promise<void> {
  for (const request of actor.standing.asked) {
    if (request.kind !== "effect") continue;
    const { attempt, place } = request;
    await inTurn(living, actor, { type: "Lose", atMs: living.parts.clock.nowMs(), place, attempt });
  }
  const [asked] = actor.standing.asked;
  if (asked?.kind === "advance" || asked?.kind === "operate" || isUnsaid(actor))
    await inTurn(living, actor, { type: "Advance" });
  if (actor.standing.asked.some(({ kind }) => kind === "child")) react(living, actor);
}

/** Whether the process before died between a record that the store wrote itself and what that led to. */
const isUnsaid = ({ standing }: Actor): boolean => standing.status === "open" && standing.shown !== standing.asked;
