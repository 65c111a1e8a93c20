import { hash } from "node:crypto";
import type { Sha256 } from "@omnibase/core";

/** One-shot, which for a record costs a third of a hash object. */
export const sha256: Sha256 = (text) => hash("sha256", text);
