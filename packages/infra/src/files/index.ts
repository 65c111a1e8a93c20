export { makeDirectory, makeFolders, replaceFile } from "../shared/durable-file.ts";
export { keepFile } from "./keep-file.ts";
export { projectedFiles } from "./projected-files.ts";
export { readArtifactBytes } from "./read-artifact.ts";
export { readPlainFile } from "../shared/read-plain-file.ts";
export { namesIn, sweepFolder, touch } from "../shared/sweep-folder.ts";
export { writeFolder } from "./write-folder.ts";
export type { FolderFile } from "./write-folder.ts";
