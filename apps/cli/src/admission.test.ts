import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders, spawned } from "./testing/cli.ts";

afterEach(removeFolders);

const example = fileURLToPath(new URL("../../../examples/06-admission", import.meta.url));

function shop(): string {
  const folder = folderWith({});
  for (const name of ["omnibase.yaml", "contracts"])
    cpSync(join(example, name), join(folder, name), { recursive: true });
  return folder;
}

type Said = Readonly<Record<string, unknown>>;

const run = async (cwd: string, workflow: string, input: object): Promise<Said> =>
  documentIn(
    await called(["run", "--wf", `shop::${workflow}`, "--payload", "-", "--json"], {
      cwd,
      stdin: JSON.stringify(input),
    }),
  );

const eventsIn = async (cwd: string, ...more: readonly string[]): Promise<unknown> =>
  documentIn(await called(["events", "--json", ...more], { cwd }))["events"];

describe("a shop in which past events decide", () => {
  it("ships what was paid, later than it was cancelled, and cancels what was not shipped", async () => {
    const cwd = shop();
    const outcome = async (workflow: string, order: string): Promise<unknown> =>
      (await run(cwd, workflow, { order, ...(workflow === "WF_PAY_V0" ? { cents: 5 } : {}) }))["outcome"];
    expect(await outcome("WF_SHIP_V0", "A")).toBe("ADMISSION_DENIED");
    expect(await outcome("WF_PAY_V0", "A")).toBe("PAID");
    expect(await outcome("WF_SHIP_V0", "B")).toBe("ADMISSION_DENIED");
    expect(await outcome("WF_CANCEL_V0", "A")).toBe("CANCELLED");
    expect(await outcome("WF_SHIP_V0", "A")).toBe("ADMISSION_DENIED");
    expect(await outcome("WF_PAY_V0", "A")).toBe("PAID");
    expect(await outcome("WF_SHIP_V0", "A")).toBe("SHIPPED");
    expect(await outcome("WF_CANCEL_V0", "A")).toBe("ADMISSION_DENIED");
    expect(await eventsIn(cwd, "--event", "shop::EV_PAID_V0", "--field", "order=A")).toHaveLength(2);
  });

  it("says which clause kept it shut, ends with 1, and is replayed", async () => {
    const cwd = shop();
    const args = ["run", "--wf", "shop::WF_SHIP_V0", "--payload", "-"];
    const said = await called(args, { cwd, stdin: '{"order":"A"}' });
    expect(said.exit).toBe(1);
    expect(said.out).toContain("FAILED: ADMISSION_DENIED (rejected, ADMISSION_DENIED)");
    expect(said.out).toContain("shop::EV_PAID_V0");
    const { execution } = await run(cwd, "WF_SHIP_V0", { order: "A" });
    expect((await called(["replay", String(execution)], { cwd })).exit).toBe(0);
  });

  it("emits nothing that its event does not declare", async () => {
    const cwd = shop();
    expect(await run(cwd, "WF_PAY_V0", { order: "A", cents: 0 })).toMatchObject({
      status: "INCIDENT",
      problems: [{ code: "EVENT_SCHEMA", place: "EXIT_PAID" }],
    });
    expect(await eventsIn(cwd)).toEqual([]);
  });

  it("lists what was emitted a page at a time", async () => {
    const cwd = shop();
    expect((await called(["events"], { cwd })).out).toBe("nothing was emitted\n");
    for (const cents of [1, 2, 3]) await run(cwd, "WF_PAY_V0", { order: "A", cents });
    const { events, next } = documentIn(await called(["events", "--json", "--limit", "2"], { cwd }));
    expect(events).toMatchObject([
      { number: 1, event: "shop::EV_PAID_V0", fields: { order: "A", cents: 1 } },
      { number: 2, fields: { cents: 2 } },
    ]);
    expect(await eventsIn(cwd, "--after", String(next))).toMatchObject([{ number: 3 }]);
    expect(await eventsIn(cwd, "--field", "cents=3")).toMatchObject([{ number: 3 }]);
    const some = ["events", "--event", "shop::EV_PAID_V0", "--field", "order=A", "--limit", "1"];
    expect((await called(some, { cwd })).out).toContain(`omnibase ${some.join(" ")} --after 1\n`);
    for (const wrong of [
      ["--field", "cents"],
      ["--limit", "0"],
      ["--after", "x"],
    ] as const) {
      expect((await called(["events", ...wrong], { cwd })).exit).toBe(2);
    }
  });
});

it.each(["complete.before-commit=kill@1", "complete.after-commit=kill@1"])(
  "what is emitted by an execution that is killed at %s is emitted once",
  async (failpoint) => {
    const cwd = shop();
    const args = ["run", "--wf", "shop::WF_PAY_V0", "--payload", "-", "--idempotency-key", "a"];
    const pay = { cwd, stdin: '{"order":"A","cents":5}' };
    expect((await spawned(args, { ...pay, env: { FAILPOINTS: failpoint } })).exit).toBe(-1);
    expect(documentIn(await spawned([...args, "--json"], pay))).toMatchObject({ outcome: "PAID" });
    expect(await eventsIn(cwd)).toHaveLength(1);
  },
);

it.each(["operate.before-commit=kill@1", "operate.after-commit=kill@1"])(
  "an admission that is killed at %s decides once, and is replayed",
  async (failpoint) => {
    const cwd = shop();
    await run(cwd, "WF_PAY_V0", { order: "A", cents: 5 });
    const args = ["run", "--wf", "shop::WF_SHIP_V0", "--payload", "-", "--idempotency-key", "a"];
    const ship = { cwd, stdin: '{"order":"A"}' };
    expect((await spawned(args, { ...ship, env: { FAILPOINTS: failpoint } })).exit).toBe(-1);
    const again = documentIn(await spawned([...args, "--json"], ship));
    expect(again).toMatchObject({ outcome: "SHIPPED" });
    expect((await spawned(["replay", String(again["execution"])], { cwd })).exit).toBe(0);
  },
);
