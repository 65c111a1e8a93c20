export { examineStore, keysKept } from "./examine.ts";
export type { KeysKept, StoreExamined } from "./examine.ts";
export { openSqliteStore } from "./open.ts";
export type { SqliteStoreOptions } from "./open.ts";
export { ownerSocket, tryOwnerLock } from "./owner-lock.ts";
export type { OwnerLock } from "./owner-lock.ts";
export { rewriteStore } from "./rewrite.ts";
export { watchStore } from "./watch.ts";
