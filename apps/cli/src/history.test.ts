import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followRecords } from "./data/following.ts";
import { called, documentIn, greet, greetProject, idOf, removeFolders } from "./testing/cli.ts";

afterAll(removeFolders);

describe("history", () => {
  const cwd = greetProject();
  let [first, second, refused] = ["", "", ""];
  const run = async (payload: string, ...more: readonly string[]): Promise<string> =>
    idOf(await called(greet(payload, "--json", "--trace", "none", ...more), { cwd }));

  beforeAll(async () => {
    first = await run("ada.json", "--principal", "ada", "--idempotency-key", "k-1");
    second = await run("ada.json", "--principal", "bob");
    refused = await run("empty.json", "--principal", "bob");
  });

  const named = async (...args: readonly string[]): Promise<readonly unknown[]> => {
    const { executions } = documentIn(await called(["history", ...args, "--json"], { cwd }));
    return Array.isArray(executions)
      ? executions.map(({ execution }: { readonly execution: unknown }) => execution)
      : [];
  };

  it("lists what is asked for, by everything that is asked", async () => {
    expect(await named("--principal", "bob")).toEqual([refused, second]);
    expect(await named("--principal", "bob", "--class", "rejected")).toEqual([refused]);
    expect(await named("--outcome", "KNOWN")).toEqual([second]);
    expect(await named("--idempotency-key", "k-1")).toEqual([first]);
    expect(await named("--idempotency-key", "k-1", "--principal", "bob")).toEqual([]);
    expect(await named("--parent", first)).toEqual([]);
    expect(await named("--since", "PT1H", "--wf", "demo::WF_GREET_V0")).toEqual([refused, second, first]);
    expect(await named("--until", "PT1H")).toEqual([]);
    expect(await named("--until", "2001-01-01")).toEqual([]);
    expect(await named("--since", "2001-01-01T00:00")).toHaveLength(3);
  });

  it("is told page by page, with the words for the next", async () => {
    const { out } = await called(["history", "--principal", "bob", "--limit", "1"], { cwd });
    expect(out).toMatch(/ended .* demo::WF_GREET_V0 {2}rejected BAD_INPUT\n/);
    expect(out).toMatch(/omnibase history --principal bob --limit 1 --after 3\n$/);
    expect(await named("--principal", "bob", "--limit", "1", "--after", "3")).toEqual([second]);
    expect((await called(["history", "--class", "cancelled"], { cwd })).out).toBe("no executions\n");
  });

  it.each([
    ["--since", "yesterday"],
    ["--until", "2026-13-40"],
    ["--class", "good"],
    ["--after", "last"],
    ["--before", "3"],
  ])("refuses %s %s", async (option, value) => {
    expect((await called(["history", option, value], { cwd })).exit).toBe(2);
  });

  it("tells what happened in one, and from which record on", async () => {
    const { out } = await called(["history", first], { cwd });
    expect(out).toMatch(/^ {4}1 {2}\S+ {2}Started/);
    expect(out).toMatch(/\n {4}2 {2}\S+ {2}Passed {12}IN_GREET_V0 ACK {2}CC_KEEP\/id SUCCESS\n/);
    const page = documentIn(await called(["history", first, "--limit", "2", "--after", "1", "--json"], { cwd }));
    expect(page).toMatchObject({ execution: first, records: [{ revision: 2 }, { revision: 3 }], next: 3 });
    expect((await called(["history", first, "--limit", "1"], { cwd })).out).toMatch(/ --limit 1 --after 1\n$/);
    expect((await called(["history", first, "--principal", "ada"], { cwd })).exit).toBe(2);
    expect((await called(["history", first, "--follow", "--limit", "1"], { cwd })).exit).toBe(2);
    expect((await called(["history", "nobody"], { cwd })).exit).toBe(3);
  });

  it("follows one until it has ended, a record a line", async () => {
    const { exit, out } = await called(["history", first, "--follow", "--json"], { cwd });
    expect(exit).toBe(0);
    const records = out
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(records).toMatchObject([
      { type: "Started" },
      { type: "Passed" },
      { type: "Settled" },
      { type: "Completed" },
    ]);
  });

  it("follows none that was removed meanwhile", async () => {
    const over = AbortSignal.timeout(5_000);
    const gone = { tenant: "default", execution: "gone", after: 0 };
    await followRecords({ dataRoot: join(cwd, "data") }, gone, { over, tell: () => undefined });
    expect(over.aborted).toBe(false);
  });

  it("follows whatever begins, until somebody says that it is enough", async () => {
    const over = new AbortController();
    let lines = 0;
    let heard: (() => void) | undefined;
    const told = (): void => {
      lines += 1;
      heard?.();
    };
    const until = (count: number): Promise<void> =>
      new Promise((resolve) => {
        heard = () => {
          if (lines >= count) resolve();
        };
        heard();
      });
    const asked = ["history", "--follow", "--limit", "1", "--json", "--class", "completed"];
    const following = called(asked, { cwd, signal: over.signal, told });
    await until(1);
    await run("empty.json");
    const third = await run("ada.json");
    await until(2);
    over.abort();
    const { exit, out } = await following;
    expect(exit).toBe(0);
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(rows).toMatchObject([
      { execution: second, class: "completed" },
      { execution: third, status: "ended" },
    ]);
  });
});
