import "./node-floor.mjs";
import { runProgram } from "./programs.mjs";

const [name, ...args] = process.argv.slice(2);
process.exitCode = runProgram("test/accept", name, args);
