export { openSqliteStore } from "./open.ts";
export type { SqliteStoreOptions } from "./open.ts";
export { ownerSocket, tryOwnerLock } from "./owner-lock.ts";
export type { OwnerLock } from "./owner-lock.ts";
