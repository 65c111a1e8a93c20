export { machineBlock } from "./machine-block.ts";
