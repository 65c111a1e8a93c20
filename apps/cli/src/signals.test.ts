import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { bundled, called, documentIn, exampleProject, removeFolders, spawned, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

const long = "2020-01-01T00:00:00.000Z";
const from = (ms: number): string => new Date(Date.now() + ms).toISOString();
const order = (readyAt: string): string => JSON.stringify({ cups: 2, ready_at: readyAt });
const running = ["run", "--wf", "cafe::WF_ORDER_V0", "--payload", "-", "--id", "e1", "--json"];

const run = (cwd: string, readyAt: string): Promise<Called> => called(running, { cwd, stdin: order(readyAt) });

const paying = (...more: readonly string[]): readonly string[] => [
  "signal",
  "e1",
  "PAID",
  "--payload",
  "-",
  "--principal",
  "bank",
  "--json",
  ...more,
];
const paid = '{"cents":450}';
const served = { status: "SUCCESS", outcome: "SERVED", outputs: { cups: 2, cents: 450 } };

const logOf = async (cwd: string): Promise<string> => {
  await called(["receipt", "e1", "--out", "proof"], { cwd });
  return readFileSync(join(cwd, "proof/log.jsonl"), "utf8");
};

describe("an execution that waits", () => {
  it("goes on by itself, and then for whoever says what it waits for", async () => {
    const cwd = exampleProject("10-wait");
    const begun = await run(cwd, long);
    expect(begun.exit).toBe(0);
    const route = [
      { node: "IN_ORDER_V0", outcome: "ACK" },
      { node: "GRIND", outcome: "ELAPSED" },
      { node: "BREW", outcome: "ELAPSED" },
    ];
    expect(documentIn(begun)).toMatchObject({ status: "WAITING", route });
    const { waiting } = documentIn(await called(["show", "e1", "--json"], { cwd }));
    expect(waiting).toMatchObject([{ kind: "signal", place: "PAYMENT", signal: "PAID" }]);
    const { out } = await called(["show", "e1"], { cwd });
    expect(out).toMatch(/^waits for {2}signal PAID at PAYMENT until \d{4}-\S+Z$/m);
    expect(out).toContain("omnibase signal e1 PAID --payload FILE");
    const done = await spawned(paying(), { cwd, stdin: paid });
    expect(done.exit).toBe(0);
    expect(documentIn(done)).toMatchObject(served);
    expect(await logOf(cwd)).toContain('"by":"bank"');
    const proof = (name: string): string => join(cwd, "proof", name);
    const verify = ["verify", proof("receipt.json"), "--log", proof("log.jsonl"), "--key", proof("key.pub.pem")];
    expect((await called(verify, { cwd })).exit).toBe(0);
    expect((await called(["replay", "e1"], { cwd })).exit).toBe(0);
  });

  it("says until when it waits by itself", async () => {
    const cwd = exampleProject("10-wait");
    const readyAt = from(3_600_000);
    expect(documentIn(await run(cwd, readyAt))).toMatchObject({ status: "WAITING" });
    const { out } = await called(["show", "e1"], { cwd });
    expect(out).toMatch(new RegExp(`^waits for {2}${readyAt} at BREW$`, "m"));
  });

  it.each([
    ["under another name", ["signal", "e1", "PAYED"], 4, "SIGNAL_UNKNOWN"],
    ["otherwise than declared", ["signal", "e1", "PAID"], 4, "VALUE_REFUSED"],
    ["to nobody", ["signal", "e2", "PAID"], 3, "EXECUTION_NOT_FOUND"],
    ["under an id that is none", ["signal", "e1", "PAID", "--id", "a b"], 2, "ID_CHARSET"],
    ["without a name", ["signal", "e1"], 2, "USAGE_MISSING_ARGUMENT"],
  ])("hears nothing that is said %s", async (_, args, exit, code) => {
    const cwd = exampleProject("10-wait");
    await run(cwd, long);
    const refused = await called([...args, "--json"], { cwd });
    expect(refused.exit).toBe(exit);
    expect(documentIn(refused)).toMatchObject({ code });
    expect(documentIn(await called(["show", "e1", "--json"], { cwd }))).toMatchObject({ status: "WAITING" });
  });

  it("hears what is said before it waits for it, and once what is said twice", async () => {
    const cwd = exampleProject("10-wait");
    await run(cwd, from(3_600_000));
    for (const cents of [450, 1]) {
      const early = await called(paying("--id", "pay-7"), { cwd, stdin: JSON.stringify({ cents }) });
      expect(early.exit).toBe(0);
      expect(documentIn(early)).toMatchObject({ status: "WAITING" });
    }
    await called(["cancel", "e1"], { cwd });
    const log = await logOf(cwd);
    expect(log.match(/"type":"Signalled"/g)).toHaveLength(1);
    expect(documentIn(await called(paying("--id", "pay-7"), { cwd, stdin: paid }))).toMatchObject({
      status: "CANCELLED",
    });
    expect(documentIn(await called(paying(), { cwd, stdin: paid }))).toMatchObject({ code: "NOT_RUNNING" });
  });
});

/** A process that owns the data root and dies there; the third commit is what somebody else says to it. */
const points = ["commit.before=kill@3", "store.group.before-commit=kill@3", "commit.after=kill@3"];

/** How it died, what the other was answered, how often it was recorded, and whether it replays. */
async function toldTo(at: string): Promise<unknown> {
  const cwd = exampleProject("10-wait");
  const env = { ...process.env, FAILPOINTS: at };
  const owner = spawn(process.execPath, [bundled, ...running], { cwd, env, stdio: ["pipe", "ignore", "ignore"] });
  const gone = new Promise((resolve) =>
    owner.on("close", (_, signal) => {
      resolve(signal);
    }),
  );
  owner.stdin.end(order(from(6_000)));
  const route = async (): Promise<unknown> => {
    const shown = await called(["show", "e1", "--json"], { cwd });
    return shown.exit === 0 ? documentIn(shown)["route"] : undefined;
  };
  await expect.poll(route, { timeout: 20_000 }).toMatchObject([{}, { node: "GRIND" }]);
  const done = await spawned(paying("--id", "pay-7"), { cwd, stdin: paid });
  const recorded = (await logOf(cwd)).match(/"type":"Signalled"/g)?.length;
  const { exit } = await called(["replay", "e1"], { cwd });
  return { at, died: await gone, answered: documentIn(done), recorded, exit };
}

/** Each of them waits for seconds, so all do so at once. */
it("what is said to an owner that dies is said once, and kept until it is waited for", async () => {
  const once = { died: "SIGKILL", answered: served, recorded: 1, exit: 0 };
  expect(await Promise.all(points.map(toldTo))).toMatchObject([once, once, once]);
});
