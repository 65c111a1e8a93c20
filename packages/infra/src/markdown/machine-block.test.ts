import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compiledArtifact, parseJson, plain, type Json } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { readYaml } from "../yaml/index.ts";
import { machineBlock } from "./index.ts";

const block = (text: string): unknown => machineBlock(text, { file: "WF_A_V0.md" });

const problem = (code: string, line: number): unknown => ({
  ok: false,
  error: [expect.objectContaining({ code, at: { file: "WF_A_V0.md", line, column: 1 } })],
});

describe("the machine block", () => {
  it("keeps the lines of the file and leaves the words of people out", () => {
    const text = "# A\n\nWords.\n\n## Machine\n\n```yaml\nwf_code: A\nversion: v0\n```\n\nMore words.\n";
    expect(block(text)).toEqual({ ok: true, value: "\n\n\n\n\n\n\nwf_code: A\nversion: v0" });
  });

  it("is found in files with line ends of other systems", () => {
    expect(block("## Machine\r\n```yaml\r\na: 1\r\n```\r\n")).toEqual({ ok: true, value: "\n\na: 1" });
  });

  it("is missed where there is no heading", () => {
    expect(block("# A\n```yaml\na: 1\n```\n")).toEqual(problem("MACHINE_BLOCK_MISSING", 1));
  });

  it("is missed where something else follows the heading", () => {
    expect(block("\n## Machine\nWords.\n```yaml\na: 1\n```\n")).toEqual(problem("MACHINE_BLOCK_MISSING", 2));
    expect(block("## Machine\n")).toEqual(problem("MACHINE_BLOCK_MISSING", 1));
  });

  it("is refused where it stands twice, because nobody could say which counts", () => {
    const once = "## Machine\n```yaml\na: 1\n```\n";
    expect(block(once + once)).toEqual(problem("MACHINE_BLOCK_TWICE", 5));
  });

  it("is refused where it does not end", () => {
    expect(block("## Machine\n```yaml\na: 1\n")).toEqual(problem("MACHINE_BLOCK_OPEN", 2));
  });
});

/** Published Markdown, and what the published compiler made of it. They lie beside the repository, and not everywhere. */
const pgs = join(import.meta.dirname, "../../../../../shared/conformance/pgs");
const filesBelow = (folder: string, end: string): readonly string[] => {
  try {
    const names = readdirSync(join(pgs, folder), { recursive: true, encoding: "utf8" });
    return names.filter((name) => name.endsWith(end)).map((name) => join(folder, name));
  } catch {
    return [];
  }
};
const compiled = new Map(
  ["upstream/pgs_workspace", "standins"]
    .flatMap((folder) => filesBelow(`${folder}/protocol_snapshot/artifacts`, ".json"))
    .map((file) => [`${basename(file, ".json").replace(/^.*__/, "")}.md`, file]),
);
const sources = [...filesBelow("upstream", ".md"), ...filesBelow("standins", ".md")].filter((file) =>
  compiled.has(basename(file)),
);

it.each(sources)("of %s is what its compiled artifact holds", (file) => {
  const text = readFileSync(join(pgs, file), "utf8");
  const yaml = machineBlock(text, { file });
  const read = yaml.ok ? readYaml(yaml.value, { file }) : yaml;
  const json = parseJson(readFileSync(join(pgs, compiled.get(basename(file)) ?? ""), "utf8"), {
    file,
    family: "ARTIFACT",
  });
  const wanted: Json = json.ok ? plain(compiledArtifact(json.value, file).located) : null;
  expect(read.ok ? plain(read.value) : read.error).toEqual(withoutIdentities(wanted));
});

/** The published compiler adds their identities to the nodes of a workflow. */
const withoutIdentities = (value: Json): Json =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === "fqdn_id" ? undefined : inner)));

it.skipIf(compiled.size === 0)("is tried on published Markdown (skipped where ../shared is not there)", () => {
  expect(sources.length).toBeGreaterThan(20);
});
