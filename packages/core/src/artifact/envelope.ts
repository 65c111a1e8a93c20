import { anything, mapped, name, narrowed, optional, refuse, required, saying, text } from "./reader.ts";
import type { At, Key, Reader } from "./reader.ts";
import { described } from "./schema.ts";
import type { Spot } from "./spot.ts";
import { namespacePattern } from "../value/identifier.ts";
import type { Json } from "../value/json.ts";
import { limits } from "../value/limits.ts";

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

const VERSION = /^[Vv]\d+$/;

const version: Reader<At<string>> = narrowed(
  mapped(text, (found, here) => {
    if (VERSION.test(found.value)) return found;
    return refuse(here, "ARTIFACT_SCHEMA", `${found.value} is not a version`, "write it like v0");
  }),
  { pattern: VERSION.source },
);

/** The code of an artifact. It says what kind of artifact it is, and was read before the rest. */
export const code: Reader<At<Json>> = saying((parts) => described(name, parts), anything);

interface Envelope {
  readonly version: Key<At<string>>;
  readonly namespace: Key<At<Json> | undefined>;
  readonly governed_by: Key<At<string> | undefined>;
}

/** The keys beside `core`. Code and namespace were read before; `governed_by` is for people. */
export const envelope: Envelope = {
  version: required(version),
  namespace: optional(narrowed(anything, { type: "string", pattern: namespacePattern, maxLength: limits.idCharsMax })),
  governed_by: optional(text),
};
