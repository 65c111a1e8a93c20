import "./node-floor.mjs";
import { runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
// All hostile inputs take two minutes, which the check and the acceptance have. Here a fifth is tried, another each time.
process.env.OMNIBASE_HOSTILE_EVERY ??= "5";
process.exitCode = runNode(["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)]);
