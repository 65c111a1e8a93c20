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
    commit: write,
    read: (key, after) => ask(() => reader.read(key, after)),
    find: (key) => ask(() => reader.find(key)),
    list: (query) => ask(() => reader.list(query)),
    changes: (query) => ask(() => reader.changes(query)),
    lastPosition: () => ask(() => reader.lastPosition()),
    open: (after, limit) => ask(() => reader.open(after, limit)),
    due: (untilMs, limit) => ask(() => reader.due(untilMs, limit)),
    nextDue: () => ask(() => reader.nextDue()),
    tasks: (query) => ask(() => reader.tasks(query)),
    journal: (tenant, store, after, limit) => ask(() => reader.journal(tenant, store, after, limit)),
    entities: (tenant, store) => ask(() => reader.entities(tenant, store)),
    fileDigests: (tenant, name) => ask(() => reader.fileDigests(tenant, name)),
    recordFile: async (tenant, name, digest) => {
      await write({ tenant, file: name, digest });
    },
    usage: () => ask(() => ({ ...reader.usage(), bytes: bytesOn(file) })),
    /** What was sent before is still committed. */
    close: () => (closing ??= queue.drained().then(close)),
  };
}

const closed = (file: string): StoreFault =>
  new StoreFault("STORE_FAILED", `the store is closed (${file})`, { retryable: false });
