import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { documentIn, folderWith, removeFolders, spawned } from "./testing/cli.ts";

afterEach(removeFolders);

const example = fileURLToPath(new URL("../../../examples/03-lend", import.meta.url));

function lendProject(): string {
  const folder = folderWith({});
  for (const name of ["omnibase.yaml", "contracts", "transforms"]) {
    cpSync(join(example, name), join(folder, name), { recursive: true });
  }
  return folder;
}

const lines = (file: string): readonly string[] => readFileSync(file, "utf8").split("\n").slice(0, -1);

/** The first operation writes a document, the second appends: each is lost before its commit, or made durable by it. */
it.each([
  "operate.before-commit=kill@1",
  "operate.after-commit=kill@1",
  "operate.before-commit=kill@2",
  "operate.after-commit=kill@2",
])("a loan that is killed at %s goes on, is written once, and is replayed", async (failpoint) => {
  const cwd = lendProject();
  const args = ["run", "--wf", "library::WF_LEND_V0", "--payload", "-", "--idempotency-key", "a"];
  const loan = { cwd, stdin: '{"member":"Ada","books":1}' };
  expect((await spawned(args, { ...loan, env: { FAILPOINTS: failpoint } })).exit).toBe(-1);
  const again = documentIn(await spawned([...args, "--json"], loan));
  expect(again).toMatchObject({ status: "SUCCESS", outcome: "LENT", outputs: { left: 1 } });
  expect(JSON.parse(readFileSync(join(cwd, "data/members.json"), "utf8"))).toEqual({ Ada: { left: 1 } });
  const [line = "", ...others] = lines(join(cwd, "data/journal.jsonl"));
  expect(others).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({ sequence_number: 1, stream_id: "Ada", record: { lent: 1 } });
  expect((await spawned(["replay", String(again["execution"])], { cwd })).exit).toBe(0);
});
