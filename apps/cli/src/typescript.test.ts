import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { called, documentIn, exampleProject, folderWith, removeFolders, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const payload = { "ada.json": '{"name":"Ada"}' };
const hello = (): string => exampleProject("30-typescript", payload);
const run = (cwd: string): Promise<Called> =>
  called(["run", "--wf", "hello::WF_HELLO_V0", "--payload", "ada.json", "--json"], { cwd });

/** Replaces a text of the definitions, which stands there once. */
function changed(cwd: string, from: string, to: string): void {
  const file = join(cwd, "omnibase.ts");
  const text = readFileSync(file, "utf8");
  if (text.split(from).length !== 2) throw new Error(`${from} does not stand there once`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

/** What is found in the example, each place once, as \`CODE line:column\`. */
async function found(cwd: string): Promise<readonly string[]> {
  const { err } = await called(["check"], { cwd });
  const problems = [...err.matchAll(/^omnibase\.ts:(\d+):(\d+) error (\w+)/gm)];
  return [...new Set(problems.map(([, line, column, code]) => `${code} ${line}:${column}`))];
}

it("is not longer than it should be", () => {
  const text = readFileSync(join(hello(), "omnibase.ts"), "utf8");
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(15);
});

it("is compiled and executed like any other project, also from what was kept", async () => {
  const cwd = hello();
  const first = documentIn(await run(cwd));
  expect(first).toMatchObject({
    outcome: "GREETED",
    outputs: { greeting: "Hello, Ada!" },
    route: [{ node: "IN_HELLO_V0" }, { node: "HELLO", outcome: "SUCCESS" }, { node: "DONE" }],
  });
  // Nothing is evaluated now: what was compiled last time, and the code in it, is taken as it was sealed.
  const elsewhere = ["--data-root", join(cwd, "elsewhere")];
  const again = await called(["run", "--wf", "hello::WF_HELLO_V0", "--payload", "ada.json", "--json", ...elsewhere], {
    cwd,
  });
  expect(documentIn(again)).toMatchObject({ outputs: { greeting: "Hello, Ada!" }, snapshot: first["snapshot"] });
  expect(await called(["replay", String(first["execution"])], { cwd })).toMatchObject({ exit: 0 });
});

it("seals the code of a transform, and not what stands around it", async () => {
  const cwd = hello();
  const sealed = async (): Promise<unknown> => documentIn(await called(["compile", "--json"], { cwd }))["snapshot"];
  const first = await sealed();
  changed(cwd, "export const greet", "// to whom it may concern\nexport const greet");
  expect(await sealed()).toBe(first);
  changed(cwd, "Hello, ", "Good day, ");
  expect(await sealed()).not.toBe(first);
});

it.each([
  ["a path to nothing", '"$.payload.name"', '"$.payload.nam"', ["PAYLOAD_FIELD_UNKNOWN 10:48"]],
  ["an edge to no node", 'VIOLATION: "BAD" }', 'VIOLATION: "WORSE" }', ["GRAPH_DANGLING_EDGE 10:104"]],
  ["a class that is none", '"rejected"', '"refused"', ["ARTIFACT_SCHEMA 12:33"]],
  ["a key that nobody reads", "max_length: 80", "max_lenght: 80", ["UNKNOWN_KEY 2:45"]],
  ["code that is not pure", "Hello, ${name}!", "${new Date()}", ["PURITY_VIOLATION 4:108"]],
  ["code that takes what is outside", "Hello, ${name}!", "${input}", ["RUN_NOT_SEALED 4:104"]],
  ["code that writes what it must not", "greeting: `", "greeting: this.x + `", ["PURITY_VIOLATION 4:101"]],
])("says where %s stands", async (_, from, to, problems) => {
  const cwd = hello();
  changed(cwd, from, to);
  expect(await found(cwd)).toEqual(problems);
});

const definition = (code: string, more = ""): string =>
  `import { defineTransform } from "@omnibase/sdk";
export const own = defineTransform({ code: "${code}", input: {}, output: {}, run: () => ({ ${more} }) });\n`;

it("reads definitions beside files of other dialects, and says which file defines nothing", async () => {
  const cwd = folderWith({
    "omnibase.yaml": "namespace: demo\n",
    "contracts/own.ts": definition("CT_OWN_V0"),
    "contracts/own.test.ts": "throw new Error('a test is none');",
    "contracts/parts/nothing.ts": "export const nothing = 1;",
    "WF_X_V0.yaml": `workflow: WF_X_V0
version: v0
intent: { inputs: {}, next: { ACK: OWN, NACK: END } }
nodes:
  OWN: { transform: "demo::CT_OWN_V0", next: { SUCCESS: END, VIOLATION: END } }
  END: { type: EXIT, class: completed, outcome: DONE }
`,
  });
  const { err, exit } = await called(["check"], { cwd });
  expect([exit, err]).toEqual([4, expect.stringContaining("contracts/parts/nothing.ts:1:1 error DEFINITION_MISSING")]);
  expect(err).toContain("1 problem, 1 warning");
  writeFileSync(join(cwd, "contracts/parts/nothing.ts"), 'export { own } from "../own.ts";');
  expect(await called(["check"], { cwd })).toMatchObject({ exit: 0, out: expect.stringContaining("3 files") });
});

it("leaves code alone that lies among the artifacts", async () => {
  const code = 'export const execute = () => ({ outcome: "SUCCESS", value: {} });';
  const cwd = folderWith({
    "omnibase.yaml": "namespace: demo\nimplementations: ./contracts/code\n",
    "contracts/code/own.ts": code,
    "contracts/own.ts": definition("CT_OWN_V0"),
  });
  expect(await called(["check"], { cwd })).toMatchObject({ exit: 0, out: expect.stringContaining("1 file,") });
});

it("notices two codes of one name", async () => {
  const cwd = folderWith({
    "omnibase.yaml": "namespace: demo\n",
    "contracts/one.ts": definition("CT_OWN_V0"),
    "contracts/two.ts": definition("CT_OWN_V0", "x: 1"),
  });
  expect((await called(["check"], { cwd })).err).toContain("contracts/two.ts:2:85 error NAME_DUPLICATE");
});

it("compiles anew when something that it imports has changed", async () => {
  const cwd = folderWith({
    "omnibase.ts": `import { defineWorkflow } from "@omnibase/sdk";
import { outcome } from "./parts/outcome.ts";
export const only = defineWorkflow({
  code: "WF_ONLY_V0",
  namespace: "demo",
  intent: { input: {}, next: { ACK: "END", NACK: "END" } },
  nodes: { END: { type: "EXIT", class: "completed", outcome } },
});
`,
    "parts/outcome.ts": 'export const outcome: string = "ONE";',
    "none.json": "{}",
  });
  const outcome = async (): Promise<unknown> =>
    documentIn(await called(["run", "--wf", "demo::WF_ONLY_V0", "--payload", "none.json", "--json"], { cwd }))[
      "outcome"
    ];
  expect(await outcome()).toBe("ONE");
  writeFileSync(join(cwd, "parts/outcome.ts"), 'export const outcome: string = "TWO";');
  expect(await outcome()).toBe("TWO");
});

const ofLibrary = `{
  "~standard": {
    version: 1,
    vendor: "a library",
    jsonSchema: { input: () => said, output: () => said },
  },
}`;

it.each([
  ["fields", "{ name: text(), pin: text({ secret: true }) }", "true"],
  ["a schema that says so", ofLibrary, "true"],
  ["a schema of which it is said", `withSecrets(${ofLibrary}, "pin")`, "false"],
])("records what is secret sealed, where it is declared by %s", async (_, input, secret) => {
  const cwd = folderWith({
    "omnibase.yaml": "namespace: demo\n",
    "omnibase.ts": `import { integer, defineTransform, defineWorkflow, text, withSecrets } from "@omnibase/sdk";
const properties = { name: { type: "string" }, pin: { type: "string", secret: ${secret} } };
const said = { type: "object", properties, required: ["name", "pin"] };
void [text, withSecrets, said];
const look = defineTransform({
  code: "CT_LOOK_V0",
  input: { pin: text({ secret: true }) },
  output: { long: integer() },
  run: ({ pin }) => ({ long: pin.length }),
});
export const only = defineWorkflow({
  code: "WF_ONLY_V0",
  intent: { input: ${input}, next: { ACK: "LOOK", NACK: "BAD" } },
  nodes: {
    LOOK: { transform: look, inputs: { pin: "$.payload.pin" }, next: { SUCCESS: "END", VIOLATION: "BAD" } },
    END: { type: "EXIT", class: "completed", outcome: "LOOKED", outputs: { long: "$.results.LOOK.long" } },
    BAD: { type: "EXIT", class: "rejected", outcome: "BAD" },
  },
});
`,
    "in.json": '{"name":"Ada","pin":"what nobody shall read"}',
  });
  const ran = await called(["run", "--wf", "demo::WF_ONLY_V0", "--payload", "in.json", "--json"], { cwd });
  const result = documentIn(ran);
  expect(result).toMatchObject({ outcome: "LOOKED", outputs: { long: 22 } });
  const log = await called(["history", String(result["execution"]), "--json"], { cwd });
  expect(log.out).toContain("Ada");
  expect(`${ran.out}${log.out}`).not.toContain("nobody shall read");
  changed(cwd, '"$.results.LOOK.long"', '"$.payload.pin"');
  expect((await called(["check"], { cwd })).err).toContain("SECRET_FLOW");
});
