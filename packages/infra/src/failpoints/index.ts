export { failpointFromEnvironment } from "../shared/failpoint-environment.ts";
export type { Environment } from "../shared/failpoint-environment.ts";
