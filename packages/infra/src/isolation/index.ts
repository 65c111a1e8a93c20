export { isolationLimits, openIsolation } from "./isolated-code.ts";
export type { Isolation, IsolationLimits } from "./isolated-code.ts";
