import type { JsonObject } from "@omnibase/core";
import type { DoorLimits } from "./limits.ts";
import type { DoorParts } from "./port.ts";

/** A door that is open: what it is opened on, and what is under way at it. */
export interface Door {
  readonly parts: DoorParts;
  readonly limits: DoorLimits;
  readonly openapi: JsonObject;
  /** Aborted when nothing new is let in any more. */
  readonly leaving: AbortSignal;
  /** What is being answered now. */
  readonly load: Load;
  /** Ends that are waited for, by execution: however many ask, the owner is asked once. */
  readonly ends: Map<string, Promise<void>>;
  /** Workflows whose data files were looked at. */
  readonly imported: Set<string>;
}

interface Load {
  requests: number;
  commands: number;
  streams: number;
}
