export { snapshotFolder, snapshotPath } from "./snapshot-folder.ts";
export type { SnapshotFolderOptions } from "./snapshot-folder.ts";
