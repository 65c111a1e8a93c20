import { conformsToStore } from "@omnibase/testkit";
import { describe, it } from "vitest";
import { memoryStore } from "./memory/index.ts";

/** An adapter is done when its line passes. */
conformsToStore("memory", () => Promise.resolve({ open: () => Promise.resolve(memoryStore()) }), { describe, it });
