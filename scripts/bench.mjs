import "./node-floor.mjs";
import { runProgram } from "./programs.mjs";

const [name = "spine", ...args] = process.argv.slice(2);
process.exitCode = runProgram("bench", name, args);
