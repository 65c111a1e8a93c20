import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, runNode, say } from "./run.mjs";
import { setup } from "./setup.mjs";

/** Runs `<folder>/<name>.ts` from sources and returns its exit code; an unknown name lists the known ones. */
export function runProgram(folder, name, args) {
  const known = programsIn(folder);
  if (!known.includes(name)) {
    say(`${name === undefined ? "no name given" : `unknown name: ${name}`}; known: ${known.join(", ") || "none yet"}`);
    return 2;
  }
  setup();
  const flags = ["--conditions=@omnibase/source", "--import", "tsx"];
  return runNode([...flags, join(folder, `${name}.ts`), ...args]);
}

const programsIn = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
        .map((name) => name.slice(0, -".ts".length))
        .toSorted()
    : [];
