import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chargeProject } from "./testing/charge-project.ts";
import { bundled, called, documentIn, idOf, removeFolders, type Called } from "./testing/cli.ts";

afterEach(removeFolders);

describe("work in the world", () => {
  let server: Server;
  let cwd = "";
  let status: number | undefined = 200;
  const heard: string[] = [];
  const keys: (string | undefined)[] = [];
  /** Answers that were not given yet. */
  const held: (() => void)[] = [];

  beforeEach(async () => {
    heard.length = 0;
    keys.length = 0;
    held.length = 0;
    status = 200;
    server = createServer((request, response) => {
      heard.push(`${String(request.method)} ${String(request.url)}`);
      keys.push(request.headers.authorization);
      if (status === undefined) request.socket.destroy();
      else if (status > 0) response.writeHead(status).end();
      else held.push(() => response.writeHead(200).end());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    cwd = chargeProject(`http://127.0.0.1:${String(port)}`);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const charge = (...more: readonly string[]): Promise<Called> =>
    called(["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--json", ...more], { cwd });

  it("is asked once, and its answer decides the route", async () => {
    expect(documentIn(await charge())).toMatchObject({ status: "SUCCESS", outcome: "PAID", outputs: { status: 200 } });
    expect(heard).toEqual(["POST /charges/A-1"]);
  });

  it("is asked with a secret that the project grants, and that stands nowhere", async () => {
    const edit = (file: string, from: string, to: string): void => {
      const path = join(cwd, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    };
    const binding = "contracts/RB_CHARGE_V0.yaml";
    edit(binding, "method: POST", "method: POST\n            headers: { authorization: Bearer secret://TOKEN }");
    const refused = await charge();
    expect(documentIn(refused)).toMatchObject({ code: "COMPILE_REFUSED", problems: [{ code: "CAPABILITY_DENIED" }] });
    edit("omnibase.yaml", "grants:\n", "grants:\n  secrets: { TOKEN: { file: token } }\n");

    const absent = await charge();
    expect(documentIn(absent)).toMatchObject({ status: "INCIDENT" });
    expect(heard).toEqual([]);

    writeFileSync(join(cwd, "token"), "s3cr3t-token\n");
    const done = await charge();
    expect(documentIn(done)).toMatchObject({ outcome: "PAID" });
    expect(keys).toEqual(["Bearer s3cr3t-token"]);
    expect((await called(["authority"], { cwd })).out).toContain("may use    secret://TOKEN");
    rmSync(join(cwd, "token"));
    const kept = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(kept.length).toBeGreaterThan(8);
    const holding = kept.filter(({ name, parentPath }) => readFileSync(join(parentPath, name)).includes("s3cr3t"));
    expect(holding).toEqual([]);
  });

  it("that nobody knows the end of becomes an incident, which a person resolves under their name", async () => {
    status = undefined;
    const stopped = await charge();
    expect(stopped.exit).toBe(1);
    expect(documentIn(stopped)).toMatchObject({ status: "INCIDENT", route: [{ node: "ENTER", outcome: "ACK" }] });
    const id = idOf(stopped);
    expect(documentIn(await called(["incident", "list", "--json"], { cwd }))["incidents"]).toMatchObject([
      { execution: id, code: "OUTCOME_UNKNOWN", place: "PAY/charge" },
    ]);
    expect((await called(["incident", "show", id], { cwd })).out).toContain("outcomes   SUCCESS, VIOLATION");
    expect((await called(["receipt", id, "--out", "proof", "--json"], { cwd })).exit).toBe(4);
    const resolve = ["incident", "resolve", id, "--principal", "grace", "--json"];
    expect((await called(resolve, { cwd })).exit).toBe(2);
    const undeclared = await called([...resolve, "--done", "NONSENSE"], { cwd });
    expect(undeclared.exit).toBe(4);
    expect(documentIn(undeclared)).toMatchObject({
      code: "UNDECLARED_OUTCOME",
      declared: expect.arrayContaining(["SUCCESS"]),
    });
    const output = { cwd, stdin: '{"status":201}' };
    const done = await called([...resolve, "--done", "SUCCESS", "--output", "-"], output);
    expect(documentIn(done)).toMatchObject({
      status: "SUCCESS",
      outputs: { status: 201 },
      problems: [{}, { code: "OUTCOME_UNKNOWN" }],
    });
    expect(heard).toHaveLength(1);
    await called(["receipt", id, "--out", "proof"], { cwd });
    expect(readFileSync(join(cwd, "proof/log.jsonl"), "utf8")).toContain('"by":"grace"');
    expect((await called(["incident", "resolve", id, "--retry", "--json"], { cwd })).exit).toBe(4);
  });

  it("is asked again where a person says so, and can be cancelled where it stands still", async () => {
    status = undefined;
    const [again, never] = [idOf(await charge()), idOf(await charge())];
    status = 200;
    const retried = await called(["incident", "resolve", again, "--retry", "--json"], { cwd });
    expect(documentIn(retried)).toMatchObject({ status: "SUCCESS", outcome: "PAID" });
    await called(["cancel", never, "--reason", "ordered twice", "--json"], { cwd });
    await called(["incident", "resolve", never, "--not-done"], { cwd });
    expect(documentIn(await called(["show", never, "--json"], { cwd }))).toMatchObject({
      status: "CANCELLED",
      exit_node: null,
    });
    expect((await called(["cancel", never, "--json"], { cwd })).exit).toBe(4);
  });

  it("is let go by a second signal, and nothing that was acknowledged is lost", async () => {
    status = 0;
    const child = spawn(
      process.execPath,
      [bundled, "run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--id", "e1"],
      { cwd },
    );
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(child.exitCode).toBe(null);
    child.kill("SIGTERM");
    const ended = await new Promise((resolve) =>
      child.on("close", (exit, signal) => {
        resolve(exit ?? signal);
      }),
    );
    expect(ended).toBe("SIGTERM");
    const shown = documentIn(await called(["show", "e1", "--json"], { cwd }));
    expect(shown).toMatchObject({ execution: "e1", status: "WAITING" });
    const resumed = await called(["resume", "e1", "--json"], { cwd });
    expect(documentIn(resumed)).toMatchObject({ status: "INCIDENT" });
    expect(heard).toHaveLength(1);
  });

  it("is waited for after a signal, and nothing is begun any more", async () => {
    status = 0;
    const args = ["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--json"];
    const child = spawn(process.execPath, [bundled, ...args], { cwd });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill("SIGINT");
    setTimeout(() => held[0]?.(), 200);
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    expect(documentIn({ out })).toMatchObject({ status: "SUCCESS", outcome: "PAID" });
  });

  it("is asked again at its time, though the process that waited for it died", async () => {
    status = 503;
    const contract = join(cwd, "contracts/CC_CHARGE_V0.yaml");
    const retry = "retry: { attempts: 3, backoff: PT1S, factor: 1, max: PT1S }\n      timeout: PT20S";
    writeFileSync(contract, readFileSync(contract, "utf8").replace("timeout: PT20S", retry));
    const binding = join(cwd, "contracts/RB_CHARGE_V0.yaml");
    writeFileSync(binding, readFileSync(binding, "utf8").replace("idempotent: false", "idempotent: true"));
    const args = ["run", "--wf", "pay::WF_CHARGE_V0", "--payload", "order.json", "--id", "e1"];
    const child = spawn(process.execPath, [bundled, ...args], { cwd });
    const history = async (): Promise<unknown> =>
      documentIn(await called(["history", "--json"], { cwd }))["executions"];
    await expect.poll(history, { timeout: 5_000 }).toMatchObject([{ status: "parked" }]);
    child.kill("SIGKILL");
    status = 200;
    expect(documentIn(await called(["resume", "--json"], { cwd }))).toMatchObject({
      executions: [{ execution: "e1", status: "ended" }],
    });
    expect(heard).toHaveLength(2);
    expect(documentIn(await called(["resume", "--json"], { cwd }))).toMatchObject({ executions: [] });
  });

  it("may go on without whoever started it", async () => {
    status = 0;
    const started = await charge("--detach", "--id", "e1");
    expect(started.exit).toBe(0);
    expect(documentIn(started)).toMatchObject({ schema: "omnibase-started/1", execution: "e1", existed: false });
    expect(documentIn(await charge("--detach", "--id", "e1"))).toMatchObject({ existed: true });
    expect(documentIn(await called(["show", "e1", "--json"], { cwd }))).toMatchObject({ status: "WAITING" });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    held[0]?.();
    const resumed = await called(["resume", "e1", "--json"], { cwd });
    expect(documentIn(resumed)).toMatchObject({ status: "SUCCESS", outcome: "PAID" });
    expect(heard).toHaveLength(1);
    const other = await called(["run", "--wf", "pay::NONE", "--payload", "order.json", "--detach"], { cwd });
    expect(other.exit).toBe(3);
  });
});
