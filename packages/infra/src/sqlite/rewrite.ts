import { faultOf } from "./fault.ts";
import { openWriter } from "./schema.ts";
import { bytesOn } from "./usage.ts";

export interface Rewritten {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Writes the file of a store anew, without its free pages and so that it gives pages back from then on, which a store of
 * 0.1.0 does not. It takes as long as the store is large, and as much room again; killed, it has changed nothing. Whoever
 * calls has the lock of the owner.
 */
export function rewriteStore(file: string): Rewritten {
  const bytesBefore = bytesOn(file);
  const database = openWriter(file);
  try {
    database.exec("PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (error) {
    throw faultOf(error, file);
  } finally {
    database.close();
  }
  return { bytesBefore, bytesAfter: bytesOn(file) };
}
