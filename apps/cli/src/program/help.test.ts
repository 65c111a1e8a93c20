import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { called, documentIn } from "../testing/cli.ts";
import { wordsIn } from "../testing/shell-words.ts";
import { examplesOf } from "./help.ts";
import { parseArguments } from "./parse.ts";
import { tree } from "./tree.ts";

const cwd = "/";

describe("help", () => {
  it.each(tree.flatMap((spec) => examplesOf(spec).map((example) => [example, spec.name] as const)))(
    "gives the example `%s`, which calls %s",
    (example, name) => {
      const asked = parseArguments(wordsIn(example), "0");
      expect(asked).toMatchObject({ kind: "call", spec: { name } });
    },
  );

  it("is the same by --help, -h and `help`, for a command, a noun and the program", async () => {
    for (const words of [["task", "complete"], ["incident"], []]) {
      const said = await called(["help", ...words], { cwd });
      expect(said).toMatchObject({ exit: 0, err: "" });
      expect(said.out).toMatch(/^Usage: omnibase /);
      expect(await called([...words, "--help"], { cwd })).toEqual(said);
      expect(await called([...words, "-h"], { cwd })).toEqual(said);
    }
  });

  it("tells programs every argument and option", async () => {
    expect(documentIn(await called(["signal", "--help", "--json"], { cwd }))).toMatchObject({
      schema: "omnibase-help/1",
      command: "signal",
      usage: "omnibase signal [options] <ID> <NAME>",
      arguments: [{ name: "ID", required: true }, { name: "NAME" }],
      options: expect.arrayContaining([expect.objectContaining({ name: "payload", value: "FILE" })]),
    });
  });

  it("is the manual that stands in docs/cli.md, and the page for man", async () => {
    // Where a command changed: npx vitest run apps/cli/src/program/help.test.ts -u writes both anew.
    for (const [form, file] of [
      ["markdown", "docs/cli.md"],
      ["man", "apps/cli/man/omnibase.1"],
    ] as const) {
      const { out } = await called(["help", "--manual", form], { cwd });
      await expect(out).toMatchFileSnapshot(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)));
    }
  });
});

describe("a slip", () => {
  it.each([
    [["rnu"], "did you mean run?"],
    [["history", "--limti", "3"], "did you mean --limit?"],
    [["incident", "resolv", "X"], "did you mean resolve?"],
    [["list"], "did you mean `omnibase task list` or `omnibase incident list`?"],
    [["help", "snapshot", "verfy"], "did you mean snapshot verify?"],
  ])("%j is answered with what was meant", async (args, hint) => {
    const refused = await called(args, { cwd });
    expect(refused.err).toContain(`hint: ${hint}`);
    expect(documentIn(await called([...args, "--json"], { cwd }))["hint"]).toBe(hint);
  });

  it("is not hidden by a wish for help", async () => {
    expect(await called(["nonsense", "--help"], { cwd })).toMatchObject({ exit: 2, out: "" });
    expect(await called(["task", "nonsense", "--help"], { cwd })).toMatchObject({ exit: 2, out: "" });
    expect((await called(["help", "nonsense"], { cwd })).exit).toBe(3);
    expect((await called(["--format", "json", "--help"], { cwd })).exit).toBe(0);
  });
});

describe("what every command takes", () => {
  it("prints as YAML, by a flag or a variable, and a flag counts more", async () => {
    const said = await called(["explain", "BUG", "--format", "yaml"], { cwd });
    expect(said.out).toMatch(/^schema: omnibase-code\/1\ncode: BUG\n/);
    expect(await called(["explain", "BUG"], { cwd, env: { OMNIBASE_FORMAT: "yaml" } })).toEqual(said);
    const json = await called(["explain", "BUG", "--json"], { cwd, env: { OMNIBASE_FORMAT: "yaml" } });
    expect(documentIn(json)).toMatchObject({ code: "BUG" });
    expect(await called(["explain", "BUG"], { cwd, env: { OMNIBASE_FORMAT: "xml" } })).toMatchObject({
      exit: 2,
      err: expect.stringContaining("CONFIG_VALUE"),
    });
    expect((await called(["explain", "NONE", "--format", "yaml"], { cwd })).out).toContain("code: CODE_UNKNOWN");
  });
});
