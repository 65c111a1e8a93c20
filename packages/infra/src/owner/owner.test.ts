import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnapshotFault, StoreFault } from "@omnibase/spi";
import type { Owner, Reply, StartRequest } from "@omnibase/spi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectOwner, type RemoteOwner } from "./connect-owner.ts";
import { serveOwner, type ServedOwner } from "./serve-owner.ts";
import { OwnerGone } from "./wire-fault.ts";

const request: StartRequest = {
  tenant: "default",
  execution: "e1",
  workflow: "NS::WF_GREET_V0",
  snapshot: "sha256:00",
  input: { b: [1, null, "ä\n"], a: { deep: true } },
  principal: "ada",
};

const leaving: Reply<never> = { ok: false, error: { code: "OWNER_LEAVING" } };

/** An owner that repeats what it was asked, so that both ends can be compared. */
const echo = (heard: unknown[]): Owner => {
  const hear = (asked: object): Promise<Reply<never>> => {
    heard.push(asked);
    return Promise.resolve(leaving);
  };
  return {
    start: async (asked) => {
      heard.push(asked);
      const { execution, tenant } = asked;
      return { ok: true, value: { tenant, execution, existed: false } };
    },
    wait: hear,
    cancel: hear,
    resolve: hear,
    signal: hear,
    settleTask: hear,
    eraseSecrets: hear,
    project: hear,
    remove: hear,
    tidy: () => hear({}),
  };
};

const start = (params: unknown): string => `${JSON.stringify({ id: 1, method: "start", params })}\n`;
const asking = (method: string, params: object): string =>
  `${JSON.stringify({ id: 1, method, params: { tenant: "t", execution: "e", by: "b", ...params } })}\n`;
const { input: _input, ...withoutInput } = request;

describe("an owner over a socket", () => {
  let folder = "";
  let path = "";
  let served: ServedOwner | undefined;
  let remote: RemoteOwner | undefined;

  const open = async (owner: Owner): Promise<RemoteOwner> => {
    served = await serveOwner(owner, path);
    remote = await connectOwner(path);
    return remote;
  };
  const talk = async (bytes: string | Uint8Array): Promise<string> => {
    const socket = connect(path);
    let said = "";
    socket.on("data", (chunk: Uint8Array) => {
      said += new TextDecoder().decode(chunk);
    });
    socket.on("error", () => undefined);
    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));
    return said;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "owner-"));
    path = join(folder, "owner.sock");
  });
  afterEach(async () => {
    remote?.close();
    await served?.close();
    served = undefined;
    rmSync(folder, { recursive: true });
  });

  it("hears every command as it was given, and its replies come back", async () => {
    const heard: unknown[] = [];
    const owner = await open(echo(heard));
    expect(await owner.start(request)).toEqual({
      ok: true,
      value: { tenant: "default", execution: "e1", existed: false },
    });
    const key = { tenant: "default", execution: "e1" };
    const output = { kind: "done", outcome: "SUCCESS", value: { z: 1, a: [] } } as const;
    const said = { ...key, by: "ada", id: "s-1", name: "PAID", value: { b: [1, null, "ä\n"], a: 0.5 } };
    const removal = { key, head: "sha256:aa", records: 3, removedMs: 2, policy: "“all”" };
    const removals = [removal, { ...removal, archive: "a/b", untilMs: 3 }];
    const settled = { ...key, by: "ada", outcome: "APPROVED", value: { note: "“fine”" } };
    const commands = [
      [owner.start({ ...request, acceptFiles: true }), { ...request, acceptFiles: true }],
      [owner.wait(key), key],
      [owner.cancel({ ...key, by: "ada", reason: "late" }), { ...key, by: "ada", reason: "late" }],
      [owner.resolve({ ...key, by: "ada", resolution: output }), { ...key, by: "ada", resolution: output }],
      [
        owner.resolve({ ...key, by: "ada", place: "CC/x", resolution: { kind: "retry" } }),
        { ...key, by: "ada", place: "CC/x", resolution: { kind: "retry" } },
      ],
      ...[said, { ...said, value: null }].map((asked) => [owner.signal(asked), asked] as const),
      ...[settled, { ...settled, place: "MAP[2]/x" }].map((asked) => [owner.settleTask(asked), asked] as const),
      [owner.remove({ removals }), { removals }],
      [owner.tidy(), {}],
      [owner.eraseSecrets(key), key],
      [owner.project({ tenant: "t", snapshot: "s", workflow: "w" }), { tenant: "t", snapshot: "s", workflow: "w" }],
    ] as const;
    for (const [asked] of commands) expect(await asked).toMatchObject({});
    expect(heard).toEqual([request, ...commands.map(([, told]) => told)]);
  });

  it("is this user's alone, also where a dead socket lay", async () => {
    writeFileSync(path, "");
    await open(echo([]));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("answers many questions at once, in the order of their answers", async () => {
    const waiting: (() => void)[] = [];
    const owner = await open({
      ...echo([]),
      wait: (key) =>
        new Promise((resolve) =>
          waiting.push(() => {
            resolve({ ok: true, value: { ...key, status: "ended" } });
          }),
        ),
    });
    const asked = Array.from({ length: 600 }, (_, index) => owner.wait({ tenant: "t", execution: String(index) }));
    let told = 0;
    while (told < asked.length) {
      await expect.poll(() => waiting.length > 0).toBe(true);
      for (const tell of waiting.splice(0).toReversed()) {
        tell();
        told += 1;
      }
    }
    const names = (await Promise.all(asked)).map((reply) => (reply.ok ? reply.value.execution : "refused"));
    expect(names).toEqual(asked.map((_, index) => String(index)));
  });

  it("its faults are the same faults here, and its bugs are a failed store", async () => {
    const faults: unknown[] = [
      new StoreFault("STORE_FULL", "no room", { retryable: true }),
      new SnapshotFault("no disk", { retryable: true }),
      new Error("impossible: x"),
    ];
    const owner = await open({ ...echo([]), start: () => Promise.reject(faults.shift()) });
    const caught = async (): Promise<unknown> => owner.start(request).catch((error: unknown) => error);
    const full = await caught();
    expect(full).toBeInstanceOf(StoreFault);
    expect(full).toMatchObject({ code: "STORE_FULL", retryable: true, message: "no room" });
    const snapshot = await caught();
    expect(snapshot).toBeInstanceOf(SnapshotFault);
    expect(snapshot).toMatchObject({ retryable: true, message: "no disk" });
    expect(await caught()).toMatchObject({ name: "StoreFault", code: "STORE_FAILED", retryable: false });
  });

  it("where nobody listens, it is gone", async () => {
    await expect(connectOwner(path)).rejects.toBeInstanceOf(OwnerGone);
    const dead = await serveOwner(echo([]), path);
    await dead.close();
    await expect(connectOwner(path)).rejects.toMatchObject({ retryable: true });
  });

  it("what it answered while it left arrives, and what it did not is gone", async () => {
    let tell: ((reply: Reply<never>) => void) | undefined;
    const owner = await open({
      ...echo([]),
      wait: () =>
        new Promise((resolve) => {
          tell = resolve;
        }),
    });
    const waiting = owner.wait(request);
    await owner.start(request);
    served?.shut();
    await expect(connectOwner(path)).rejects.toBeInstanceOf(OwnerGone);
    expect(await owner.start(request)).toMatchObject({ ok: true });
    const closed = served?.close();
    const late = owner.start(request).catch((error: unknown) => error);
    tell?.(leaving);
    expect(await waiting).toEqual(leaving);
    await closed;
    expect(await late).toBeInstanceOf(OwnerGone);
    await expect(owner.start(request)).rejects.toBeInstanceOf(OwnerGone);
  });

  it.each<[string, string | Uint8Array]>([
    ["no JSON", "hello\n"],
    ["an empty line", "\n"],
    ["a list", "[]\n"],
    ["no id", `{"method":"wait","params":{}}\n`],
    ["an id that is no whole number", `{"id":1.5,"method":"wait","params":{"tenant":"t","execution":"e"}}\n`],
    ["no method", `{"id":1,"params":{}}\n`],
    ["a method of objects", `{"id":1,"method":"toString","params":{}}\n`],
    ["no params", `{"id":1,"method":"wait"}\n`],
    ["a missing name", `{"id":1,"method":"wait","params":{"tenant":"t"}}\n`],
    ["a name that is no text", `{"id":1,"method":"wait","params":{"tenant":"t","execution":["e"]}}\n`],
    ["half a character", `{"id":1,"method":"wait","params":{"tenant":"t","execution":"\\ud800"}}\n`],
    ["no input", start(withoutInput)],
    ["an input that is not text of JSON", start({ ...request, input: "{" })],
    ["an input with a reserved key", start({ ...request, input: `{"__proto__":1}` })],
    ["an input that is no number", start({ ...request, input: "1e400" })],
    ["an input that is too deep", start({ ...request, input: "[".repeat(100_000) })],
    ["a consent that is no boolean", start({ ...request, input: "1", acceptFiles: "yes" })],
    [
      "an unknown resolution",
      `{"id":1,"method":"resolve","params":{"tenant":"t","execution":"e","by":"b","resolution":"{}"}}\n`,
    ],
    ...["{", undefined, 1].map((value): [string, string] => [
      `a signal with the value ${String(value)}`,
      asking("signal", { id: "s", name: "N", value }),
    ]),
    ["a signal without an id", asking("signal", { name: "N", value: "1" })],
    ["removals that are no list", asking("remove", { removals: "{}" })],
    [
      "a removal without a head",
      asking("remove", { removals: '[{"key":{"tenant":"t","execution":"e"},"records":1}]' }),
    ],
    ["a task without an outcome", asking("settleTask", { value: "1" })],
    ["a task without a value", asking("settleTask", { outcome: "DONE" })],
    ["a task at no place", asking("settleTask", { outcome: "DONE", value: "1", place: 1 })],
    ["depth", `${"[".repeat(1_000_000)}\n`],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x0a)],
  ])("says BAD_FRAME to %s, hangs up, and goes on with others", async (_name, bytes) => {
    const heard: unknown[] = [];
    const owner = await open(echo(heard));
    const said: unknown = JSON.parse(await talk(bytes));
    expect(said).toMatchObject({ id: null, fault: { code: "BAD_FRAME" } });
    expect(await owner.start(request)).toMatchObject({ ok: true });
    expect(heard).toEqual([request]);
  });

  it("says FRAME_TOO_LONG to a line without end", async () => {
    const owner = await open(echo([]));
    expect(await talk("x".repeat(5_000_000))).toContain("FRAME_TOO_LONG");
    expect(await owner.start(request)).toMatchObject({ ok: true });
  });

  it("outlives clients that hang up, send slowly, or read nothing", async () => {
    const owner = await open(echo([]));
    const sockets: Socket[] = [];
    const reach = (): Socket => {
      const socket = connect(path);
      socket.on("error", () => undefined);
      sockets.push(socket);
      return socket;
    };
    const line = start({ ...request, input: JSON.stringify("x".repeat(1_000)), execution: "e".repeat(10_000) });
    const deaf = reach();
    deaf.pause();
    for (let index = 0; index < 2_000; index += 1) deaf.write(line);
    reach().write(line.slice(0, 100));
    const hasty = reach();
    hasty.write(line, () => hasty.destroy());
    for (let index = 0; index < 100; index += 1) expect(await owner.start(request)).toMatchObject({ ok: true });
    const before = performance.now();
    await served?.close();
    expect(performance.now() - before).toBeLessThan(4_000);
    for (const socket of sockets) socket.destroy();
  });
});
