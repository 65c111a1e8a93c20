import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Expected, HostileInput } from "./case.ts";
import { corpus, states } from "./corpus.ts";
import { closeBench } from "./http-bench.ts";
import { inputs, onlyWaiting, waiting } from "./rows.ts";
import { runHostile } from "./run-hostile.ts";

const present = corpus.length > 0;
if (!present) process.stderr.write("skipped: the corpus of hostile inputs is not at ../shared/conformance/hostile\n");

const setup = fileURLToPath(new URL("../../scripts/setup.mjs", import.meta.url));

beforeAll(() => {
  execFileSync(process.execPath, [setup], { stdio: "ignore" });
}, 60_000);

afterAll(closeBench);

describe.skipIf(!present)("the corpus", () => {
  const covered = new Set(inputs.map(({ row }) => row));

  it("has no row of bad files, payloads, names and commands that is neither tried nor waiting by name", () => {
    const forgotten = corpus.map(({ id }) => id).filter((id) => !covered.has(id) && !onlyWaiting.includes(id));
    expect(forgotten).toEqual([]);
  });

  it("has every row that is tried or waits", () => {
    const known = new Set(corpus.map(({ id }) => id));
    expect([...covered, ...waiting.map(({ row }) => row)].filter((row) => !known.has(row))).toEqual([]);
  });

  it("states every code that is expected", () => {
    const others = inputs.filter(({ expect: { code }, row }) => {
      const stated = corpus.find(({ id }) => id === row);
      return code !== undefined && stated !== undefined && !states(stated, code) && !besides.has(`${row} ${code}`);
    });
    expect(others.map(({ expect: { code }, name, row }) => `${row} ${name}: ${String(code)}`)).toEqual([]);
  });

  it("has a name of its own for each of hundreds of inputs", () => {
    const names = inputs.map(({ name, row }) => `${row} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(500);
  });
});

/** What a row leaves open to another part of the product: an unknown workflow is no bad id. */
const besides: ReadonlySet<string> = new Set([
  "D03 WORKFLOW_NOT_FOUND",
  // What a file is too large for is refused before anybody sees a graph, or an expression, in it.
  "C02 ARTIFACT_TOO_WIDE",
  "F06 ARTIFACT_TOO_LARGE",
  // A time is checked with the field that holds it.
  "E01 FIELD_CONTRADICTION",
  // Nodes are keys of a map, and a map has each key once.
  "C03 YAML_DUPLICATE_KEY",
  "C03 GRAPH_DANGLING_EDGE",
  // Of "ARTIFACT_SCHEMA", the part that says what is wrong.
  "C12 UNKNOWN_KEY",
  "C12 ARTIFACT_KIND_UNKNOWN",
  "C11 ARTIFACT_SCHEMA",
  "C14 DURATION_INVALID",
  // Our paths are names joined by dots: what another language would do with the rest is never asked.
  "F04 EXPR_KEY_RESERVED",
  "F04 INPUT_FIELD_UNKNOWN",
  "F05 EXPR_UNSUPPORTED",
  "F06 EXPR_UNSUPPORTED",
  "F07 TEMPLATE_UNKNOWN",
]);

/**
 * Whoever waits for the tests tries one of so many, and another each time; the acceptance and the check try all. What is said
 * of the turn brings it back, as `OMNIBASE_SEED`.
 */
const every = Number(process.env["OMNIBASE_HOSTILE_EVERY"] ?? "1");
const turn = Number(process.env["OMNIBASE_SEED"] ?? Math.floor(Math.random() * every)) % every;
const asked = inputs.filter((_, index) => index % every === turn);

describe("every hostile input", () => {
  it("is answered with the stated code, position and exit, in time and in bounds, and leaves nothing behind", async () => {
    const { failed, ...counts } = await runHostile(asked);
    process.stderr.write(
      `hostile: ${JSON.stringify({ of: inputs.length, every, turn, ...counts, waiting: waiting.map(({ row, what }) => `${row} ${what}`) })}\n`,
    );
    expect(failed).toEqual([]);
    expect(counts.passed).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(inputs.length / (every + 1));
  }, 900_000);
});

describe("the runner turns red", () => {
  const files = { "contracts/HOSTILE_V0.yaml": "kind: effect\nkind: reducer" };
  const truth: Expected = { exit: [4], code: "YAML_DUPLICATE_KEY", at: "2:1", path: "/kind", related: ["1:1"] };
  const told = (name: string, expected: Expected, shell?: string): HostileInput => ({
    row: "A11",
    name,
    lane: "cli-compile",
    expect: expected,
    ask: { argv: ["check", "--json"], files, ...(shell === undefined ? {} : { shell }) },
  });

  const lies: Readonly<Record<string, Partial<Expected>>> = {
    "code is": { code: "YAML_SYNTAX" },
    "position is": { at: "1:1" },
    "pointer is": { path: "/other" },
    "it points to": { related: ["2:1"] },
    "hint is": { hint: /no such hint/ },
    "message is": { message: /no such message/ },
    "stderr has no": { stderr: /no such line/ },
    "exit is": { exit: [0] },
    "it took": { msMax: 1 },
    "something else": { also: () => "something else" },
  };

  it("when it is told a lie", async () => {
    const { failed } = await runHostile([
      told("the truth", truth),
      ...Object.entries(lies).map(([name, lie]) => told(name, { ...truth, ...lie })),
    ]);
    expect(failed.map(({ name }) => name).toSorted(byText)).toEqual(Object.keys(lies).toSorted(byText));
    const others = failed.filter(
      ({ name, wrong: [first = "", ...more] }) => more.length > 0 || !first.startsWith(name),
    );
    expect(others).toEqual([]);
  });

  const breaches: Readonly<Record<string, string>> = {
    "stderr shows a stack": `echo '    at x (y:1)' >&2; "$@"`,
    "2 JSON documents": `echo '{}'; "$@"`,
    "a path of the host": `pwd >&2; "$@"`,
    "the data root has changed": `mkdir data; echo x > data/y; "$@"`,
    "a character that acts": `printf '\\033[31m' >&2; "$@"`,
    "it took": `sleep 2.1; "$@"`,
    "its memory grew": `"$1" "$2" "$3" -e 'Buffer.alloc(120 << 20, 1)'; echo '{}'; exit 4`,
  };

  it("when a guard is broken", async () => {
    const guarded = Object.entries(breaches).map(([name, shell]) => told(name, { exit: [4] }, shell));
    const { failed } = await runHostile(guarded);
    expect(failed.map(({ name }) => name).toSorted(byText)).toEqual(Object.keys(breaches).toSorted(byText));
    const others = failed.filter(({ name, wrong }) => !wrong.some((one) => one.startsWith(name)));
    expect(others).toEqual([]);
  }, 30_000);
});

const byText = (left: string, right: string): number => (left < right ? -1 : 1);
