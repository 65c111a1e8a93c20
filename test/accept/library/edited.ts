import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, ranNode, root } from "../judge/programs.ts";

/** An example in a folder of its own, in which one file says something else. */
export interface Edited {
  readonly folder: string;
  readonly changed: boolean;
}

export function editedExample(example: string, file: string, from: string | RegExp, to: string): Edited {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-edited-"));
  cpSync(join(root, "examples", example), folder, { recursive: true });
  const path = join(folder, readdirSync(folder).includes(file) ? file : join("contracts", file));
  const text = statSync(path).isFile() ? readFileSync(path, "utf8") : "";
  const edited = text.replace(from, to);
  writeFileSync(path, edited);
  return { folder, changed: edited !== text };
}

/** Whether it was changed, and is refused for that. Gone afterwards. */
export function exampleRefused({ changed, folder }: Edited): boolean {
  try {
    return changed && ranNode([command, "check"], { cwd: folder }).status === 4;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
