import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, ranNode, root } from "./programs.ts";

/** Whether an example that is right is refused once one of its files says something else. */
export function editRefused(example: string, file: string, from: string | RegExp, to: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-edited-"));
  try {
    cpSync(join(root, "examples", example), folder, { recursive: true });
    const before = ranNode([command, "check"], { cwd: folder }).status;
    const path = join(folder, readdirSync(folder).includes(file) ? file : join("contracts", file));
    const text = readFileSync(path, "utf8");
    const edited = text.replace(from, to);
    writeFileSync(path, edited);
    return before === 0 && edited !== text && ranNode([command, "check"], { cwd: folder }).status === 4;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
