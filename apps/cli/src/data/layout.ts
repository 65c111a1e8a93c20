import { join } from "node:path";

/** What lies where below a data root. */
export const storeFolder = (dataRoot: string): string => join(dataRoot, ".omnibase");
export const storeFile = (dataRoot: string): string => join(storeFolder(dataRoot), "store.db");
export const snapshotsFolder = (dataRoot: string): string => join(storeFolder(dataRoot), "snapshots");
export const implementationsFolder = (dataRoot: string): string => join(storeFolder(dataRoot), "implementations");

/** There is one so far; it is part of every key all the same. */
export const tenant = "default";
