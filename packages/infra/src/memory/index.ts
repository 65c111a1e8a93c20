export { memorySnapshots } from "./snapshots.ts";
export { memoryStore } from "./store.ts";
