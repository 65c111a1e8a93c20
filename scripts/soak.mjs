import "./node-floor.mjs";
import { runProgram } from "./programs.mjs";

process.exitCode = runProgram("bench", "soak", process.argv.slice(2));
