import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, greetProject, removeFolders } from "./testing/cli.ts";

let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

const edit = (name: string, from: string, to: string): void => {
  const file = join(cwd, name);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
};

const breakIt = (): void => {
  edit("contracts/WF_GREET_V0.yaml", "VIOLATION: EXIT_BAD, ", "");
  writeFileSync(join(cwd, "contracts/SECOND WF.yaml"), readFileSync(join(cwd, "contracts/WF_GREET_V0.yaml")));
};

/** What the interchange format demands of every run, and our one run has. */
const skeleton = {
  $schema: expect.stringContaining("sarif-schema-2.1.0.json"),
  version: "2.1.0",
  runs: [{ tool: { driver: { name: "omnibase", semanticVersion: expect.any(String) } }, columnKind: "utf16CodeUnits" }],
};

interface SarifRun {
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly exitCode: number }[];
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
}

function runIn(out: string): SarifRun {
  const document: { readonly runs: readonly [SarifRun] } = JSON.parse(out);
  expect(document).toMatchObject(skeleton);
  return document.runs[0];
}

const located = (uri: string): readonly object[] => [{ physicalLocation: { artifactLocation: { uri } } }];

const uri = (name: string): object => ({ artifactLocation: { uri: `contracts/${name}` } });

describe("sarif", () => {
  it("holds every problem with its rule, place, hint and the other places that belong to it", async () => {
    breakIt();
    const refused = await called(["check", "--format", "sarif"], { cwd });
    expect(refused.exit).toBe(4);
    const { invocations, results, tool } = runIn(refused.out);
    expect(invocations).toEqual([{ executionSuccessful: true, exitCode: 4 }]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["ARTIFACT_DUPLICATE", "OUTCOME_WITHOUT_EDGE"]);
    expect(results).toMatchObject([
      {
        ruleId: "OUTCOME_WITHOUT_EDGE",
        ruleIndex: 1,
        level: "error",
        message: { text: expect.stringMatching(/VIOLATION.*\nhint: add an edge for VIOLATION$/) },
        locations: [
          {
            physicalLocation: { ...uri("SECOND%20WF.yaml"), region: { startLine: 16, startColumn: 13 } },
            logicalLocations: [{ fullyQualifiedName: "/core/nodes/CC_KEEP/next" }],
          },
        ],
      },
      {
        ruleId: "ARTIFACT_DUPLICATE",
        ruleIndex: 0,
        locations: [{ physicalLocation: uri("WF_GREET_V0.yaml") }],
        relatedLocations: [{ id: 0, physicalLocation: uri("SECOND%20WF.yaml"), message: { text: expect.any(String) } }],
      },
    ]);
    expect(refused.err).toContain("COMPILE_REFUSED 2 problems");
  });

  it("is a whole document also where nothing is wrong, and where nothing could be looked at", async () => {
    const clean = await called(["compile", "--format=sarif"], { cwd });
    expect(clean).toMatchObject({ exit: 0, err: "" });
    expect(runIn(clean.out)).toMatchObject({ invocations: [{ executionSuccessful: true, exitCode: 0 }], results: [] });
    const lost = await called(["check", "--format", "sarif"], { cwd: folderWith({}) });
    expect(lost).toMatchObject({ exit: 2, err: expect.stringContaining("PROJECT_NOT_FOUND") });
    expect(runIn(lost.out).invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolConfigurationNotifications: [{ level: "error", descriptor: { id: "PROJECT_NOT_FOUND" } }],
      },
    ]);
  });

  it("names files as they are seen from the call, and absolutely where they are not below it", async () => {
    edit("contracts/WF_GREET_V0.yaml", "VIOLATION: EXIT_BAD, ", "");
    const [above, beside] = [dirname(cwd), join(cwd, "elsewhere")];
    mkdirSync(beside);
    const uriFrom = async (from: string): Promise<unknown> => {
      const { results } = runIn((await called(["check", "--workspace", cwd, "--format", "sarif"], { cwd: from })).out);
      return results[0]?.["locations"];
    };
    const name = cwd.slice(above.length + 1);
    expect(await uriFrom(above)).toMatchObject(located(`${name}/contracts/WF_GREET_V0.yaml`));
    expect(await uriFrom(beside)).toMatchObject(located(`file://${cwd}/contracts/WF_GREET_V0.yaml`));
  });

  it("explains its rules, and of one that it does not know says only the name", async () => {
    writeFileSync(join(cwd, "omnibase.yaml"), "namespace: demo\ncolour: red\n");
    const { results, tool } = runIn((await called(["check", "--format", "sarif"], { cwd })).out);
    expect(tool.driver.rules).toMatchObject([{ id: "CONFIG_UNKNOWN_KEY", help: { text: expect.any(String) } }]);
    expect(results).toMatchObject([
      { locations: [{ physicalLocation: { region: { startLine: 2, startColumn: 1 } } }] },
    ]);
  });
});

describe("annotations for GitHub", () => {
  it("stand on lines of their own, one for each problem, with file, line, column and code", async () => {
    breakIt();
    const refused = await called(["check", "--format", "github"], { cwd });
    expect(refused.exit).toBe(4);
    expect(refused.out.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^::error file=contracts\/SECOND WF\.yaml,line=16,col=13,title=OUTCOME_\w+::.+%0Ahint: /),
      expect.stringMatching(/^::error file=contracts\/WF_GREET_V0\.yaml,line=1,col=10,title=ARTIFACT_DUPLICATE::/),
    ]);
    expect(refused.err).toMatch(/^omnibase: COMPILE_REFUSED 2 problems\n/);
  });

  it("escape whatever would end a property, a message or the line", async () => {
    writeFileSync(join(cwd, "contracts/A,b:c%\n::error::.yaml"), "a: 1\n");
    writeFileSync(join(cwd, "contracts/B.yaml"), 'wf_code: "100%\\r\\n::error::x"\nversion: v0\ncore: {}\n');
    const { out } = await called(["check", "--format", "github"], { cwd });
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^::error file=contracts\/A%2Cb%3Ac%25\\u\{a\}%3A%3Aerror%3A%3A\.yaml,line=1,col=1,title=/,
    );
    expect(lines[1]).toContain("100%25\\u{d}\\u{a}");
    for (const line of lines) expect(line).toMatch(/^::error [^:]+::[^\r\n]+$/);
  });

  it("are followed by the result where nothing is wrong, and name what kept us from looking", async () => {
    expect(await called(["check", "--format", "github"], { cwd })).toMatchObject({
      exit: 0,
      out: "6 files, 1 workflow, no problems\n",
    });
    const lost = await called(["check", "--format", "github"], { cwd: folderWith({}) });
    expect(lost.out).toMatch(/^::error title=PROJECT_NOT_FOUND::.+%0Ahint: .+\n$/);
  });
});

/** A compiled artifact as it is published. */
const published = (namespace: string, frontmatter: object): string =>
  JSON.stringify({ frontmatter: { version: "v0", ...frontmatter }, namespace }, undefined, 1);

const folder = "protocol_snapshot/artifacts";

const publishedProject = (): string =>
  folderWith({
    [`${folder}/a.json`]: published("old", {
      wf_code: "WF_OLD_V0",
      governed_by: "fb.topology::NOWHERE_V0",
      core: {
        start_node: "IN",
        nodes: {
          IN: { type: "IN", code: "IN_OLD_V0", next: { ACK: "OUT", NACK: "OUT" } },
          OUT: { type: "EXIT", reason: "COMPLETED" },
        },
      },
    }),
    [`${folder}/b.json`]: published("old", { in_code: "IN_OLD_V0", core: { workflow: "WF_OLD_V0", inputs: {} } }),
  });

const check = (at: string, ...more: readonly string[]): ReturnType<typeof called> =>
  called(["check", "--workspace", at, ...more], { cwd: at });

describe("warnings about published artifacts", () => {
  it("are told in every format, and keep nobody from going on", async () => {
    const at = publishedProject();
    const human = await check(at);
    expect(human).toMatchObject({ exit: 0, out: "2 files, 1 workflow, 1 warning\n" });
    expect(human.err).toMatch(/^protocol_snapshot\/artifacts\/a\.json:5:18 warning REFERENCE_UNRESOLVED .+\n {2}5 \|/);
    expect(documentIn(await check(at, "--json"))["problems"]).toMatchObject([{ severity: "warning" }]);
    const { results } = runIn((await check(at, "--format", "sarif")).out);
    expect(results).toMatchObject([{ ruleId: "REFERENCE_UNRESOLVED", level: "warning" }]);
    const { out } = await check(at, "--format", "github");
    expect(out).toMatch(
      /^::warning file=protocol_snapshot\/artifacts\/a\.json,line=5,col=18,title=REF\w+::.+\n2 files/,
    );
    const compiled = await called(["compile", "--workspace", at], { cwd: at });
    expect(compiled).toMatchObject({ exit: 0, err: "1 warning; `omnibase check` says which\n" });
  });

  it("are refusals where that is asked for", async () => {
    const at = publishedProject();
    expect((await check(at, "--strict")).exit).toBe(4);
    for (const words of [["compile"], ["authority"], ["diff", "."]]) {
      expect((await called([...words, "--workspace", at, "--strict"], { cwd: at })).exit).toBe(4);
      expect((await called([...words, "--workspace", at, "--wf", "old::WF_OLD_V0"], { cwd: at })).exit).toBe(0);
      expect((await called([...words, "--workspace", at, "--wf", "old::NOTHING"], { cwd: at })).exit).toBe(3);
    }
  });
});

describe("formats", () => {
  it("are refused where nothing is looked for, and where they do not exist", async () => {
    for (const args of [
      ["history", "--format", "sarif"],
      ["check", "--format", "xml"],
      ["--format", "xml", "check"],
    ]) {
      const refused = await called(args, { cwd });
      expect(refused.exit).toBe(2);
      expect(refused.err).toMatch(/USAGE_INVALID_VALUE option '--format <FORMAT>' argument '\w+' is invalid/);
    }
    expect((await called(["check", "--help"], { cwd })).out).toContain("sarif 2.1.0 or github");
  });

  it("give way to JSON", async () => {
    expect(documentIn(await called(["check", "--format", "sarif", "--json"], { cwd }))).toMatchObject({
      schema: "omnibase-checked/1",
      problems: [],
    });
  });

  it("are completed where they are possible", async () => {
    const { out } = await called(["completion", "words", "--", "check", "--format", ""], { cwd });
    expect(out).toBe("human\njson\nyaml\nsarif\ngithub\n");
  });
});
