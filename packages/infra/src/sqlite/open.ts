import { noFailpoint, StoreFault } from "@omnibase/spi";
import type { Failpoint, Store } from "@omnibase/spi";
import type { Database } from "./driver.ts";
import { inlineStore } from "./inline.ts";
import { readerOf } from "./reader.ts";
import { openReader, openWriter } from "./schema.ts";
import type { Opening } from "./schema.ts";
import { statementsOf } from "./statements.ts";
import { storeOf } from "./store.ts";
import { workerStore } from "./worker.ts";

export interface SqliteStoreOptions extends Opening {
  /** Commit in the calling thread: right for one command. Otherwise a worker commits. */
  readonly inline?: boolean;
  /** See what the owner has committed, and change nothing: for processes beside the owner. */
  readonly readOnly?: boolean;
  /** Inline only: a worker takes its failpoints from the environment. */
  readonly failpoint?: Failpoint;
  /** Where the worker's file is, when it is not beside this one, as in a bundle. */
  readonly workerUrl?: URL;
  /** Hears how many commits share each sync. */
  readonly grouped?: (writes: number) => void;
}

/** Opens the store in a file, and makes it and its folder where there is none. */
export async function openSqliteStore(file: string, options: SqliteStoreOptions = {}): Promise<Store> {
  const { inline = false, readOnly = false, failpoint = noFailpoint, grouped, workerUrl, ...opening } = options;
  if (readOnly) return readOnlyStore(openReader(file), file);
  if (!inline) return workerStore(file, { ...opening, grouped, workerUrl });
  const database = openWriter(file, opening);
  failpoint("store.opened");
  return inlineStore(database, file, failpoint, grouped);
}

function readOnlyStore(database: Database, file: string): Store {
  const refused = new StoreFault("STORE_FAILED", `the store was opened for reading only (${file})`, {
    retryable: false,
  });
  return storeOf({
    reader: readerOf(statementsOf(database)),
    file,
    elsewhere: false,
    send: (group, answered) =>
      answered(
        group.map(() => refused),
        0,
      ),
    close() {
      database.close();
      return Promise.resolve();
    },
  });
}
