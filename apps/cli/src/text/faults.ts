import { SealingFault, SnapshotFault, StoreFault, type StoreFaultCode } from "@omnibase/spi";
import type { ExitCode, Refused } from "../edge/report.ts";
import { shownPath } from "./result-text.ts";

/** What was thrown, in words. Only what the platform or a port names is named; the rest is a bug, and says so. */
export function refusedFault(error: unknown): Refused {
  if (error instanceof StoreFault) return { ...stores[error.code], code: error.code, message: error.message };
  if (error instanceof SealingFault) {
    const hint = "restore the file; without it, what was sealed under it is lost";
    return { exit: 5, code: "SEALING_KEY_UNUSABLE", message: error.message, hint };
  }
  if (error instanceof SnapshotFault) return { exit: 1, code: "SNAPSHOT_UNREACHABLE", message: error.message };
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    if ("syscall" in error && error.syscall === "uv_cwd") return cwdMissing;
    const known = platform[error.code];
    if (known !== undefined) return namedFault(error, known);
    if ("syscall" in error) return { exit: 1, code: "PLATFORM_FAILED", message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exit: 1, code: "BUG", message, hint: "this is a mistake of ours; --debug shows where it is" };
}

function namedFault(error: Error, { code, exit, hint, says }: Named): Refused {
  const message = placed(error, says);
  return hint === undefined ? { exit, code, message } : { exit, code, message, hint };
}

/** One row for each: a new fault does not compile until someone has chosen how the process ends. */
const stores: { readonly [Code in StoreFaultCode]: { readonly exit: ExitCode; readonly hint: string } } = {
  STORE_LOCKED: { exit: 4, hint: "another process owns this data root; wait for it, or end it" },
  STORE_FULL: { exit: 1, hint: "make room on the disk; nothing that was acknowledged is lost" },
  STORE_DAMAGED: { exit: 5, hint: "restore the data root from a copy; do not edit the store" },
  STORE_NEWER: { exit: 2, hint: "use the version of omnibase that wrote this data root, or a newer one" },
  STORE_FAILED: { exit: 1, hint: "the message says what the store met; --debug shows where" },
};

const cwdMissing: Refused = {
  exit: 2,
  code: "CWD_MISSING",
  message: "the folder that this process stands in is gone",
  hint: "go to one that is there",
};

/** The path as it looks from here. */
function placed(error: Error, says: string): string {
  const path = "path" in error && typeof error.path === "string" ? `${shownPath(error.path)}: ` : "";
  return `${path}${says}`;
}

interface Named extends Omit<Refused, "message"> {
  readonly says: string;
}

const denied: Named = {
  exit: 2,
  code: "PATH_DENIED",
  says: "permission denied",
  hint: "this user may not do that there",
};
const full: Named = { exit: 1, code: "DISK_FULL", says: "no room is left", hint: "make room on the disk" };
const invalid: Named = { exit: 2, code: "PATH_INVALID", says: "the path cannot be used", hint: "correct the path" };

const platform: Readonly<Record<string, Named>> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: { ...denied, says: "the file system is read-only", hint: "choose another --data-root" },
  ENOSPC: full,
  EDQUOT: full,
  EADDRINUSE: {
    exit: 2,
    code: "ADDRESS_TAKEN",
    says: "somebody listens at this address already",
    hint: "--listen says where else",
  },
  EADDRNOTAVAIL: {
    exit: 2,
    code: "ADDRESS_UNKNOWN",
    says: "this machine has no such address",
    hint: "--listen names one that it has",
  },
  ENOTFOUND: {
    exit: 2,
    code: "ADDRESS_UNKNOWN",
    says: "nobody knows this host",
    hint: "--listen names an address of this machine",
  },
  EMFILE: { exit: 1, code: "TOO_MANY_FILES", says: "too many open files", hint: "raise the limit" },
  ENOTDIR: { ...invalid, says: "a file stands where a folder should be" },
  EISDIR: { ...invalid, says: "a folder stands where a file should be" },
  EFTYPE: { ...invalid, says: "it is no ordinary file" },
  EFBIG: { ...invalid, says: "the file is too long" },
  EEXIST: { ...invalid, says: "a file stands where a folder should be" },
  ENAMETOOLONG: { ...invalid, says: "the path is too long" },
  ELOOP: { ...invalid, says: "its links form a loop" },
  PNG_UNAVAILABLE: {
    exit: 2,
    code: "PNG_UNAVAILABLE",
    says: "a PNG needs the package @resvg/resvg-js, and it is not there",
    hint: "install it, or ask for svg",
  },
  PICTURE_TOO_LARGE: {
    exit: 2,
    code: "PICTURE_TOO_LARGE",
    says: "there is more to draw than anyone could look at",
    hint: "close contracts with --open none, or ask for text",
  },
  ENOENT: { exit: 2, code: "PATH_MISSING", says: "it is not there", hint: "correct the path" },
};
