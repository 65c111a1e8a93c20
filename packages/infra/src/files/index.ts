export { projectedFiles } from "./projected-files.ts";
export { readArtifactBytes } from "./read-artifact.ts";
