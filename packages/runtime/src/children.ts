import { decodeRecord } from "@omnibase/core";
import type { AnswerGiven, ChildRequest, Json } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";
import type { Actor } from "./actor.ts";
import { actorOf, bring, fail, nameOf, react } from "./living.ts";
import type { Children, Living } from "./living.ts";
import { hostLimits } from "./parts.ts";
import { start } from "./starts.ts";

/**
 * Sees to workflows that others asked for. A child is started once however often it is asked for, because its id is made
 * of where it was asked for; and that it has ended stands in its own log. So nothing else needs to be remembered, and a
 * crash at any moment is mended by asking again.
 */
export function childrenOf(living: () => Living): Children {
  const underWay = new Map<string, Promise<void>>();
  /** What concerns one child is done one after the other, and then whoever asked for it is looked at again. */
  const inLine = (parent: ExecutionKey, child: ExecutionKey, work: () => Promise<void>): void => {
    const name = nameOf(child);
    const before = underWay.get(name) ?? Promise.resolve();
    const done = before.then(work).catch((error: unknown) => {
      fail(living(), error);
    });
    underWay.set(name, done);
    void lookAgain(done, name, parent);
  };
  const lookAgain = async (done: Promise<void>, name: string, parent: ExecutionKey): Promise<void> => {
    await done;
    if (underWay.get(name) === done) underWay.delete(name);
    const waiting = living().actors.get(nameOf(parent));
    if (waiting !== undefined) react(living(), waiting);
  };
  return {
    isUnderWay: (child) => underWay.has(nameOf(child)),
    begin: (parent, request) => {
      const work = request.calledOff === true ? callOff : follow;
      inLine(parent.key, childOf(parent.key, request), () => work(living(), parent, request));
    },
    rested: (parent, child) => {
      inLine(parent, child, () => tellOfEnd(living(), parent, child));
    },
  };
}

const childOf = ({ tenant }: ExecutionKey, { execution }: ChildRequest): ExecutionKey => ({ tenant, execution });

async function follow(living: Living, parent: Actor, request: ChildRequest): Promise<void> {
  const { input, place, workflow } = request;
  const { state } = parent.standing;
  if (state.phase !== "running") return;
  const snapshot = parent.pinned.snapshot.digest;
  const { principal } = state;
  const asked = { ...childOf(parent.key, request), workflow, snapshot, input, principal };
  living.parts.failpoint("child.before-start");
  const started = await start(living, asked, { execution: parent.key.execution, place });
  if (started.ok) {
    living.parts.failpoint("child.after-start");
    return tellIfEnded(living, parent.key, request);
  }
  const { code } = started.error;
  if (code === "BUSY") {
    living.parts.clock.after(hostLimits.busyRetryMs, () => {
      living.children.begin(parent, request);
    });
    return undefined;
  }
  const failure = { code, message: `${workflow} could not be started` };
  return answer(living, parent.key, request, { kind: "not-done", failure, retryable: false });
}

/** What nobody wants any more is cancelled like by a person; what it comes to is told like any end. */
async function callOff(living: Living, parent: Actor, request: ChildRequest): Promise<void> {
  const child = childOf(parent.key, request);
  if ((await living.parts.store.find(child)) === undefined) {
    const failure = { code: "CALLED_OFF", message: "it was called off before it was started" };
    return answer(living, parent.key, request, { kind: "not-done", failure, retryable: false });
  }
  const by = parent.key.execution;
  const atMs = living.parts.clock.nowMs();
  await bring(living, child, { type: "Cancel", atMs, by, reason: `called off by ${by}` });
  return tellIfEnded(living, parent.key, request);
}

/** Whoever asked is not always in memory; once loaded, it asks again, and is told then. */
async function tellOfEnd(living: Living, parent: ExecutionKey, child: ExecutionKey): Promise<void> {
  if ((await living.parts.store.find(child))?.status !== "ended") return undefined;
  const actor = await actorOf(living, parent);
  const asked = actor.ok ? actor.value.standing.asked : [];
  const request = asked.find((one) => one.kind === "child" && one.execution === child.execution);
  return request?.kind === "child" ? tellIfEnded(living, parent, request) : undefined;
}

async function tellIfEnded(living: Living, parent: ExecutionKey, request: ChildRequest): Promise<void> {
  const child = childOf(parent, request);
  if ((await living.parts.store.find(child))?.status !== "ended") return undefined;
  const end = await endOf(living, child);
  living.parts.failpoint("child.before-answer");
  return answer(living, parent, request, { kind: "done", ...end });
}

function answer(living: Living, parent: ExecutionKey, request: ChildRequest, given: AnswerGiven): Promise<void> {
  const { attempt, place } = request;
  const atMs = living.parts.clock.nowMs();
  return bring(living, parent, { type: "Answer", atMs, place, attempt, answer: given });
}

interface End {
  readonly outcome: string;
  readonly value: Json;
}

async function endOf({ parts }: Living, child: ExecutionKey): Promise<End> {
  const line = (await parts.store.read(child)).at(-1);
  const event = line === undefined ? undefined : decodeRecord(line).event;
  const { execution } = child;
  if (event?.type === "Cancelled") {
    return { outcome: "CANCELLED", value: { execution, outcome: "CANCELLED", outputs: {} } };
  }
  if (event?.type !== "Completed") throw new Error(`impossible: ${nameOf(child)} ended with ${String(event?.type)}`);
  const { outcome, outputs } = event;
  return { outcome: event.class.toUpperCase(), value: { execution, outcome, outputs } };
}
