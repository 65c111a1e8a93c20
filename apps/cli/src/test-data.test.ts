import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const published = fileURLToPath(
  new URL("../../../../shared/conformance/pgs/upstream/pgs_capabilities/pgs_transforms", import.meta.url),
);
if (!existsSync(published)) console.warn(`skipped: there are no published cases at ${published}`);

const project = {
  "omnibase.yaml": "namespace: demo\nimplementations: ./transforms\n",
  "transforms/double.ts":
    'export function execute({ of }: { readonly of: number }) {\n  if (of < 0) throw new Error("below nothing");\n  return { outcome: "SUCCESS", value: { twice: of * 2 } };\n}\n',
  "contracts/CT_DOUBLE_V0.yaml": `ct_code: CT_DOUBLE_V0
version: v0
core:
  inputs: { of: { type: integer, required: true } }
  outputs: { twice: { type: integer, required: true } }
  outcomes: [SUCCESS]
implementation: { typescript: double }
`,
  "contracts/TEST_DATA_CT_DOUBLE_V0.md": `# Cases

## Target

\`\`\`yaml
ct_code: demo::CT_DOUBLE_V0
\`\`\`

### Case 1: one

\`\`\`yaml
case_id: one
bindings: { of: 1 }
expected: { twice: 2 }
\`\`\`

### Case 2: below

\`\`\`yaml
bindings: { of: -1 }
expected_outcome: ERROR
\`\`\`
`,
};

const file = "contracts/TEST_DATA_CT_DOUBLE_V0.md";
const failing = { ...project, [file]: project[file].replace("twice: 2", "twice: 3") };

afterEach(removeFolders);

describe("cases of a transform", () => {
  it("are executed, and said case by case", async () => {
    const cwd = folderWith(project);
    expect(await called(["test"], { cwd })).toMatchObject({
      exit: 0,
      out: "ok      demo::CT_DOUBLE_V0  one\nok      demo::CT_DOUBLE_V0  below\n2 cases, 0 failed\n",
    });
    expect(await called(["test", "--transform", "demo::CT_OTHER_V0"], { cwd })).toMatchObject({ exit: 3 });
  });

  it("keep what does not hold from being sealed, at its line", async () => {
    const cwd = folderWith(failing);
    const refused = await called(["check"], { cwd });
    expect(refused.exit).toBe(4);
    expect(refused.err).toContain("TEST_CASE_FAILED");
    expect(refused.err).toContain(`${file}:14:20`);
    expect((await called(["compile"], { cwd })).exit).toBe(4);
    const tested = await called(["test", "--transform", "demo::CT_DOUBLE_V0", "--json"], { cwd });
    expect(tested.exit).toBe(1);
    expect(documentIn(tested)["cases"]).toMatchObject([
      { case: "one", passed: false, failures: ["twice is 2, not 3"], at: { line: 9 } },
      { case: "below", passed: true },
    ]);
    expect((await called(["test"], { cwd })).out).toContain("twice is 2, not 3");
  });

  it("are executed as the published compiler left them, one a file", async () => {
    const fqdn = "capability_transforms::CT_PURE_LOOKUP_V0";
    const any = { type: "any", required: true };
    const core = { inputs: { key: any, map: any }, outputs: { result: any } };
    const frontmatter = { ct_code: "CT_PURE_LOOKUP_V0", version: "v0", core };
    const inputs = { key: "a", map: { a: 1 } };
    const one = { artifact_type: "CT_CONFORMANCE", fqdn: `${fqdn}::own`, ct_fqdn: fqdn, ct_ir: { inputs } };
    const cwd = folderWith({
      "protocol_snapshot/artifacts/ct.json": JSON.stringify({ namespace: "capability_transforms", frontmatter }),
      "protocol_snapshot/conformance/own.json": JSON.stringify({ ...one, expected: { result: 2 } }),
    });
    expect(await called(["test", "--workspace", "."], { cwd })).toMatchObject({
      exit: 1,
      out: `FAILED  ${fqdn}  own\n        result is 1, not 2\n1 case, 1 failed\n`,
    });
    expect((await called(["check", "--workspace", "."], { cwd })).exit).toBe(0);
  });

  it("are not executed again where neither they nor the code have changed", async () => {
    const cwd = folderWith(project);
    await called(["compile"], { cwd });
    await called(["test"], { cwd });
    const cache = join(cwd, ".omnibase/cache");
    const kept = readdirSync(cache).find((name) => name.endsWith(".answers")) ?? "";
    const text = readFileSync(join(cache, kept), "utf8");
    expect(text).toContain('{"outcome":"SUCCESS","value":{"twice":2}}');
    writeFileSync(join(cwd, file), project[file].replace("{ of: 1 }", "{ of: 5 }").replace("twice: 2", "twice: 10"));
    await called(["test"], { cwd });
    const changed = readFileSync(join(cache, kept), "utf8");
    expect(changed).toContain('{"twice":10}');
    expect(changed).not.toContain('{"twice":2}');
    // Nobody but us is believed what the code answers.
    writeFileSync(join(cache, kept), changed.replace('{"twice":10}', '{"twice":11}'));
    expect(await called(["test"], { cwd })).toMatchObject({ exit: 0 });
  });

  it("are no reason to execute what is not pure", async () => {
    const cwd = folderWith({
      ...project,
      "transforms/double.ts":
        'import { writeFileSync } from "node:fs";\nwriteFileSync("touched", "");\nexport const execute = () => ({ outcome: "SUCCESS", value: {} });\n',
    });
    expect((await called(["check"], { cwd })).err).toContain("PURITY_VIOLATION");
    const tested = await called(["test"], { cwd });
    expect(tested).toMatchObject({ exit: 0, out: "0 cases, 0 failed\n" });
    expect(tested.err).toContain("1 other problem;");
    expect(existsSync(join(cwd, "touched"))).toBe(false);
  });

  it("are missed where there are none", async () => {
    const { [file]: _, ...without } = project;
    const cwd = folderWith(without);
    expect((await called(["check"], { cwd })).err).toContain("TEST_DATA_MISSING");
    expect(await called(["test"], { cwd })).toMatchObject({ exit: 0, out: "0 cases, 0 failed\n" });
  });

  it("say where their Markdown is not YAML, or no map", async () => {
    const cwd = folderWith({ ...project, [file]: project[file].replace("{ of: 1 }", "{ of: 1") });
    expect((await called(["check"], { cwd })).err).toContain(`${file}:`);
    const flat = folderWith({ ...project, [file]: "### Case 1: x\n\n```yaml\n7\n```\n\n### Case 2: y\n" });
    expect((await called(["check"], { cwd: flat })).err).toContain("the key transform is absent");
  });

  it.runIf(existsSync(published))("are held by the built-ins as they were published", async () => {
    const namespaces = "published: { cases: capability_transforms, transforms: capability_transforms }\n";
    const cwd = folderWith({ "omnibase.yaml": `namespace: demo\n${namespaces}` });
    cpSync(join(published, "testbed/ct_test_data"), join(cwd, "cases"), { recursive: true });
    cpSync(join(published, "registry"), join(cwd, "transforms"), { recursive: true });
    const tested = await called(["test"], { cwd });
    expect(tested.out).toContain("12 cases, 0 failed");
  });

  it("of built-ins are executed, too, those of keys among them", async () => {
    const cwd = folderWith({
      "omnibase.yaml": "namespace: demo\n",
      "contracts/TEST_DATA_HASH_V0.yaml": `test_data_code: TEST_DATA_HASH_V0
version: v0
core:
  transform: std::CT_PURE_KECCAK256_HASH_V0
  cases:
    nothing:
      bindings: { input_bytes: "0x" }
      assertions: { hash_hex: { mode: schema, type: hex_string, byte_length: 32 } }
`,
    });
    expect(await called(["test"], { cwd })).toMatchObject({
      exit: 0,
      out: expect.stringContaining("1 case, 0 failed"),
    });
  });
});
