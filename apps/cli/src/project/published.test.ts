import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders, type Called } from "../testing/cli.ts";

afterEach(removeFolders);

/** The least that is a workflow: what is sent is admitted, or not. */
const machine = {
  WF_ASK_V0: `wf_code: WF_ASK_V0
version: v0
core:
  start_node: IN_ASK_V0
  nodes:
    IN_ASK_V0: { type: IN, code: IN_ASK_V0, next: { ACK: EXIT_YES } }
    EXIT_YES: { type: EXIT, reason: COMPLETED }
`,
  IN_ASK_V0: `in_code: IN_ASK_V0
version: v0
core: { workflow: WF_ASK_V0, inputs: { name: { type: string, required: true } } }
`,
};

const markdown = (yaml: string): string => `# For people\n\n## Machine\n\n\`\`\`yaml\n${yaml}\`\`\`\n`;

const documents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(machine).map(([code, yaml]) => [`${folder}/${code}.md`, markdown(yaml)]));

const ran = (cwd: string, payload: string, ...more: readonly string[]): Promise<Called> =>
  called(["run", "--json", "--wf", "shop::WF_ASK_V0", "--payload", "-", ...more], { cwd, stdin: payload });

const project = (): string =>
  folderWith({
    "omnibase.yaml": "published: { registry/ask: shop }\n",
    ...documents("registry/ask"),
    "registry/ask/README.md": "# Nothing to execute\n",
    "registry/ask/TEST_DATA_CT_A_V0.md": "# Cases\n",
  });

describe("published Markdown", () => {
  it("is executed in the namespace that the project says, and what is sent beside is let through", async () => {
    const cwd = project();
    const { exit, out } = await ran(cwd, '{"name":"Ada","more":1}', "--mode", "runtime");
    expect({ exit, document: documentIn({ out }) }).toMatchObject({
      exit: 0,
      document: { status: "SUCCESS", exit_node: "EXIT_YES", exit_reason: "COMPLETED" },
    });
  });

  it("ends without an exit where no edge takes a status", async () => {
    const { exit, out } = await ran(project(), "{}");
    expect({ exit, document: documentIn({ out }) }).toMatchObject({
      exit: 1,
      document: {
        status: "FAILED",
        class: "failed",
        exit_node: null,
        exit_reason: "NO_TRANSITION",
        nack: [{ field: "name", code: "REQUIRED" }],
        route: [{ node: "IN_ASK_V0", outcome: "NACK" }],
      },
    });
  });

  it("is checked with warnings, and refused in strict mode", async () => {
    const cwd = project();
    const problem = { code: "OUTCOME_WITHOUT_EDGE", at: { file: "registry/ask/WF_ASK_V0.md", line: 11, column: 51 } };
    const mild = await called(["check", "--json", "--wf", "shop::WF_ASK_V0"], { cwd });
    expect(mild.exit).toBe(0);
    expect(documentIn(mild)).toMatchObject({ problems: [{ ...problem, severity: "warning" }] });
    const strict = await called(["check", "--json", "--strict"], { cwd });
    expect(strict.exit).toBe(4);
    const cases = { code: "ARTIFACT_SCHEMA", at: { file: "registry/ask/TEST_DATA_CT_A_V0.md" } };
    expect(documentIn(strict)).toMatchObject({
      problems: [
        { ...cases, severity: "error" },
        { ...problem, severity: "error" },
      ],
    });
    const whole = await called(["check", "--json"], { cwd });
    expect(whole.exit).toBe(0);
    expect(documentIn(whole)).toMatchObject({ problems: [{ ...cases, severity: "warning" }, problem] });
  });

  it("says how many warnings there are before it runs", async () => {
    const args = ["run", "--wf", "WF_ASK_V0", "--payload", "-"];
    const { err, exit } = await called(args, { cwd: project(), stdin: '{"name":"Ada"}' });
    expect(exit).toBe(0);
    expect(err).toContain("1 warning; `omnibase check` says which");
  });

  it("says as a result that there is no such workflow", async () => {
    const { exit, out } = await called(["run", "--json", "--wf", "shop::WF_NOPE_V0", "--payload", "-"], {
      cwd: project(),
      stdin: "{}",
    });
    expect(exit).toBe(3);
    expect(documentIn({ out })).toMatchObject({
      code: "WORKFLOW_NOT_FOUND",
      status: "FAILED",
      exit_reason: "WORKFLOW_NOT_FOUND",
      exit_node: null,
      route: [],
    });
  });

  it.each([
    ["published: shop", "CONFIG_TYPE"],
    ["published: { ../else: shop }", "CONFIG_VALUE"],
    ["published: { .hidden: shop }", "CONFIG_VALUE"],
    ["published: { registry: a b }", "CONFIG_VALUE"],
    ["published: { registry: 1 }", "CONFIG_TYPE"],
  ])("is not looked for where the project says %s", async (config, code) => {
    const { exit, out } = await called(["check", "--json"], { cwd: folderWith({ "omnibase.yaml": `${config}\n` }) });
    expect(exit).toBe(2);
    expect(documentIn({ out })).toMatchObject({ code });
  });
});

it("reads artifacts of our own out of Markdown, strictly, and other Markdown not at all", async () => {
  const cwd = folderWith({
    "omnibase.yaml": "namespace: shop\n",
    ...documents("contracts"),
    "contracts/README.md": "# For people\n",
    "contracts/EV_EMPTY_V0.md": "# Nothing\n",
  });
  const { exit, out } = await called(["check", "--json"], { cwd });
  expect(exit).toBe(4);
  expect(documentIn({ out })).toMatchObject({
    problems: [
      { code: "MACHINE_BLOCK_MISSING", at: { file: "contracts/EV_EMPTY_V0.md" } },
      { code: "ARTIFACT_SCHEMA", at: { file: "contracts/WF_ASK_V0.md", line: 12 } },
    ],
  });
});
