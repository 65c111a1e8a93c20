import "./node-floor.mjs";
import { runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
process.exitCode = runNode(["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)]);
