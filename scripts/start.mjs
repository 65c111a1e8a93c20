import "./node-floor.mjs";
import { runNode } from "./run.mjs";
import { setup } from "./setup.mjs";

setup();
process.exitCode = runNode(["apps/cli/bin/omnibase.mjs", "--version"]);
