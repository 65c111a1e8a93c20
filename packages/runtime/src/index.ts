export { openHost } from "./host.ts";
export type { Host } from "./host.ts";
export { hostLimits } from "./parts.ts";
export type { HostParts } from "./parts.ts";
