import { err, ok } from "@omnibase/core";
import type { ExecutionCommand, ExecutionState, Result } from "@omnibase/core";
import { noFailpoint } from "@omnibase/spi";
import type {
  CancelRequest,
  EraseRequest,
  ExecutionKey,
  Owner,
  OwnerRefusal,
  Reply,
  ResolveRequest,
  SettleTaskRequest,
  SignalRequest,
  Standing,
} from "@omnibase/spi";
import type { Actor } from "./actor.ts";
import { childrenOf } from "./children.ts";
import { project } from "./files.ts";
import { actorOf, bring, fail, inTurn, nameOf, react } from "./living.ts";
import type { Living } from "./living.ts";
import { absence } from "./load.ts";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";
import { programsOf } from "./programs.ts";
import { remove, tidy } from "./retention.ts";
import { wasResolved, wasSaidBefore, wasSettled, wasSignalled } from "./said-before.ts";
import { start } from "./starts.ts";
import { startTimers } from "./timers.ts";

/** A process that runs nodes, over one data root that it owns. */
export interface Host extends Owner {
  /** Resolves when every execution that was open when the host began is under way again. */
  readonly recovered: Promise<number>;
  /** Takes nothing new, waits for answers in flight, and leaves. */
  drain(): Promise<void>;
}

interface HostState extends Living {
  projecting: Promise<readonly string[]>;
  leaving: boolean;
}

/** Opens a host over a store that it alone writes. Recovery begins at once. */
export function openHost(parts: HostParts): Host {
  const host: HostState = {
    parts,
    programs: programsOf(parts),
    timers: startTimers(parts, (key, place) => bring(host, key, { type: "Fire", atMs: parts.clock.nowMs(), place })),
    actors: new Map(),
    loading: new Map(),
    births: new Map(),
    waiters: new Map(),
    children: childrenOf((): Living => host),
    projecting: Promise.resolve([]),
    leaving: false,
    fault: undefined,
  };
  return {
    recovered: recovered(host),
    start: (request) =>
      acknowledged(
        parts,
        guarded(host, () => start(host, request)),
      ),
    wait: (key) => guarded(host, () => wait(host, key)),
    cancel: (request) => guarded(host, () => cancel(host, request)),
    resolve: (request) => guarded(host, () => resolveIncident(host, request)),
    signal: (request) => guarded(host, () => signal(host, request)),
    settleTask: (request) => guarded(host, () => settleTask(host, request)),
    eraseSecrets: (request) => guarded(host, () => eraseSecrets(host, request)),
    project: (request) =>
      guarded(host, async () => {
        const pinned = await host.programs.pinned(request.snapshot, request.workflow);
        if (!pinned.ok) return pinned;
        const written = host.projecting.then(() => project(parts, pinned.value, request));
        host.projecting = written.catch(() => []);
        return { ok: true, value: await written };
      }),
    remove: (request) => guarded(host, () => remove(host, request)),
    tidy: () => guarded(host, () => tidy(host)),
    drain: () => drain(host),
  };
}

async function guarded<T>(host: HostState, call: () => Promise<Reply<T>>): Promise<Reply<T>> {
  if (host.leaving) return { ok: false, error: { code: "OWNER_LEAVING" } };
  if (host.fault !== undefined) throw host.fault;
  return call();
}

/** What is answered has left this process when the loop has turned. */
async function acknowledged<T>({ clock, failpoint }: HostParts, answering: Promise<T>): Promise<T> {
  const answer = await answering;
  if (failpoint !== noFailpoint) {
    clock.after(0, () => {
      failpoint("start.after-acknowledge");
    });
  }
  return answer;
}

async function wait(host: HostState, key: ExecutionKey): Promise<Reply<Standing>> {
  const name = nameOf(key);
  await host.births.get(name);
  if (!host.actors.has(name)) {
    const row = await host.parts.store.find(key);
    if (row === undefined) return endedBefore(host, key);
    if (row.status === "ended" || row.status === "incident") return { ok: true, value: { ...key, status: row.status } };
    const actor = await actorOf(host, key);
    if (!actor.ok) return actor;
    react(host, actor.value);
    if (!host.actors.has(name)) return { ok: true, value: { ...key, status: actor.value.standing.status } };
  }
  return new Promise((resolve, reject) => {
    const waiting = host.waiters.get(name) ?? [];
    waiting.push({ tell: resolve, fail: reject });
    host.waiters.set(name, waiting);
  });
}

/** What was removed has ended, and whoever waits for the end need not know more. */
async function endedBefore({ parts }: HostState, key: ExecutionKey): Promise<Reply<Standing>> {
  const tombstone = await parts.store.tombstone(key);
  if (tombstone !== undefined) return { ok: true, value: { ...key, status: "ended" } };
  return { ok: false, error: { code: "EXECUTION_NOT_FOUND", execution: key.execution } };
}

function cancel(host: HostState, { by, execution, reason, tenant }: CancelRequest): Promise<Reply<Standing>> {
  return tell(host, { tenant, execution }, () => ok({ type: "Cancel", atMs: host.parts.clock.nowMs(), by, reason }));
}

function resolveIncident(host: HostState, request: ResolveRequest): Promise<Reply<Standing>> {
  const { by, execution, resolution, tenant } = request;
  const resolved = async (actor: Actor): Promise<Said> => {
    const named = placeAmong(request.place, incidentsIn(actor.standing.state));
    if (!named.ok) return named;
    const place = named.value ?? "";
    const isUnclear = request.place === undefined && (await wasSaidBefore(host.parts, actor, request, place));
    if (isUnclear) return err({ code: "PLACE_NEEDED", place });
    return ok({ type: "Resolve", atMs: host.parts.clock.nowMs(), place, by, resolution });
  };
  return tell(host, { tenant, execution }, resolved, (actor) => wasResolved(host.parts, actor, request));
}

const incidentsIn = (state: ExecutionState): readonly string[] =>
  state.phase === "running"
    ? state.tokens.filter(({ stage }) => stage.kind === "incident").map(({ position }) => position)
    : [];

function signal(host: HostState, request: SignalRequest): Promise<Reply<Standing>> {
  const { by, id, name, value } = request;
  const said = (): Said => ok({ type: "Signal", atMs: host.parts.clock.nowMs(), by, id, name, value });
  return tell(host, request, said, (actor) => wasSignalled(host.parts, actor, request));
}

function settleTask(host: HostState, request: SettleTaskRequest): Promise<Reply<Standing>> {
  const { by, execution, outcome, value } = request;
  const settled = ({ pinned: { machine }, standing: { state } }: Actor): Said => {
    const open = machine.requests(state).flatMap((asked) => (asked.kind === "task" ? [asked.place] : []));
    const place = placeAmong(request.place, open);
    if (!place.ok) return place;
    if (place.value === undefined && state.phase === "running") return err({ code: "NO_TASK", execution });
    const at = place.value ?? "";
    return ok({ type: "SettleTask", atMs: host.parts.clock.nowMs(), by, outcome, place: at, value });
  };
  return tell(host, request, settled, (actor) => wasSettled(host.parts, actor, request));
}

/** Whatever goes on needs its secrets; so does whoever undoes what it did. */
async function eraseSecrets({ parts }: HostState, { execution, tenant }: EraseRequest): Promise<Reply<Standing>> {
  const row = await parts.store.find({ tenant, execution });
  if (row === undefined) return err(await absence(parts, { tenant, execution }));
  if (row.status !== "ended") return err({ code: "NOT_ENDED", execution });
  await parts.store.eraseSecrets({ tenant, execution });
  return ok({ tenant, execution, status: row.status });
}

/** The place that was named, or the only one that there is. */
function placeAmong(named: string | undefined, open: readonly string[]): Result<string | undefined, OwnerRefusal> {
  if (named !== undefined) return ok(named);
  return open.length > 1 ? err({ code: "PLACE_AMBIGUOUS", places: open }) : ok(open[0]);
}

type Said = Result<ExecutionCommand, OwnerRefusal>;

/** Where it is refused because nothing waits for it any more, the log may say that the very same was heard before. */
async function tell(
  host: HostState,
  { execution, tenant }: ExecutionKey,
  commandFor: (actor: Actor) => Said | Promise<Said>,
  wasSaid: (actor: Actor) => Promise<boolean> = () => Promise.resolve(false),
): Promise<Reply<Standing>> {
  const found = await actorOf(host, { tenant, execution });
  if (!found.ok) return found;
  const actor = found.value;
  await actor.tail;
  const command = await commandFor(actor);
  const performed = command.ok ? await inTurn(host, actor, command.value) : command;
  if (!performed.ok) react(host, actor);
  if (!performed.ok && !(late.has(performed.error.code) && (await wasSaid(actor)))) return performed;
  return ok({ tenant, execution, status: actor.standing.status });
}

/** Refusals that what was said may have led to itself. */
const late: ReadonlySet<string> = new Set(["NOT_RUNNING", "NOT_WAITING_FOR", "NO_INCIDENT"]);

/** Whoever asks for anything is told of a store that is beyond retrying; recovery has nobody else to tell. */
async function recovered(host: HostState): Promise<number> {
  try {
    return await recover(host);
  } catch (error) {
    fail(host, error);
    return 0;
  }
}

/** Takes up every execution that was under way when the process before this one died. */
async function recover(host: HostState): Promise<number> {
  const { failpoint, store } = host.parts;
  failpoint("recover.begin");
  let count = 0;
  let after = 0;
  for (;;) {
    const rows = await store.open(after, hostLimits.recoverPerLook);
    for (const { execution, number, tenant } of rows) {
      after = number;
      if (host.leaving) return count;
      if (host.actors.has(nameOf({ tenant, execution }))) continue;
      failpoint("recover.execution");
      const actor = await actorOf(host, { tenant, execution });
      if (!actor.ok) continue;
      count += 1;
      // It may have come to rest since it was listed, and then nothing but this lets it go again.
      react(host, actor.value);
    }
    if (rows.length < hostLimits.recoverPerLook) break;
  }
  failpoint("recover.end");
  return count;
}

async function drain(host: HostState): Promise<void> {
  const { clock, failpoint } = host.parts;
  failpoint("owner.drain");
  host.leaving = true;
  host.timers.stop();
  const deadlineMs = clock.monotonicMs() + hostLimits.drainMsMax;
  while ([...host.actors.values()].some(isBusy) && clock.monotonicMs() < deadlineMs) {
    await new Promise<void>((resolve) => {
      clock.after(hostLimits.drainLookMs, resolve);
    });
  }
  await Promise.all([...host.actors.values()].map(({ tail }) => tail));
  await host.projecting;
  for (const waiter of [...host.waiters.values()].flat()) waiter.tell({ ok: false, error: { code: "OWNER_LEAVING" } });
  host.waiters.clear();
}

/** Whoever waits for a child is only as busy as the child. */
const isBusy = ({ standing }: Actor): boolean =>
  standing.asked.some(({ kind }) => kind === "advance" || kind === "operate" || kind === "effect");
