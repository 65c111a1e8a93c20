import { createHash } from "node:crypto";
import type { Digest } from "@omnibase/core";
import type { ExecutionKey } from "@omnibase/spi";

/** One start, as the client remembers it. */
export interface Submitted {
  readonly ref: string;
  readonly key: ExecutionKey;
  readonly workflow: string;
  readonly name: string;
  readonly snapshot: Digest;
  /** The execution that asked for it; the client has not. */
  readonly parent?: string;
  /** An owner said yes. */
  acknowledged: boolean;
  /** A person asked for its end, and heard yes. */
  cancelled: boolean;
  over: boolean;
}

/** What everybody outside knows of one data root. The victim cannot change a word of it. */
export interface History {
  readonly campaign: string;
  readonly starts: Submitted[];
  /** Logs as they were fetched on the way: what comes later must begin with them. */
  readonly fetched: Map<string, readonly string[]>;
  /** What the lane itself found out of order. */
  readonly complaints: string[];
}

export const newHistory = (campaign: string): History => ({ campaign, starts: [], fetched: new Map(), complaints: [] });

export const tenant = "default";

/** A name that the client chose: a UUID that nobody else would make. */
export function executionOf(ref: string): string {
  const hex = createHash("sha256").update(ref).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const inputOf = ({ name, ref }: Submitted): { readonly name: string; readonly ref: string } => ({ name, ref });
