import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it("executes every block of the README's example as it is written", async () => {
  const transcript = await execute("README.md", "## One example");
  expect(transcript).toContain("EXIT_NEW");
  expect(transcript).toContain("EXIT_OLD");
  expect(transcript).toMatch(/verified|holds/i);
}, 60_000);

it("executes every block of the tutorial as it is written", async () => {
  const transcript = await execute("docs/tutorial.md");
  expect(transcript).toContain("GREETED by EXIT_GREETED");
  expect(transcript).toContain("KNOWN by EXIT_KNOWN");
  expect(transcript).toContain("not a manager: exit 5");
  expect(transcript).toContain("APPROVED by EXIT_APPROVED");
  expect(transcript).toContain('{"answer":{"cents":250}}');
  expect(transcript).toContain("3 cases, 0 failed");
  expect(transcript).toMatch(/"question":"Q_\w+"/);
  expect(transcript).toMatch(/holds {6}execution/);
  expect(transcript.trimEnd()).toMatch(/exit 5$/);
}, 60_000);

/** What each guide must come to, said by its commands. */
const guides: Readonly<Record<string, readonly (RegExp | string)[]>> = {
  model: ["SUCCESS: GREETED", "denied with exit 1"],
  transform: ["LENT by EXIT_LENT", "refused with exit 1", "3 cases, 0 failed", "not pure: exit 4"],
  wait: [
    /waits for {2}signal PAID/,
    "SERVED by EXIT_SERVED",
    "not a manager: exit 5",
    "REFUNDED by EXIT_REFUNDED",
    "no open tasks",
  ],
  "unknown-outcomes": [
    "OUTCOME_UNKNOWN",
    "exit 1",
    /^(?:(?!bank: charged)[^])*bank: charged(?:(?!bank: charged)[^])*$/,
  ],
  examine: [
    "rejected: exit 1",
    "BUSINESS VIOLATION",
    "contracts/IN_GREET_V0.yaml:7:5",
    "changed: exit 5",
    'path       CC_KEEP/keep: "SUCCESS" → "ALREADY_EXISTS"',
    "other than in time: exit 1",
    /rejected BAD_INPUT/,
    /Completed +GREETED +EXIT_NEW/,
  ],
  test: ["2 rounds, 0 with problems", "GREETED\nKNOWN", "rejected: exit 1", "3 cases, 0 failed"],
  upgrade: [/SERVED by EXIT_SERVED[^]*SERVED_ANEW by EXIT_SERVED/, "exit 1", "no difference", "no executions"],
  operate: [/^ok +isolation/m, /principal +night-shift +environment/, "no incidents"],
  see: [
    "in part: exit 1",
    /LINES.*\(ITEM_FAILED\)/,
    /trace {6}traces\/\S+\.png/,
    "✓ ITEM_FAILED → EXIT_IN_PART",
    /file {7}bill\.svg/,
    "flowchart TD",
  ],
  prove: [/holds {6}execution/, /same {7}\d+ records/, "changed: exit 5"],
};

it.each(readdirSync(join(root, "docs/guides")).map((name) => name.replace(/\.md$/, "")))(
  "executes every block of the guide %s as it is written",
  async (name) => {
    const transcript = await execute(`docs/guides/${name}.md`);
    expect(guides[name]).toBeDefined();
    for (const said of guides[name] ?? []) expect(transcript).toMatch(said);
  },
  60_000,
);

it("executes every block about the standard library as it is written", async () => {
  const transcript = await execute("docs/library.md");
  expect(transcript).toContain("## UPDATE_WHERE");
  expect(transcript).toContain("smtp://localhost:2525");
  expect(transcript).toContain("not sent, exit 1");
}, 60_000);

it("executes every block about people as it is written", async () => {
  const transcript = await execute("docs/people.md");
  expect(transcript).toContain("a stranger: exit 1");
  expect(transcript).toContain("too early: exit 1");
  expect(transcript).toContain("a record at CLOSED does not change any more");
  expect(transcript).toContain('"stage":"CLOSED"');
  expect(transcript).toContain("reply      201");
  expect(transcript).toContain("not let in: exit 1");
  expect(transcript).toContain("knows      agent desk::AC_TRIAGE_V0");
}, 60_000);

it("executes every block about constructs as it is written", async () => {
  const transcript = await execute("docs/constructs.md");
  expect(transcript).toContain("SERVED by EXIT_SERVED");
  expect(transcript).toContain("may ask    shop::AC_MANAGER_V0");
  expect(transcript).toContain("REFUNDED by EXIT_REFUNDED");
  expect(transcript).toContain("JOINED by EXIT_JOINED");
  expect(transcript).toContain("known: exit 1");
  expect(transcript).toContain('"code":"depot::WF_TELL_DRIVER_V0"');
  expect(transcript).toContain("kept already: exit 1");
  expect(transcript).toContain('"outcomes":["VIOLATION","SUCCESS"]');
  expect(transcript).toContain('"round":');
  expect(transcript).toContain("kept: exit 1");
  expect(transcript).toContain('"tombstone":true');
}, 120_000);

it("executes every block about secrets and the code of others as it is written", async () => {
  const transcript = await execute("docs/trust.md");
  expect(transcript).toContain("not granted: exit 4");
  expect(transcript).toContain("may use    secret://BANK_TOKEN");
  expect(transcript).toContain("nobody can compute it again, exit 3");
  expect(transcript).toContain("ended: exit 1");
  expect(transcript).toContain("TRANSFORM_LIMIT");
}, 60_000);

it("executes every block about the HTTP door as it is written", async () => {
  const transcript = await execute("docs/serve.md");
  expect(transcript).toMatch(/"ticket":"\w+"\} 201/);
  expect(transcript).toContain('"field":"question"');
  expect(transcript).toContain('"code":"SCHEMA_UNKNOWN_FIELD"');
  expect(transcript).toMatch(/id: 2\nevent: /);
  expect(transcript).toContain("open to all: exit 2");
  expect(transcript).toContain("omnibase_executions_started_total");
  expect(transcript).toContain('"msg":"closed"');
}, 60_000);

it("executes every block about TypeScript as it is written, and shows only code that is compiled and tested", async () => {
  const transcript = await execute("docs/typescript.md");
  expect(transcript).toContain('outputs    {"greeting":"Hello, Ada!"}');
  expect(transcript).toContain("misspelt: exit 4");
  const text = readFileSync(join(root, "docs/typescript.md"), "utf8");
  const shown = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const files = ["30-typescript", "31-typescript-shop", "31-typescript-shop/contracts"].flatMap((name) =>
    readdirSync(join(root, "examples", name)).flatMap((file) =>
      file.endsWith(".ts") ? [unbroken(readFileSync(join(root, "examples", name, file), "utf8"))] : [],
    ),
  );
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((code) => !files.some((file) => file.includes(unbroken(code))))).toEqual([]);
}, 60_000);

it("executes every block about retention as it is written", async () => {
  const transcript = await execute("docs/retention.md");
  expect(transcript).toContain("would go   2 executions");
  expect(transcript).toMatch(/removed {4}2 executions[^]*removed {4}0 executions/);
  expect(transcript).toContain("REMOVED at");
  expect(transcript).toContain('"verified":true');
  expect(transcript).toMatch(/same {7}\d+ records/);
  expect(transcript).toContain("changed: exit 5");
  expect(transcript).toContain("the head that is remembered of it");
  expect(transcript).toContain("another: exit 4");
}, 60_000);

it("notices a block that does not work", async () => {
  const folder = workplace();
  writeFileSync(join(folder, "broken.md"), "```sh\nomnibase nonsense\n```\n");
  await expect(executeIn(folder, "broken.md")).rejects.toThrow("nonsense");
});

/** Code without its line breaks, which are others on a page. */
const unbroken = (code: string): string => code.replaceAll(/\s+/g, "").replaceAll(/,(?=[)\]}])/g, "");

/** The blocks of a document, from a heading to the next of its rank, as one script in a copy of the examples. */
const execute = (document: string, heading?: string): Promise<string> => executeIn(workplace(), document, heading);

async function executeIn(folder: string, document: string, heading?: string): Promise<string> {
  const [port, door] = [await freePort(), await freePort()];
  const text = readFileSync(join(folder, document), "utf8");
  const script = blocksOf(heading === undefined ? text : sectionOf(text, heading))
    .join("\n")
    .replaceAll("npx omnibase", "omnibase")
    .replaceAll(/\bID\b/g, "$(newest)")
    .replaceAll("7070", String(door))
    .replaceAll("8402", String(port));
  const binding = join(folder, "examples/02-charge/contracts/RB_CHARGE_V0.yaml");
  for (const file of [binding, join(folder, "examples/02-charge/omnibase.yaml")]) {
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("8402", String(port)));
  }
  return execFileSync("bash", ["-euo", "pipefail", "-c", `${prelude(folder)}\n${script}`], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // A block that waits for what never comes would hold up everything behind it.
    timeout: 120_000,
    env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`, TMPDIR: folder },
  });
}

/** `newest` is what a reader copies by hand; whatever the script starts ends with it. */
const prelude = (folder: string): string => `
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
newest() { omnibase history --json --limit 1 | node -e 'process.stdin.on("data", (d) => console.log(JSON.parse(d).executions[0].execution))'; }
cd ${JSON.stringify(folder)}`;

function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-docs-"));
  folders.push(folder);
  for (const part of ["README.md", "docs"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const example of readdirSync(join(root, "examples"))) {
    cpSync(join(root, "examples", example), join(folder, "examples", example), {
      recursive: true,
      filter: (source) => !/\/(?:data|\.omnibase|proof)(?:\/|$)/.test(source.slice(root.length)),
    });
  }
  mkdirSync(join(folder, "bin"));
  const command = join(folder, "bin/omnibase");
  writeFileSync(command, `#!/bin/sh\nexec node ${JSON.stringify(join(root, "apps/cli/bin/omnibase.mjs"))} "$@"\n`);
  chmodSync(command, 0o755);
  return folder;
}

const blocksOf = (text: string): readonly string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

function sectionOf(text: string, heading: string): string {
  const [, after = ""] = text.split(`${heading}\n`);
  return after.split("\n## ")[0] ?? "";
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
