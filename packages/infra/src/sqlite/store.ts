import type { Store } from "@omnibase/spi";
import { StoreFault } from "@omnibase/spi";
import { faultOf } from "./fault.ts";
import { groupQueue } from "./queue.ts";
import type { GroupCommitting } from "./queue.ts";
import type { Reader } from "./reader.ts";
import { bytesOn } from "./usage.ts";

/** Where groups go and questions are answered. */
export interface Backend extends GroupCommitting {
  readonly reader: Reader;
  readonly file: string;
  readonly close: () => Promise<void>;
}

export function storeOf({ reader, file, close, ...committing }: Backend): Store {
  const queue = groupQueue(committing);
  let closing: Promise<void> | undefined;

  const write: typeof queue.write = (one) => (closing === undefined ? queue.write(one) : Promise.reject(closed(file)));

  async function ask<T>(question: () => T): Promise<T> {
    await Promise.resolve();
    if (closing !== undefined) throw closed(file);
    try {
      return question();
    } catch (error) {
      throw faultOf(error, file);
    }
  }

  return {
    lacks: {},
    commit: async (commit) => {
      const answer = await write(commit);
      if (answer.kind === "removals" || answer.kind === "tidied") throw new Error("impossible: a commit that removed");
      return answer;
    },
    read: (key, after, limit) => ask(() => reader.read(key, after, limit)),
    find: (key) => ask(() => reader.find(key)),
    list: (query) => ask(() => reader.list(query)),
    changes: (query) => ask(() => reader.changes(query)),
    lastPosition: () => ask(() => reader.lastPosition()),
    open: (after, limit) => ask(() => reader.open(after, limit)),
    underWay: () => ask(() => reader.underWay()),
    due: (untilMs, limit) => ask(() => reader.due(untilMs, limit)),
    nextDue: () => ask(() => reader.nextDue()),
    tasks: (query) => ask(() => reader.tasks(query)),
    journal: (tenant, store, after, limit) => ask(() => reader.journal(tenant, store, after, limit)),
    entities: (tenant, store) => ask(() => reader.entities(tenant, store)),
    fileDigests: (tenant, name) => ask(() => reader.fileDigests(tenant, name)),
    secrets: (key) => ask(() => reader.secrets(key)),
    eraseSecrets: async (erase) => {
      await write({ erase });
    },
    recordFile: async (tenant, name, digest) => {
      await write({ tenant, file: name, digest });
    },
    extents: (query) => ask(() => reader.extents(query)),
    remove: async (removals) => {
      const answer = await write({ removals });
      if (answer.kind !== "removals") throw new Error("impossible: a removal that committed");
      return answer.removed;
    },
    tombstone: (key) => ask(() => reader.tombstone(key)),
    snapshotsInUse: () => ask(() => reader.snapshotsInUse()),
    tidy: async (tidy) => {
      const answer = await write({ tidy });
      if (answer.kind !== "tidied") throw new Error("impossible: a step that committed");
      return answer.tidied;
    },
    usage: () => ask(() => ({ ...reader.usage(), bytes: bytesOn(file) })),
    /** What was sent before is still committed. */
    close: () => (closing ??= queue.drained().then(close)),
  };
}

const closed = (file: string): StoreFault =>
  new StoreFault("STORE_FAILED", `the store is closed (${file})`, { retryable: false });
