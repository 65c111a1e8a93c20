import "./node-floor.mjs";
import { runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
// All hostile inputs take two minutes, which the check and the acceptance have. Here a third is tried, another each time.
process.env.OMNIBASE_HOSTILE_EVERY ??= "3";
process.exitCode = runNode(["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)]);
