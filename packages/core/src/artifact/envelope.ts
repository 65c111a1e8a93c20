import { anything, optional, refuse, required, text, type At, type Key, type Reader } from "./reader.ts";
import type { Spot } from "./spot.ts";
import type { Json } from "../value/json.ts";

/** What every artifact knows of itself before its meaning is read. */
export interface Named {
  /** `namespace::CODE` */
  readonly identity: string;
  readonly namespace: string;
  /** Of the code. */
  readonly spot: Spot;
  /** Whether it is in the published dialect, which has lowerings of its own. */
  readonly published?: boolean;
}

const version: Reader<At<string>> = (here) => {
  const found = text(here);
  if (found === undefined || /^[Vv]\d+$/.test(found.value)) return found;
  return refuse(here, "ARTIFACT_SCHEMA", `${found.value} is not a version`, "write it like v0");
};

interface Envelope {
  readonly version: Key<At<string>>;
  readonly namespace: Key<At<Json> | undefined>;
  readonly governed_by: Key<At<string> | undefined>;
}

/** The keys beside `core`. Code and namespace were read before; `governed_by` is for people. */
export const envelope: Envelope = {
  version: required(version),
  namespace: optional(anything),
  governed_by: optional(text),
};
