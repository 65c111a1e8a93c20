import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { called, documentIn, folderWith, greet, removeFolders } from "./testing/cli.ts";

const example = readFileSync(
  fileURLToPath(new URL("../../../examples/04-one-file/WF_GREET_V0.yaml", import.meta.url)),
  "utf8",
);
const folder = (more: Readonly<Record<string, string>> = {}): string =>
  folderWith({ "WF_GREET_V0.yaml": example, "ada.json": '{"name":"Ada"}', ...more });

afterEach(removeFolders);

it("is not longer than a page of a notebook", () => {
  expect(example.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
});

it("is all that a folder needs to be executed", async () => {
  const cwd = folder();
  const first = documentIn(await called(greet("ada.json", "--json"), { cwd }));
  expect(first).toMatchObject({
    status: "SUCCESS",
    exit_node: "EXIT_NEW",
    outcome: "GREETED",
    outputs: { id: "GR_21844d298efe7a0a" },
    emitted: ["demo::EV_GREETED_V0"],
    route: [
      { node: "IN_GREET_V0", outcome: "ACK" },
      { node: "ID", outcome: "SUCCESS" },
      { node: "KEEP", outcome: "SUCCESS" },
      { node: "EXIT_NEW", outcome: "completed" },
    ],
  });
  const second = documentIn(await called(greet("ada.json", "--json"), { cwd }));
  expect(second).toMatchObject({ exit_node: "EXIT_OLD", outcome: "KNOWN" });
  const replayed = await called(["replay", String(first["execution"])], { cwd });
  expect(replayed).toMatchObject({ exit: 0 });
});

it("takes its namespace from the project file, where it names none", async () => {
  const cwd = folderWith({
    "omnibase.yaml": "namespace: demo\n",
    "WF_GREET_V0.yaml": example.replace("namespace: demo\n", ""),
    "ada.json": '{"name":"Ada"}',
  });
  expect(documentIn(await called(greet("ada.json", "--json"), { cwd }))).toMatchObject({ outcome: "GREETED" });
});

it("leaves alone what else lies there", async () => {
  const cwd = folder({ "compose.yaml": "services: {}", "node_modules/WF_OTHER_V0.yaml": "nonsense" });
  expect(await called(["check"], { cwd })).toMatchObject({ exit: 0, out: expect.stringContaining("1 file,") });
});

it("may say what may enter as a JSON Schema", async () => {
  const schema =
    '{ type: object, required: [name], properties: { name: { type: string, pattern: "^[A-Z]" } }, additionalProperties: false }';
  const inputs = "inputs: { name: { type: string, required: true, min_length: 1, max_length: 80 } }";
  const cwd = folder({ "WF_GREET_V0.yaml": example.replace(inputs, `schema: ${schema}`) });
  expect(documentIn(await called(greet("ada.json", "--json"), { cwd }))).toMatchObject({ outcome: "GREETED" });
  const refused = await called(greet("-", "--json"), { cwd, stdin: '{"name":"ada","age":7}' });
  expect(documentIn(refused)).toMatchObject({
    exit_node: "EXIT_REJECTED",
    nack: [
      { field: "name", code: "PATTERN" },
      { field: "age", code: "UNDECLARED" },
    ],
  });
});

it("is refused with lines of its own", async () => {
  const cwd = folder({ "WF_GREET_V0.yaml": example.replace("ALREADY_EXISTS: EXIT_OLD, ", "") });
  const refused = await called(["check"], { cwd });
  expect(refused.exit).toBe(4);
  expect(refused.err).toContain("WF_GREET_V0.yaml:20:11");
});

it("stands beside published artifacts, and is found by its name", async () => {
  const cwd = folder({ "omnibase.yaml": "published: { registry: shop }\n", "registry/EV_A_V0.md": published });
  expect(documentIn(await called(greet("ada.json", "--json"), { cwd }))).toMatchObject({ outcome: "GREETED" });
});

const published = "## Machine\n\n```yaml\nev_code: EV_A_V0\nversion: v0\ncore: { schema: {} }\n```\n";
