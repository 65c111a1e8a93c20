import { StoreFault } from "@omnibase/spi";

/** Primary result codes of SQLite, the low byte of what a driver reports. */
const [ERROR, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN] = [1, 5, 6, 8, 10, 11, 13, 14];
const [CONSTRAINT, MISMATCH, NOTADB] = [19, 20, 26];

/** What the driver says, in our words. Anything that it did not say passes as it is. */
export function faultOf(error: unknown, file: string): unknown {
  const said = error instanceof Error ? error.message : "";
  const fault = (code: StoreFault["code"], message: string, retryable: boolean): StoreFault =>
    new StoreFault(code, `${message} (${file}: ${said})`, { retryable, cause: error });
  switch (sqliteCode(error)) {
    case undefined:
      return error;
    case BUSY:
    case LOCKED:
      return fault("STORE_LOCKED", "another process writes to the store and did not finish in time", true);
    case FULL:
      return fault("STORE_FULL", "the disk is full: make room, nothing that was acknowledged is lost", true);
    case CORRUPT:
    case NOTADB:
      return fault("STORE_DAMAGED", "the store is damaged: restore a copy, or move the file away", false);
    case IOERR:
      return fault("STORE_FAILED", "the disk did not take what was written: open the store again", false);
    case READONLY:
    case CANTOPEN:
      return fault(
        "STORE_FAILED",
        "the store cannot be opened for this: check that it is there, and its rights",
        false,
      );
    default:
      return fault("STORE_FAILED", "the store failed", false);
  }
}

/** A value that a table refuses is the bug of who sent it; everything else that the driver says is about the disk. */
export function isOfTheDisk(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== undefined && code !== CONSTRAINT && code !== MISMATCH;
}

/**
 * After a write or a sync that failed nobody knows what is on the disk, and asking again may get a wrong yes. Only opening
 * the store anew reads the truth.
 */
export const isPoison = (error: unknown): boolean => sqliteCode(error) === IOERR;

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("code" in error || "errcode" in error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  if (!("code" in error) || error.code !== "ERR_SQLITE_ERROR") return undefined;
  return TEXTS.find(([text]) => error.message.includes(text))?.[1] ?? ERROR;
}

/** What SQLite calls its codes. The package loses the number where rows are read, and keeps the text. */
const TEXTS: readonly (readonly [text: string, code: number])[] = [
  ["malformed", CORRUPT],
  ["file is not a database", NOTADB],
  ["disk I/O error", IOERR],
  ["database or disk is full", FULL],
  ["is locked", BUSY],
];
