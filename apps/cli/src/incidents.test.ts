import { createServer, type Server } from "node:http";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLocal } from "./local.ts";
import { chargeProject } from "./testing/charge-project.ts";
import { called, documentIn, removeFolders } from "./testing/cli.ts";

afterEach(removeFolders);

/** Charges every order of a list, two at a time, while somebody is asked to look at them. */
const split: Readonly<Record<string, string>> = {
  "contracts/IN_CHARGE_V0.yaml": `in_code: IN_CHARGE_V0
version: v0
core:
  workflow: WF_CHARGE_V0
  inputs:
    orders: { type: array, required: true, items: { type: string } }
`,
  "contracts/WF_CHARGE_V0.yaml": `wf_code: WF_CHARGE_V0
version: v0
runtime_binding: pay::RB_CHARGE_V0
core:
  start_node: ENTER
  nodes:
    ENTER: { type: IN, code: IN_CHARGE_V0, next: { ACK: [ALL, LOOK], NACK: REFUSED } }
    ALL:
      type: MAP
      over: $.payload.orders
      as: order
      code: CC_CHARGE_V0
      inputs: { order: $.order }
      parallel: 2
      next: { SUCCESS: DONE, ITEM_FAILED: DONE, VIOLATION: DONE }
    LOOK: { type: TASK, summary: Look at them, inputs: { orders: $.payload.orders }, next: { SEEN: DONE } }
    DONE: { type: EXIT, join: all, reason: COMPLETED, class: completed, outcome: PAID }
    REFUSED: { type: EXIT, reason: EXITED, class: rejected, outcome: BAD_INPUT }
`,
};

describe("several incidents in one execution", () => {
  let server: Server;
  let cwd = "";
  /** Answers that were not given yet. All other orders are answered by silence. */
  const held: (() => void)[] = [];

  beforeEach(async () => {
    held.length = 0;
    server = createServer(({ socket, url }, response) => {
      if (url === "/charges/HELD") held.push(() => response.writeHead(200).end());
      else socket.destroy();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    cwd = chargeProject(`http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`);
    for (const [name, text] of Object.entries(split)) writeFileSync(join(cwd, name), text);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const incidents = async (): Promise<unknown> =>
    documentIn(await called(["incident", "list", "--json"], { cwd }))["incidents"];

  /** Where they stand, page by page, from the first to the last. */
  async function pages(limit: number): Promise<readonly (readonly string[])[]> {
    const found: (readonly string[])[] = [];
    for (let after: string | undefined = ""; after !== undefined;) {
      const behind: readonly string[] = after === "" ? [] : ["--after", after];
      const page = documentIn(
        await called(["incident", "list", "--json", "--limit", String(limit), ...behind], { cwd }),
      );
      const listed: unknown = page["incidents"];
      if (!Array.isArray(listed)) throw new Error("impossible: a page without incidents");
      found.push(
        listed.map(
          (one: unknown) =>
            `${String(Reflect.get(Object(one), "execution"))} ${String(Reflect.get(Object(one), "place"))}`,
        ),
      );
      after = typeof page["next"] === "number" ? String(page["next"]) : undefined;
    }
    return found;
  }

  it("are listed by their positions, shown and resolved one by one, while others wait beside them", async () => {
    const args = ["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "-", "--id", "e1", "--json"];
    const stopped = await called(args, { cwd, stdin: '{"orders":["A-1","A-2"]}' });
    expect(stopped.exit).toBe(1);
    expect(documentIn(stopped)).toMatchObject({ status: "INCIDENT" });
    const places = ["ALL[0]/charge", "ALL[1]/charge"];
    const unknown = { execution: "e1", code: "OUTCOME_UNKNOWN" };
    const open = places.map((place) => ({ ...unknown, place }));
    expect(await incidents()).toEqual(expect.arrayContaining(open.map((one): unknown => expect.objectContaining(one))));
    const { waiting } = documentIn(await called(["show", "e1", "--json"], { cwd }));
    expect(waiting).toMatchObject([{ kind: "task", place: "LOOK" }]);
    expect(await pages(1)).toEqual((await pages(20)).flatMap((page) => page.map((one) => [one])));

    for (const verb of [["show"], ["resolve", "--not-done"]]) {
      const [name = "", ...more] = verb;
      const refused = documentIn(await called(["incident", name, "e1", "--json", ...more], { cwd }));
      expect(refused).toMatchObject({ code: "PLACE_AMBIGUOUS", places });
    }
    const [first = "", second = ""] = places;
    const shown = await called(["incident", "show", "e1", "--place", second], { cwd });
    expect(shown.out).toContain("outcomes   SUCCESS, VIOLATION");
    expect(shown.out).toContain(`incident resolve e1 --place '${second}'`);
    expect((await called(["incident", "show", "e1", "--place", "LOOK"], { cwd })).exit).toBe(4);

    const resolve = ["incident", "resolve", "e1", "--done", "SUCCESS", "--output", "-", "--json"];
    const stdin = '{"status":200}';
    const one = documentIn(await called([...resolve, "--place", second], { cwd, stdin }));
    expect(one).toMatchObject({ status: "INCIDENT" });
    expect(await incidents()).toMatchObject([{ place: first }]);
    expect(documentIn(await called(resolve, { cwd, stdin }))).toMatchObject({ status: "WAITING" });
    expect(await incidents()).toEqual([]);
    const seen = await called(["task", "complete", "e1", "--outcome", "SEEN", "--json"], { cwd });
    expect(documentIn(seen)).toMatchObject({ status: "SUCCESS", outcome: "PAID" });
    expect((await called(["replay", "e1"], { cwd })).exit).toBe(0);
  });

  it("are listed while others are under way beside them, and end nobody's work", async () => {
    const args = ["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "-", "--id", "e1", "--json", "--detach"];
    await called(args, { cwd, stdin: '{"orders":["A-1","HELD"]}' });
    await expect.poll(incidents, { timeout: 20_000 }).toMatchObject([{ place: "ALL[0]/charge" }]);
    const { executions } = documentIn(await called(["history", "--json"], { cwd }));
    expect(executions).toMatchObject([{ status: "open" }]);
    const { waiting } = documentIn(await called(["show", "e1", "--json"], { cwd }));
    expect(waiting).toEqual(
      expect.arrayContaining([{ kind: "answer", place: "ALL[1]/charge", attempt: 1 }] as unknown[]),
    );
    for (const answer of held) answer();
    const ended = documentIn(await called(["resume", "e1", "--json"], { cwd }));
    expect(ended).toMatchObject({ status: "INCIDENT" });
    expect(await incidents()).toMatchObject([{ place: "ALL[0]/charge" }]);
  });

  it("are listed where their snapshot is gone, too, as far as their log tells", async () => {
    const args = ["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "-", "--json"];
    await called([...args, "--id", "e1"], { cwd, stdin: '{"orders":["A-1"]}' });
    rmSync(join(cwd, "data/.omnibase/snapshots"), { recursive: true });
    const workflow = "contracts/WF_CHARGE_V0.yaml";
    writeFileSync(join(cwd, workflow), (split[workflow] ?? "").replace("Look at them", "Look at them again"));
    await called([...args, "--id", "e2"], { cwd, stdin: '{"orders":["A-1"]}' });
    const place = "ALL[0]/charge";
    expect(await incidents()).toMatchObject([
      { execution: "e2", place, outcomes: ["SUCCESS", "VIOLATION"] },
      { execution: "e1", place, outcomes: [] },
    ]);
    expect((await called(["incident", "list"], { cwd })).err).toContain("snapshot");
    expect(await pages(1)).toEqual([[`e2 ${place}`], [`e1 ${place}`]]);
    const first = await called(["incident", "list", "--limit", "1"], { cwd });
    const [, after = "none"] = /^omnibase incident list --limit 1 --after (\d+)$/m.exec(first.out) ?? [];
    const local = await openLocal({ project: cwd });
    try {
      const asked = await local.fetch(`http://localhost/v1/incidents?limit=1&after=${after}`);
      expect(await asked.json()).toMatchObject({ incidents: [{ execution: "e1", place }], next: null });
      expect((await local.fetch("http://localhost/v1/incidents?page=2")).status).toBe(400);
    } finally {
      await local.close();
    }
  });
});
