import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, ranNode, root } from "../judge/programs.ts";
import type { Ran } from "../judge/programs.ts";

/** The first example in a folder of its own, and the command called there. */
export interface Greeted {
  readonly folder: string;
  readonly called: (...args: readonly string[]) => Ran;
  /** Greets Ada, and says by which execution. */
  readonly greet: () => string;
}

export function withGreeting<T>(work: (greeted: Greeted) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-greeted-"));
  try {
    for (const part of ["omnibase.yaml", "contracts"]) {
      cpSync(join(root, "examples/01-greet", part), join(folder, part), { recursive: true });
    }
    writeFileSync(join(folder, "ada.json"), '{"name":"Ada"}');
    const called: Greeted["called"] = (...args) => ranNode([command, ...args], { cwd: folder });
    const greet = (): string => {
      const { stdout } = called("run", "--wf", "demo::WF_GREET_V0", "--payload", "ada.json", "--json");
      const { execution }: { readonly execution: string } = JSON.parse(stdout);
      return execution;
    };
    return work({ folder, called, greet });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Said = "ok" | "failed";

export const said = (holds: boolean): Said => (holds ? "ok" : "failed");
