export { greetingCompiled, greetingLog, logOf } from "./greeting.ts";
export type { Greeting } from "./greeting.ts";
export { sha256, testKey } from "./keys.ts";
export type { TestKey } from "./keys.ts";
export { conformsToStore } from "./store-conformance.ts";
export type { Runner } from "./store-conformance.ts";
export type { StoreBench } from "./store/bench.ts";
