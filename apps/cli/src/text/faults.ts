import { SnapshotFault, StoreFault, type StoreFaultCode } from "@omnibase/spi";
import type { ExitCode, Refused } from "../edge/report.ts";

/** What was thrown, in words. Only what the platform or a port names is named; the rest is a bug, and says so. */
export function refusedFault(error: unknown): Refused {
  if (error instanceof StoreFault) return { ...stores[error.code], code: error.code, message: error.message };
  if (error instanceof SnapshotFault) return { exit: 1, code: "SNAPSHOT_UNREACHABLE", message: error.message };
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    const known = platform[error.code];
    if (known !== undefined) return { ...known, message: error.message };
    if ("syscall" in error) return { exit: 1, code: "PLATFORM_FAILED", message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exit: 1, code: "BUG", message, hint: "this is a mistake of ours; --debug shows where it is" };
}

/** One row for each: a new fault does not compile until someone has chosen how the process ends. */
const stores: { readonly [Code in StoreFaultCode]: { readonly exit: ExitCode; readonly hint: string } } = {
  STORE_LOCKED: { exit: 4, hint: "another process owns this data root; wait for it, or end it" },
  STORE_FULL: { exit: 1, hint: "make room on the disk; nothing that was acknowledged is lost" },
  STORE_DAMAGED: { exit: 5, hint: "restore the data root from a copy; do not edit the store" },
  STORE_NEWER: { exit: 2, hint: "use the version of omnibase that wrote this data root, or a newer one" },
  STORE_FAILED: { exit: 1, hint: "the message says what the store met; --debug shows where" },
};

const denied = { exit: 2, code: "PATH_DENIED", hint: "this user may not read or write there" } as const;

const platform: Readonly<Record<string, Omit<Refused, "message">>> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: { ...denied, hint: "the file system is read-only; choose another --data-root" },
  ENOSPC: { exit: 1, code: "DISK_FULL", hint: "make room on the disk" },
  EDQUOT: { exit: 1, code: "DISK_FULL", hint: "make room on the disk" },
  EMFILE: { exit: 1, code: "TOO_MANY_FILES", hint: "raise the limit of open files" },
  ENOTDIR: { exit: 2, code: "PATH_INVALID", hint: "a file stands where a folder should be" },
  EISDIR: { exit: 2, code: "PATH_INVALID", hint: "a folder stands where a file should be" },
  ENAMETOOLONG: { exit: 2, code: "PATH_INVALID", hint: "use a shorter path" },
  ENOENT: { exit: 2, code: "PATH_MISSING", hint: "a file or folder is not there" },
};
