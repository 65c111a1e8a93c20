import { committedElsewhere } from "./committed.ts";
import { faultOf } from "./fault.ts";
import { openReader } from "./schema.ts";
import { statementsOf } from "./statements.ts";

/** Tells whoever follows a store whether it is worth asking it anything. */
export interface StoreWatch {
  /** Whether anybody has committed since this was asked last, or since the watch was opened. */
  changed(): boolean;
  close(): void;
}

/** Beside whoever writes. What was committed before it is not told. */
export function watchStore(file: string): StoreWatch {
  const database = openReader(file);
  const committed = committedElsewhere(statementsOf(database));
  const changed = (): boolean => {
    try {
      return committed();
    } catch (error) {
      throw faultOf(error, file);
    }
  };
  changed();
  return { changed, close: () => database.close() };
}
