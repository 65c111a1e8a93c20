import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ran, root } from "../judge/programs.ts";
import { strangerOf } from "../judge/stranger.ts";
import type { Verdict } from "../judge/verdict.ts";

/** From a clone to a receipt that a stranger's verifier accepts, with what the README says and nothing else. */
export function judgeNewcomer(): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-newcomer-"));
  const clone = join(folder, "omnibase");
  try {
    const cloned = ran("git", ["clone", "--quiet", root, clone]).status === 0;
    const started = cloned && ran("npm", ["start"], { cwd: clone }).status === 0;
    const proof = join(folder, "proof");
    const readme =
      started && ran("bash", ["-euo", "pipefail", "-c", readmeScript(clone, proof)], { cwd: clone }).status === 0;
    const { controls, says: stranger } = strangerOf(proof, "Ada", "Adb");
    return {
      pass: started && readme && stranger !== "refuses",
      facts: {
        clone: cloned ? "ok" : "failed",
        start: started ? "ok" : "failed",
        readme: readme ? "ok" : "failed",
        stranger,
      },
      controls,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The blocks of the README's example, in order; ID is the newest execution. */
function readmeScript(clone: string, proof: string): string {
  const section =
    readFileSync(join(clone, "README.md"), "utf8").split("## One example\n")[1]?.split("\n## ")[0] ?? "exit 1";
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const newest =
    "newest() { npx omnibase history --json --limit 1 | node -e 'process.stdin.on(\"data\", (d) => console.log(JSON.parse(d).executions[0].execution))'; }";
  return [newest, blocks.join("\n").replaceAll(/\bID\b/g, "$(newest)"), `cp -r proof ${JSON.stringify(proof)}`].join(
    "\n",
  );
}
