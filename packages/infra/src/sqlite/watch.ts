import { faultOf } from "./fault.ts";
import { openReader } from "./schema.ts";

/** Tells whoever follows a store whether it is worth asking it anything. */
export interface StoreWatch {
  /**
   * Whether anybody has committed since this was asked last, or since the watch was opened. SQLite looks at a number in
   * shared memory: no page is read, and no snapshot is held that would keep the owner from checkpointing.
   */
  changed(): boolean;
  close(): void;
}

/** Beside whoever writes. What was committed before it is not told. */
export function watchStore(file: string): StoreWatch {
  const database = openReader(file);
  const asked = database.prepare("PRAGMA data_version");
  const version = (): number | undefined => {
    try {
      return asked.get<{ readonly data_version: number }>()?.data_version;
    } catch (error) {
      throw faultOf(error, file);
    }
  };
  let known = version();
  return {
    changed() {
      const before = known;
      known = version();
      return known !== before;
    },
    close: () => database.close(),
  };
}
