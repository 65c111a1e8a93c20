import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Progress goes to stderr: stdout belongs to the result. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a program in the root with our streams and returns its exit code; a signal counts as failure. */
export function run(command, args, stdio = "inherit") {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio });
  if (error) say(`${command}: ${error.message}`);
  return status ?? 1;
}

/** Runs a script of ours or of a package on the Node that runs us, whatever `node` the PATH names. */
export const runNode = (args, stdio = "inherit") => run(process.execPath, args, stdio);
