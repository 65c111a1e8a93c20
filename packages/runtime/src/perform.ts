import type { Decided, ExecutionCommand, ExecutionEvent, ExecutionRefusal, Result } from "@omnibase/core";
import { noFailpoint, StoreFault } from "@omnibase/spi";
import type { Commit, CommitOperation, Committed, Creation, ExecutionRow, FailpointName, Import } from "@omnibase/spi";
import { awaitedBy, prepare, takeIn } from "./actor.ts";
import type { Actor } from "./actor.ts";
import { foldLog, keyringOf } from "./load.ts";
import { hostLimits } from "./parts.ts";
import type { HostParts } from "./parts.ts";
import type { Programs } from "./programs.ts";

/** What a first commit carries beside its records. */
export interface Birth {
  readonly create: Creation;
  readonly imports: readonly Import[];
}

/** What tells one start from another: of an execution that stands, or of one that was removed. */
export type Existing = Pick<ExecutionRow, "execution" | "request" | "tenant" | "workflow">;

/** A first commit that did not happen says what stands there instead, or nothing where an import is outdated. */
export type Performed = Result<{ readonly existing?: Existing }, ExecutionRefusal>;

/**
 * Decides one command, stores what it yields, and goes on for as long as the machine can go on by itself.
 *
 * Nothing is acknowledged, dispatched or decided upon before the commit that it rests on is stored.
 */
export async function perform(
  parts: HostParts,
  programs: Programs,
  actor: Actor,
  { command, birth }: { readonly command: ExecutionCommand; readonly birth?: Birth },
): Promise<Performed> {
  for (let conflicts = 0; conflicts < hostLimits.conflictsMax; conflicts += 1) {
    programs.beginSegment();
    const decision = actor.pinned.machine.decide(command, actor.standing.state);
    if (!decision.ok) return decision;
    parts.failpoint("decide.after");
    const committed = await store(parts, actor, decision.value, birth);
    if (committed.kind === "exists") return { ok: true, value: { existing: committed.row } };
    if (committed.kind === "removed") return { ok: true, value: { existing: committed.tombstone } };
    if (committed.kind === "import-outdated") return { ok: true, value: {} };
    if (committed.kind === "committed") {
      await goOn(parts, programs, actor);
      return { ok: true, value: {} };
    }
    await reload(parts, actor);
  }
  throw new StoreFault("STORE_FAILED", `someone else writes the log of ${actor.key.execution}`, { retryable: false });
}

/** Follows what the machine asks of us ourselves: to go on, and operations on our own stores. */
async function goOn(parts: HostParts, programs: Programs, actor: Actor): Promise<void> {
  for (;;) {
    const { machine } = actor.pinned;
    const { asked, shown, state } = actor.standing;
    const [first] = asked;
    if (first?.kind !== "advance" && first?.kind !== "operate") {
      if (shown !== asked) await store(parts, actor, { events: [], state });
      return;
    }
    parts.failpoint("advance.before");
    programs.beginSegment();
    const decision = machine.decide({ type: "Advance" }, state);
    if (!decision.ok) return;
    const committed = await store(parts, actor, decision.value);
    if (committed.kind !== "committed") await reload(parts, actor);
  }
}

async function store(parts: HostParts, actor: Actor, decided: Decided, birth?: Birth): Promise<Committed> {
  const { after, commit: common } = prepare(actor, decided, parts.sha256, parts.clock.nowMs());
  const commit = birth === undefined ? common : { ...common, ...birthOf(birth) };
  if (isEmpty(commit)) return { kind: "committed" };
  const { operation } = commit;
  // While a commit waits for its sync, hundreds of others do: whoever waits holds on to nothing that is not asked for again.
  const passed = parts.failpoint === noFailpoint ? undefined : decided.events;
  if (passed !== undefined) pass(parts, passed, operation, "before");
  const committed = await commitUntilStored(parts, commit);
  if (committed.kind !== "committed") return committed;
  if (passed !== undefined) pass(parts, passed, operation, "after");
  takeIn(actor, { after, operation }, committed);
  return committed;
}

const birthOf = ({ create, imports }: Birth): Partial<Commit> => ({
  create,
  ...(imports.length === 0 ? {} : { imports }),
});

/** Where nothing was decided, a commit may still say what the store's own record led to. */
const isEmpty = ({ create, operation, records, status, tasks, timers }: Commit): boolean =>
  records.length === 0 && [create, operation, status, tasks, timers].every((part) => part === undefined);

/** A full or busy store is asked again with the very same commit; the expected revision makes that harmless. */
async function commitUntilStored(parts: HostParts, commit: Commit): Promise<Committed> {
  for (;;) {
    try {
      return await parts.store.commit(commit);
    } catch (error) {
      const mayRetry = error instanceof StoreFault && error.retryable && commit.create === undefined;
      if (!mayRetry) throw error;
      await new Promise<void>((resolve) => {
        parts.clock.after(hostLimits.storeRetryMs, resolve);
      });
    }
  }
}

/**
 * The log is the truth: whoever lost a race reads it again. An attempt that stands open there is at work elsewhere, by
 * whoever won; to make the call here too would make it twice.
 */
async function reload(parts: HostParts, actor: Actor): Promise<void> {
  const row = await parts.store.find(actor.key);
  if (row === undefined) throw new StoreFault("STORE_DAMAGED", `${actor.key.execution} is gone`, { retryable: false });
  const keyring = await keyringOf(parts, actor.pinned, actor.key);
  const folded = keyring.ok ? await foldLog(parts, actor.pinned, row, keyring.value) : keyring;
  if (!folded.ok) throw new StoreFault("STORE_DAMAGED", `the log of ${row.execution} is damaged`, { retryable: false });
  Object.assign(actor.standing, folded.value);
  actor.inFlight = new Set(actor.standing.asked.flatMap(awaitedBy));
}

/** Where a test may end the process, named after what is about to be stored, or was. */
const failpointsAt: {
  readonly [Type in ExecutionEvent["type"]]?: { readonly before: FailpointName; readonly after: FailpointName };
} = {
  Started: { before: "start.before-commit", after: "start.after-commit" },
  Settled: { before: "effect.before-commit", after: "effect.after-commit" },
  AttemptFailed: { before: "attempt.failed.before-commit", after: "attempt.failed.after-commit" },
  AttemptLost: { before: "attempt.lost.before-commit", after: "attempt.lost.after-commit" },
  TimerFired: { before: "timer.before-fire", after: "timer.after-fire" },
  IncidentOpened: { before: "incident.before-open", after: "incident.after-open" },
  IncidentResolved: { before: "incident.before-resolve", after: "incident.after-resolve" },
  Signalled: { before: "signal.before-commit", after: "signal.after-commit" },
  TaskSettled: { before: "task.before-commit", after: "task.after-commit" },
  CancelRequested: { before: "cancel.before-commit", after: "cancel.after-commit" },
  Completed: { before: "complete.before-commit", after: "complete.after-commit" },
};

function pass(
  { failpoint }: HostParts,
  events: readonly ExecutionEvent[],
  operation: CommitOperation | undefined,
  when: "before" | "after",
): void {
  failpoint(`commit.${when}`);
  if (operation !== undefined) failpoint(`operate.${when}-commit`);
  for (const { type } of events) {
    const names = failpointsAt[type];
    if (names !== undefined) failpoint(names[when]);
  }
}
