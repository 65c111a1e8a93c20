import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { spawned, type Called } from "../../apps/cli/src/testing/cli.ts";
import { isThere, pgs } from "./pgs.ts";

const home = mkdtempSync(join(tmpdir(), "omnibase-markdown-"));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const artifacts = "upstream/pgs_workspace/protocol_snapshot/artifacts";
const sources = "upstream/pgs_ai_governance/pgs_ai_governance/registry/collatz_conjecture";

/** A project of the authors' own Markdown; only of the side effect there is nothing but what was compiled. */
function project(): string {
  const folder = join(home, "project");
  cpSync(join(pgs, sources), join(folder, "registry/collatz"), { recursive: true });
  const sideEffect = "capability_side_effects/capability_side_effects__CS_MUTABLE_JSON_V0.json";
  mkdirSync(join(folder, "protocol_snapshot/artifacts/capability_side_effects"), { recursive: true });
  cpSync(join(pgs, artifacts, sideEffect), join(folder, "protocol_snapshot/artifacts", sideEffect));
  cpSync(join(import.meta.dirname, "implementations"), join(folder, "implementations"), { recursive: true });
  const config = ["published: { registry/collatz: ai_governance }", "implementations: implementations"];
  writeFileSync(join(folder, "omnibase.yaml"), `${config.join("\n")}\n`);
  return folder;
}

describe.skipIf(!isThere)("published Markdown (skipped where ../shared/conformance/pgs is not there)", () => {
  it("is executed like what was compiled of it, and problems stand at its own lines", { timeout: 30_000 }, async () => {
    const cwd = project();
    const call = (...args: readonly string[]): Promise<Called> => spawned(args, { cwd, stdin: '{"numbers":[3]}' });
    const workflow = "ai_governance::WF_DEMO_COLLATZ_CONJECTURE_V0";
    const { exit, out } = await call("run", "--json", "--wf", workflow, "--payload", "-");
    expect({ exit, result: JSON.parse(out) }).toMatchObject({
      exit: 0,
      result: { status: "SUCCESS", exit_node: "EXIT_CONJECTURE_PROVEN" },
    });
    const checked = await call("check", "--json", "--wf", workflow);
    expect(JSON.parse(checked.out)).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          code: "ON_RESULT_TARGET_NOT_EXECUTABLE",
          severity: "warning",
          at: {
            file: "registry/collatz/capability_contracts/CC_VERIFY_TERMINATION_V0.md",
            line: 102,
            column: 18,
          },
        }),
      ]),
    });
  });
});
