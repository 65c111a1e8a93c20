import type { Failpoint, Store } from "@omnibase/spi";
import type { Database } from "./driver.ts";
import type { GroupCommitting } from "./queue.ts";
import { groupCommitter } from "./group.ts";
import { readerOf } from "./reader.ts";
import { statementsOf } from "./statements.ts";
import { storeOf } from "./store.ts";

/** The store in the calling thread: for one command, where a worker would take longer to start than it is of use. */
export function inlineStore(
  database: Database,
  file: string,
  failpoint: Failpoint,
  grouped?: GroupCommitting["grouped"],
): Store {
  const commitGroup = groupCommitter(database, { file, failpoint });
  return storeOf({
    reader: readerOf(statementsOf(database)),
    file,
    elsewhere: false,
    grouped,
    send: (group, answered) => answered(commitGroup(group), 0),
    close() {
      database.close();
      return Promise.resolve();
    },
  });
}
