import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { documentIn, folderWith, removeFolders, spawned } from "./testing/cli.ts";

afterEach(removeFolders);

/** One construct of the language, as its example shows it. */
interface Construct {
  readonly example: string;
  readonly workflow: string;
  readonly payload: string;
  readonly comesTo: Readonly<Record<string, unknown>>;
  /** Lines that the stores show when it is over: what was done once stands there once. */
  readonly lines: Readonly<Record<string, number>>;
  /** How often it commits until it is over, at least. */
  readonly commits: number;
}

const constructs: readonly Construct[] = [
  {
    example: "12-child",
    workflow: "club::WF_JOIN_V0",
    payload: '{"name":"Ada"}',
    comesTo: { status: "SUCCESS", outcome: "JOINED", outputs: { name: "Ada", number: "M_21844d298efe7a0a" } },
    lines: { "numbers.jsonl": 1 },
    commits: 4,
  },
  {
    example: "13-map",
    workflow: "till::WF_BILL_V0",
    payload: '{"lines":[{"cents":100,"count":2},{"cents":50,"count":0},{"cents":7,"count":3},{"cents":1,"count":1}]}',
    comesTo: {
      status: "FAILED",
      outcome: "IN_PART",
      outputs: {
        failed: 1,
        lines: [{ line: "line 1", total: 200 }, {}, { line: "line 3", total: 21 }, { line: "line 4", total: 1 }],
        outcomes: ["SUCCESS", "VIOLATION", "SUCCESS", "SUCCESS"],
      },
    },
    lines: { "lines.jsonl": 3 },
    commits: 4,
  },
  {
    example: "14-loop",
    workflow: "maths::WF_FALL_V0",
    payload: '{"n":6}',
    comesTo: { status: "SUCCESS", outcome: "DOWN", outputs: { from: 6, round: 7 } },
    lines: {},
    commits: 8,
  },
  {
    example: "15-fork",
    workflow: "parcels::WF_PARCEL_V0",
    payload: '{"order":"A1"}',
    comesTo: { status: "SUCCESS", outcome: "SENT" },
    lines: { "taken.jsonl": 2 },
    commits: 4,
  },
  {
    example: "16-compensate",
    workflow: "trip::WF_TRIP_V0",
    payload: '{"room":"14","seat":"4A"}',
    comesTo: { status: "SUCCESS", outcome: "BOOKED" },
    lines: { "taken.jsonl": 2 },
    commits: 3,
  },
  {
    example: "17-depot",
    workflow: "depot::WF_DAY_V0",
    payload: '{"vans":[{"van":"V1","parcels":[{"kind":"BOX","id":"b1"},{"kind":"LETTER","id":"l1"}]}],"by":"ada"}',
    comesTo: {
      status: "SUCCESS",
      outputs: {
        vans: 1,
        told: [
          { code: "depot::WF_TELL_BOOKS_V0", result_status: "SUCCESS" },
          { code: "depot::WF_TELL_DRIVER_V0", result_status: "SUCCESS" },
        ],
      },
    },
    lines: { "depot/parcels.jsonl": 2, "depot/told.jsonl": 3 },
    commits: 4,
  },
];

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));

function projectOf(example: string): string {
  const folder = folderWith({});
  cpSync(join(examples, example), folder, { recursive: true });
  return folder;
}

const linesIn = (file: string): number => readFileSync(file, "utf8").split("\n").length - 1;

describe.each(constructs)("the example $example", ({ commits, comesTo, example, lines, payload, workflow }) => {
  const args = ["run", "--wf", workflow, "--payload", "-", "--idempotency-key", "a", "--json"];

  it.each(
    Array.from(
      { length: commits },
      (_, index) => `commit.${index % 2 === 0 ? "after" : "before"}=kill@${String(index + 1)}`,
    ),
  )("that is killed at %s goes on, does everything once, and is replayed", async (FAILPOINTS) => {
    const cwd = projectOf(example);
    expect((await spawned(args, { cwd, stdin: payload, env: { FAILPOINTS } })).exit).toBe(-1);
    const again = documentIn(await spawned(args, { cwd, stdin: payload }));
    expect(again).toMatchObject(comesTo);
    for (const [file, count] of Object.entries(lines)) expect(linesIn(join(cwd, "data", file))).toBe(count);
    const replayed = await spawned(["replay", String(again["execution"])], { cwd });
    expect(replayed).toMatchObject({ exit: 0 });
  });

  it("leaves a receipt that verifies", async () => {
    const cwd = projectOf(example);
    const { execution } = documentIn(await spawned(args, { cwd, stdin: payload }));
    expect(await spawned(["receipt", String(execution), "--out", "r"], { cwd })).toMatchObject({ exit: 0 });
    const files = ["r/receipt.json", "--log", "r/log.jsonl", "--key", "r/key.pub.pem"];
    expect(await spawned(["verify", ...files], { cwd })).toMatchObject({ exit: 0 });
  });
});

it("what is killed while it undoes is undone once", async () => {
  const cwd = projectOf("16-compensate");
  const args = ["run", "--wf", "trip::WF_TRIP_V0", "--payload", "-", "--json", "--idempotency-key"];
  await spawned([...args, "a"], { cwd, stdin: '{"room":"12","seat":"4A"}' });
  const late = { cwd, stdin: '{"room":"14","seat":"4A"}' };
  const killed = await spawned([...args, "b"], { ...late, env: { FAILPOINTS: "operate.after-commit=kill@3" } });
  expect(killed.exit).toBe(-1);
  const again = documentIn(await spawned([...args, "b"], late));
  expect(again).toMatchObject({ status: "FAILED", outcome: "NO_SEAT" });
  expect(linesIn(join(cwd, "data/taken.jsonl"))).toBe(4);
  expect(await spawned(["replay", String(again["execution"])], { cwd })).toMatchObject({ exit: 0 });
});
