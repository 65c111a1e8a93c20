export { readArtifactBytes } from "./read-artifact.ts";
