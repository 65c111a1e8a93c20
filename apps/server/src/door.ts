import type { JsonObject } from "@omnibase/core";
import type { DoorLimits } from "./limits.ts";
import type { DoorParts } from "./port.ts";

/** A door that is open: what it is opened on, and what is under way at it. */
export interface Door {
  readonly parts: DoorParts;
  readonly limits: DoorLimits;
  readonly openapi: JsonObject;
  /** Nothing new is let in any more. */
  readonly leaving: Leaving;
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

/** Something that happens once, and may be waited for by many. Who forgets it leaves nothing behind. */
export interface Leaving {
  readonly isSo: () => boolean;
  /** Calls back once, at once where it is so already, until the answer is called. */
  readonly hear: (heard: () => void) => () => void;
}

export interface Departure extends Leaving {
  readonly begin: () => void;
}

export function departure(): Departure {
  const hearers = new Set<() => void>();
  let begun = false;
  return {
    isSo: () => begun,
    hear: (heard) => {
      if (begun) heard();
      else hearers.add(heard);
      return () => void hearers.delete(heard);
    },
    begin: () => {
      begun = true;
      for (const heard of hearers) heard();
      hearers.clear();
    },
  };
}
