export { machineBlock } from "./machine-block.ts";
export { testDataBlocks } from "./test-data-blocks.ts";
export type { TestDataBlock } from "./test-data-blocks.ts";
