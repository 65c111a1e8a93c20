export { conformsToStore } from "./store-conformance.ts";
export type { Runner } from "./store-conformance.ts";
export type { StoreBench } from "./store/bench.ts";
