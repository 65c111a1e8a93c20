import { connectOwner, OwnerGone, serveOwner } from "@omnibase/infra/owner";
import { ownerSocket, tryOwnerLock, type OwnerLock } from "@omnibase/infra/sqlite";
import { noFailpoint, StoreFault } from "@omnibase/spi";
import type { Clock, Failpoint, Owner, Reply } from "@omnibase/spi";
import { storeFolder } from "./data/layout.ts";

/** A host with the store that it writes. */
export interface OwnedHost extends Owner {
  /** Takes nothing new, and resolves when nothing is under way. Whoever waits is told `OWNER_LEAVING`. */
  drain(): Promise<void>;
  /** Lets the store go. Nothing is asked after it. */
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly dataRoot: string;
  /** Opens the store for writing; called only while this process holds the lock. */
  readonly openHost: () => Promise<OwnedHost>;
  readonly clock: Clock;
  readonly failpoint?: Failpoint;
  /** How long to look for an owner, or to become one, before `STORE_LOCKED`. Longer than an owner may drain. */
  readonly waitMs?: number;
  /** Whether this process must be the owner itself: it waits until another has left, and asks it for nothing. */
  readonly alone?: boolean;
}

/** The owner of a data root, whoever that is at the moment. */
export interface Session extends Owner {
  /** An owner drains, hangs up, closes the store and gives the lock up, in this order. A client only hangs up. */
  close(): Promise<void>;
}

/**
 * Becomes the owner of a data root, or finds it. Where the owner leaves or dies, the next one is found or become, and what
 * was asked and not answered is asked again: that is the same command, by the first promise of {@link Owner}.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const session: SessionState = { options, role: undefined, closing: undefined };
  await roleOf(session);
  return {
    start: (request) => ask(session, (owner) => owner.start(request)),
    wait: (key) => ask(session, (owner) => owner.wait(key)),
    cancel: (request) => ask(session, (owner) => owner.cancel(request)),
    resolve: (request) => ask(session, (owner) => owner.resolve(request)),
    signal: (request) => ask(session, (owner) => owner.signal(request)),
    settleTask: (request) => ask(session, (owner) => owner.settleTask(request)),
    eraseSecrets: (request) => ask(session, (owner) => owner.eraseSecrets(request)),
    project: (request) => ask(session, (owner) => owner.project(request)),
    remove: (request) => ask(session, (owner) => owner.remove(request)),
    tidy: () => ask(session, (owner) => owner.tidy()),
    close: () => (session.closing ??= closeSession(session)),
  };
}

const waitMsDefault = 15_000;
const [pauseMsMin, pauseMsMax] = [2, 25];

/** An owner that was there for so long was no trouble; one that goes at once, again and again, is. */
const calmMs = 1_000;

interface SessionState {
  readonly options: SessionOptions;
  role: Promise<Role> | undefined;
  closing: Promise<void> | undefined;
}

/** This process is the owner, or another is. */
interface Role {
  readonly owner: Owner;
  leave(): Promise<void>;
}

async function closeSession({ role }: SessionState): Promise<void> {
  // A search that found nothing has told whoever asked, and leaves nothing behind.
  const found = await role?.catch(() => undefined);
  await found?.leave();
}

/** Everything that is asked at once shares one role, and one search for it. */
function roleOf(session: SessionState): Promise<Role> {
  if (session.role !== undefined) return session.role;
  const role = seek(session.options);
  session.role = role;
  role.catch(() => {
    if (session.role === role) session.role = undefined;
  });
  return role;
}

async function ask<T>(session: SessionState, call: (owner: Owner) => Promise<Reply<T>>): Promise<Reply<T>> {
  const { clock, waitMs = waitMsDefault } = session.options;
  for (let troubledSinceMs = clock.monotonicMs(); ;) {
    const role = roleOf(session);
    const current = await role;
    const askedMs = clock.monotonicMs();
    const reply = await heard(call(current.owner));
    if (reply.answered !== undefined || session.closing !== undefined) return reply.answered ?? reply.otherwise();
    if (session.role === role) {
      session.role = undefined;
      await current.leave();
    }
    const nowMs = clock.monotonicMs();
    if (nowMs - askedMs > calmMs) troubledSinceMs = nowMs;
    if (nowMs - troubledSinceMs > waitMs) throw locked(session.options);
    await pause(clock, pauseMsMin);
  }
}

type Heard<T> = { readonly answered: Reply<T> } | { readonly answered: undefined; readonly otherwise: () => Reply<T> };

/** An answer, or the news that the owner leaves or is gone, for whoever cannot turn to another. */
async function heard<T>(asked: Promise<Reply<T>>): Promise<Heard<T>> {
  try {
    const reply = await asked;
    if (reply.ok || reply.error.code !== "OWNER_LEAVING") return { answered: reply };
    return { answered: undefined, otherwise: () => reply };
  } catch (error) {
    if (!(error instanceof OwnerGone)) throw error;
    return {
      answered: undefined,
      otherwise: () => {
        throw error;
      },
    };
  }
}

async function seek(options: SessionOptions): Promise<Role> {
  const { clock, dataRoot, waitMs = waitMsDefault } = options;
  const folder = storeFolder(dataRoot);
  const untilMs = clock.monotonicMs() + waitMs;
  for (let pauseMs = pauseMsMin; ; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
    const lock = tryOwnerLock(folder);
    if (lock !== undefined) return become(options, lock);
    const found = options.alone === true ? undefined : await find(folder);
    if (found !== undefined) return found;
    if (clock.monotonicMs() > untilMs) throw locked(options);
    await pause(clock, pauseMs);
  }
}

async function find(folder: string): Promise<Role | undefined> {
  const socket = ownerSocket(folder);
  if (socket === undefined) return undefined;
  try {
    const owner = await connectOwner(socket);
    return {
      owner,
      leave: async () => {
        owner.close();
      },
    };
  } catch (error) {
    // The owner has the lock and does not listen yet, or not any more.
    if (error instanceof OwnerGone) return undefined;
    throw error;
  }
}

async function become({ failpoint = noFailpoint, openHost }: SessionOptions, lock: OwnerLock): Promise<Role> {
  let host: OwnedHost | undefined;
  try {
    failpoint("owner.locked");
    host = await openHost();
    const served = await serveOwner(host, lock.socket);
    failpoint("owner.listening");
    const owner = host;
    const leave = async (): Promise<void> => {
      served.shut();
      try {
        await owner.drain();
        await served.close();
      } finally {
        await letGo(owner, lock);
      }
    };
    return { owner, leave };
  } catch (error) {
    await letGo(host, lock);
    throw error;
  }
}

/** Whatever went wrong: without the lock others can go on, and they read only what was committed. */
async function letGo(host: OwnedHost | undefined, lock: OwnerLock): Promise<void> {
  try {
    await host?.close();
  } finally {
    lock.release();
  }
}

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

const locked = ({ dataRoot, waitMs = waitMsDefault }: SessionOptions): StoreFault =>
  new StoreFault("STORE_LOCKED", `${dataRoot} has an owner that neither answered nor left in ${String(waitMs)} ms`, {
    retryable: true,
  });
