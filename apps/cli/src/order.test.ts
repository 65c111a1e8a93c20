import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { called, documentIn, folderWith, removeFolders } from "./testing/cli.ts";

const example = fileURLToPath(new URL("../../../examples/25-order", import.meta.url));

describe("25-order", () => {
  let bank: Server;
  let cwd = "";
  /** What the bank was asked, and with which key. */
  const heard: string[] = [];
  let status = 200;

  beforeEach(async () => {
    heard.length = 0;
    status = 200;
    bank = createServer((request, response) => {
      heard.push(String(request.url));
      request.resume().on("end", () => response.writeHead(status).end());
    });
    await new Promise<void>((resolve) => {
      bank.listen(0, "127.0.0.1", resolve);
    });
    const address = bank.address();
    const port = String(typeof address === "object" && address !== null ? address.port : 0);
    cwd = folderWith({});
    for (const name of ["omnibase.yaml", "contracts"])
      cpSync(join(example, name), join(cwd, name), { recursive: true });
    for (const file of ["omnibase.yaml", "contracts/RB_ORDER_V0.yaml"]) {
      writeFileSync(join(cwd, file), readFileSync(join(cwd, file), "utf8").replaceAll("8403", port));
    }
  });
  afterEach(() => {
    bank.closeAllConnections();
    bank.close();
    removeFolders();
  });

  /** Starts an order, lets a person say what becomes of it, and tells what it came to. */
  async function order(item: string, lorry: string, said: string): Promise<Readonly<Record<string, unknown>>> {
    const stdin = JSON.stringify({ order: `A-${item}`, item, cents: 500, lorry });
    const args = ["run", "--wf", "order::WF_ORDER_V0", "--payload", "-", "--json"];
    const started = documentIn(await called(args, { cwd, stdin }));
    const id = String(started["execution"]);
    if (started["status"] !== "WAITING") return started;
    const as = ["--as", "order::AC_BUYER_FOR_THE_SHOP_V0"];
    const told = await called(["task", "complete", id, "--outcome", said, ...as], { cwd });
    expect(told.err).toBe("");
    expect((await called(["replay", id], { cwd })).exit).toBe(0);
    return documentIn(await called(["show", id, "--json"], { cwd }));
  }

  const linesOf = (file: string): readonly unknown[] =>
    readFileSync(join(cwd, "data", file), "utf8")
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));

  it("is shipped when somebody approves it and pays", async () => {
    expect(await order("chair", "L-1", "APPROVED")).toMatchObject({ outcome: "SHIPPED" });
    expect(heard).toEqual(["/orders/A-chair/charge"]);
    expect(linesOf("reserved.jsonl")).toMatchObject([{ key: "chair" }]);
  });

  it("gives the goods back when nobody approves it, and they can be ordered again", async () => {
    expect(await order("chair", "L-1", "DENIED")).toMatchObject({ outcome: "DENIED" });
    expect(heard).toEqual([]);
    expect(linesOf("reserved.jsonl")).toMatchObject([{ key: "chair" }, { key: "chair", tombstone: true }]);
    expect(await order("chair", "L-1", "APPROVED")).toMatchObject({ outcome: "SHIPPED" });
    expect(await order("chair", "L-2", "APPROVED")).toMatchObject({ outcome: "SOLD_OUT" });
  });

  it("gives the goods back when the bank declines", async () => {
    status = 402;
    expect(await order("chair", "L-1", "APPROVED")).toMatchObject({ outcome: "DECLINED" });
    expect(heard).toEqual(["/orders/A-chair/charge"]);
    expect(linesOf("reserved.jsonl")).toHaveLength(2);
  });

  it("gives the money back, and then the goods, when there is no place on the lorry", async () => {
    await order("chair", "L-1", "APPROVED");
    expect(await order("table", "L-1", "APPROVED")).toMatchObject({ outcome: "NO_LORRY" });
    expect(heard.slice(1)).toEqual(["/orders/A-table/charge", "/orders/A-table/refund"]);
    expect(linesOf("reserved.jsonl").slice(1)).toMatchObject([{ key: "table" }, { key: "table", tombstone: true }]);
  });
});
