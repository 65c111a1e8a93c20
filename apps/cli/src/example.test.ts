import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { called, documentIn, greet, greetProject, removeFolders, spawned } from "./testing/cli.ts";

const outsider = fileURLToPath(new URL("../../../../shared/tools/verify.mjs", import.meta.url));
if (!existsSync(outsider)) console.warn(`skipped: there is no outsider's verifier at ${outsider}`);
let cwd = "";

beforeEach(() => {
  cwd = greetProject();
});
afterEach(removeFolders);

const run = (...args: Parameters<typeof greet>): ReturnType<typeof called> => called(greet(...args), { cwd });
const greeted = (): readonly string[] =>
  readFileSync(join(cwd, "data/registry/greeted.jsonl"), "utf8").trimEnd().split("\n");

describe("the example project", () => {
  it("greets once, and knows whom it has greeted", async () => {
    const first = await run("ada.json", "--json");
    expect(first).toMatchObject({ exit: 0, err: "" });
    expect(documentIn(first)).toMatchObject({
      schema: "omnibase-result/1",
      status: "SUCCESS",
      exit_node: "EXIT_NEW",
      outcome: "GREETED",
      outputs: { id: "GR_21844d298efe7a0a" },
      emitted: ["demo::EV_GREETED_V0"],
      route: [
        { node: "IN_GREET_V0", outcome: "ACK" },
        { node: "CC_KEEP", outcome: "SUCCESS" },
        { node: "EXIT_NEW", outcome: "completed" },
      ],
    });
    expect(greeted()).toHaveLength(1);
    const second = await run("ada.json", "--json");
    expect(documentIn(second)).toMatchObject({ status: "SUCCESS", exit_node: "EXIT_OLD", outcome: "KNOWN" });
    expect(second.exit).toBe(0);
    expect(greeted()).toHaveLength(1);
  });

  it("prints the id and nothing else where only that is asked for, and takes one that is given", async () => {
    const first = await run("ada.json", "--id");
    expect(first.out).toMatch(/^[0-9a-f-]{36}\n$/);
    expect((await called(["show", first.out.trim()], { cwd })).exit).toBe(0);
    expect(documentIn(await run("ada.json", "--json", "--id", "order-7"))).toMatchObject({ execution: "order-7" });
  });

  it("takes the same key for the same execution, and no other payload under it", async () => {
    const [first, second] = [
      await run("ada.json", "--idempotency-key", "k1", "--json"),
      await run("ada.json", "--idempotency-key", "k1", "--json"),
    ];
    const { duration_ms: _, ...was } = documentIn(first);
    const { duration_ms: __, ...is } = documentIn(second);
    expect(is).toEqual(was);
    expect(documentIn(await called(["history", "--json"], { cwd }))["executions"]).toHaveLength(1);
    const other = await run("empty.json", "--idempotency-key", "k1", "--json");
    expect(other.exit).toBe(4);
    expect(documentIn(other)).toMatchObject({ schema: "omnibase-error/1", code: "IDEMPOTENCY_MISMATCH" });
  });

  it("rejects an empty name, names the field, and keeps nothing", async () => {
    const rejected = await run("empty.json", "--json");
    expect(rejected.exit).toBe(1);
    expect(documentIn(rejected)).toMatchObject({
      class: "rejected",
      exit_node: "EXIT_REJECTED",
      nack: [{ field: "name", code: "MIN_LENGTH" }],
    });
    expect(existsSync(join(cwd, "data/registry"))).toBe(false);
  });

  it("leaves a receipt that verifies, and that no changed byte survives", async () => {
    const { execution } = documentIn(await run("ada.json", "--json"));
    const id = String(execution);
    expect((await called(["receipt", id, "--out", "proof"], { cwd })).exit).toBe(0);
    expect(readdirSync(join(cwd, "proof")).toSorted()).toEqual(["key.pub.pem", "log.jsonl", "receipt.json"]);
    const verify = ["verify", "proof/receipt.json", "--log", "proof/log.jsonl", "--key", "proof/key.pub.pem"];
    expect(documentIn(await called([...verify, "--json"], { cwd }))).toMatchObject({
      verified: true,
      execution: id,
      records: 4,
    });
    expect((await called(["replay", id], { cwd })).out).toContain("4 records, 2 pure steps computed again");
    const log = join(cwd, "proof/log.jsonl");
    writeFileSync(log, readFileSync(log, "utf8").replace("GR_2", "GR_3"));
    const broken = await called([...verify, "--json"], { cwd });
    expect(broken.exit).toBe(5);
    expect(documentIn(broken)).toMatchObject({ code: "CHAIN_BROKEN", revision: 3, verified: false });
  });

  it.skipIf(!existsSync(outsider))("leaves a receipt that an outsider's verifier takes", async () => {
    const { execution } = documentIn(await run("ada.json", "--json"));
    await called(["receipt", String(execution), "--out", "."], { cwd });
    const args = [outsider, "receipt.json", "--log", "log.jsonl", "--key", "key.pub.pem"];
    expect(execFileSync(process.execPath, args, { cwd, encoding: "utf8" })).toContain('"verified":true');
  });

  it("runs as it ships, from somewhere else, with relative paths", async () => {
    const located = ["--workspace", cwd, "--data-root", "elsewhere"];
    const elsewhere = greetProject();
    const first = await spawned(greet("ada.json", ...located), { cwd: elsewhere });
    expect(first).toMatchObject({ exit: 0, err: "" });
    expect(first.out).toContain("IN_GREET_V0 (ACK) → CC_KEEP (SUCCESS) → EXIT_NEW (completed)");
    expect(first.out).toMatch(/^omnibase replay \S+ --workspace \S+ --data-root elsewhere$/m);
    expect(existsSync(join(elsewhere, "elsewhere/registry/greeted.jsonl"))).toBe(true);
    const shown = /^omnibase (show .*)$/m.exec(first.out)?.[1] ?? "";
    expect((await spawned(shown.split(" "), { cwd: elsewhere })).out).toContain("GREETED");
  });
});
