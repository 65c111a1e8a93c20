export { connectOwner } from "./connect-owner.ts";
export type { RemoteOwner } from "./connect-owner.ts";
export { serveOwner } from "./serve-owner.ts";
export type { ServedOwner } from "./serve-owner.ts";
export { OwnerGone } from "./wire-fault.ts";
