import { SnapshotFault, StoreFault } from "@omnibase/spi";
import type { StoreFaultCode } from "@omnibase/spi";
import type { Fields } from "./protocol.ts";

/** The owner is gone, or does not speak. Nobody knows what became of the command; sent again it is the same command. */
export class OwnerGone extends Error {
  override readonly name = "OwnerGone";
  readonly code = "OWNER_GONE";
  readonly retryable = true;
}

/** What went wrong at the owner, as it travels. */
export interface WireFault {
  readonly name: "StoreFault" | "SnapshotFault" | "FrameFault";
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** What is not a fault of a port is a bug of the owner. Its client learns that, and no stack. */
export function wireFaultOf(error: unknown): WireFault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreFault) {
    return { name: "StoreFault", code: error.code, message, retryable: error.retryable };
  }
  if (error instanceof SnapshotFault) {
    return { name: "SnapshotFault", code: "SNAPSHOT_UNREACHABLE", message, retryable: error.retryable };
  }
  return { name: "StoreFault", code: "STORE_FAILED", message: `the owner failed: ${message}`, retryable: false };
}

export const frameFault = (code: "BAD_FRAME" | "FRAME_TOO_LONG", message: string): WireFault => ({
  name: "FrameFault",
  code,
  message,
  retryable: false,
});

/** The fault that the owner met, as if it had been met here. */
export function errorOf({ code, message, name, retryable }: Fields): Error {
  const options = { retryable: retryable === true };
  const said = typeof message === "string" ? message : "the owner did not say what failed";
  if (name === "SnapshotFault") return new SnapshotFault(said, options);
  if (name === "StoreFault" && isStoreFaultCode(code)) return new StoreFault(code, said, options);
  return new StoreFault("STORE_FAILED", `the owner did not understand: ${said}`, { retryable: false });
}

/** One row per code: a new one does not compile until it stands here. */
const storeFaultCodes: { readonly [Code in StoreFaultCode]: true } = {
  STORE_FULL: true,
  STORE_DAMAGED: true,
  STORE_LOCKED: true,
  STORE_FAILED: true,
  STORE_NEWER: true,
};

const isStoreFaultCode = (code: unknown): code is StoreFaultCode =>
  typeof code === "string" && Object.hasOwn(storeFaultCodes, code);
