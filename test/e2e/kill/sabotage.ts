import type { HostParts } from "@omnibase/runtime";
import type { Commit, Committed, Handler, Owner, Store, Timer, TimerChanges } from "@omnibase/spi";
import type { OwnedHost } from "../../../apps/cli/src/session.ts";
import type { Sabotage } from "./victim-messages.ts";

type Open = (parts: HostParts) => OwnedHost;

/** Opens a host with one breach planted around it. Each is the smallest wrapper that breaks one promise. */
export function breach(parts: HostParts, sabotage: Sabotage | undefined, open: Open): OwnedHost {
  switch (sabotage) {
    case undefined:
    case "synchronous-off":
      return open(parts);
    case "acknowledge-before-commit":
      return acknowledging(open(parts));
    case "dispatch-before-commit":
      return open({ ...parts, store: hasty(parts.store) });
    case "attempt-in-key":
      return open({ ...parts, handlers: new Map([...parts.handlers].map(([name, one]) => [name, counting(one)])) });
    case "timer-not-durable":
      return open({ ...parts, store: forgetful(parts.store) });
    case "twins":
      return twins(parts, open);
    case "twins-without-revision-check":
      return twins({ ...parts, store: unchecked(parts.store) }, open);
  }
}

const pauseMs = 25;
const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, pauseMs));

/** Says yes to a start, and then makes it. */
function acknowledging(host: OwnedHost): OwnedHost {
  return {
    ...host,
    start(request) {
      const { execution, tenant } = request;
      pause()
        .then(() => host.start(request))
        .catch(() => undefined);
      return Promise.resolve({ ok: true, value: { tenant, execution, existed: false } });
    },
    async wait(key) {
      await pause();
      await pause();
      return host.wait(key);
    },
  };
}

const announces = ({ create, records }: Commit): boolean =>
  create === undefined && records.some((line) => line.includes('"type":"AttemptStarted"'));

/** Says that an attempt was recorded, and then records it: so the call leaves first. */
function hasty(store: Store): Store {
  const tails = new Map<string, Promise<unknown>>();
  return {
    ...store,
    commit(commit) {
      const name = `${commit.key.tenant}/${commit.key.execution}`;
      const before = tails.get(name) ?? Promise.resolve();
      const isHasty = announces(commit);
      const written = before.then(() => (isHasty ? pause() : undefined)).then(() => store.commit(commit));
      tails.set(
        name,
        written.catch(() => undefined),
      );
      return isHasty ? Promise.resolve<Committed>({ kind: "committed" }) : written;
    },
  };
}

const counting = (handler: Handler): Handler => ({
  ...handler,
  handle: (request, signal) =>
    handler.handle({ ...request, key: () => `${request.key()}${String(request.attempt)}` }, signal),
});

/** Keeps timers in memory alone. */
function forgetful(store: Store): Store {
  const timers = new Map<string, Timer>();
  const note = ({ key }: Commit, { clear, set }: TimerChanges): void => {
    for (const place of clear) timers.delete(`${key.tenant}/${key.execution}/${place}`);
    for (const { dueMs, place } of set) timers.set(`${key.tenant}/${key.execution}/${place}`, { ...key, place, dueMs });
  };
  const inOrder = (): readonly Timer[] => [...timers.values()].toSorted((a, b) => a.dueMs - b.dueMs);
  return {
    ...store,
    async commit(commit) {
      const { timers: changes, ...rest } = commit;
      const committed = await store.commit(rest);
      if (changes !== undefined && committed.kind === "committed") note(commit, changes);
      return committed;
    },
    due: (untilMs, limit) =>
      Promise.resolve(
        inOrder()
          .filter(({ dueMs }) => dueMs <= untilMs)
          .slice(0, limit),
      ),
    nextDue: () => Promise.resolve(inOrder()[0]?.dueMs),
  };
}

/** Writes what it is given, wherever the stream stands. */
function unchecked(store: Store): Store {
  return {
    ...store,
    async commit(commit) {
      let committed = await store.commit(commit);
      while (committed.kind === "conflict") committed = await store.commit({ ...commit, expected: committed.actual });
      return committed;
    },
  };
}

/** Two hosts that know nothing of each other take turns over one store, as two owners would without a lock. */
function twins(parts: HostParts, open: Open): OwnedHost {
  const [one, other] = [open(parts), open(parts)];
  let turn = 0;
  const next = (): Owner => ((turn += 1) % 2 === 0 ? one : other);
  return {
    start: (request) => next().start(request),
    wait: (key) => next().wait(key),
    cancel: (request) => next().cancel(request),
    resolve: (request) => next().resolve(request),
    signal: (request) => next().signal(request),
    settleTask: (request) => next().settleTask(request),
    eraseSecrets: (request) => next().eraseSecrets(request),
    project: (request) => next().project(request),
    remove: (request) => next().remove(request),
    tidy: () => next().tidy(),
    drain: () => Promise.all([one.drain(), other.drain()]).then(() => undefined),
    close: () => one.close(),
  };
}
