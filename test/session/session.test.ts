import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "@omnibase/infra/clock";
import { ownerSocket, tryOwnerLock } from "@omnibase/infra/sqlite";
import { StoreFault } from "@omnibase/spi";
import type { Reply } from "@omnibase/spi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSession, type OwnedHost, type Session } from "../../apps/cli/src/session.ts";
import { hostOf, leaving } from "./hosts.ts";

const clock = systemClock();
const racer = fileURLToPath(new URL("racer.ts", import.meta.url));
const key = { tenant: "default", execution: "e1" };
const ended: Reply<{ tenant: string; execution: string; status: "ended" }> = {
  ok: true,
  value: { ...key, status: "ended" },
};

interface Racer {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  said: string;
}

describe("sessions of several processes", () => {
  let dataRoot = "";
  const racers: Racer[] = [];

  const race = (keys: readonly string[]): Racer => {
    const child = spawn(
      process.execPath,
      ["--conditions=@omnibase/source", "--import", "tsx", racer, dataRoot, ...keys],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const one: Racer = { child, said: "", ended: new Promise((resolve) => child.once("close", resolve)) };
    child.stdout?.on("data", (text: unknown) => {
      one.said += String(text);
    });
    racers.push(one);
    return one;
  };
  const ledger = (): readonly string[] => {
    const file = join(dataRoot, "ledger");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  };
  /** Between one opening and the next, only one process writes. */
  const owners = (): readonly string[] => {
    const found: string[] = [];
    for (const line of ledger()) {
      const [what, , pid = line.split(" ")[1] ?? ""] = line.split(" ");
      if (what === "open") found.push(pid);
      expect(pid).toBe(found.at(-1));
    }
    return found;
  };
  const started = (): readonly string[] =>
    ledger().flatMap((line) => (line.startsWith("start ") ? [line.split(" ")[1] ?? ""] : []));

  beforeEach(() => {
    dataRoot = mkdtempSync(join(tmpdir(), "session-"));
  });
  afterEach(() => {
    for (const { child } of racers.splice(0)) child.kill("SIGKILL");
    rmSync(dataRoot, { recursive: true });
  });

  it(
    "eight at once have one owner at a time, and lose or double nothing when it leaves",
    { timeout: 60_000 },
    async () => {
      const keys = Array.from({ length: 60 }, (_, index) => `k${String(index)}`);
      for (let index = 0; index < 8; index += 1) race([...keys.slice(index * 5), `own${String(index)}`]);
      await Promise.all(racers.map((one) => one.ended));
      for (const { said } of racers) expect(said).toMatch(/done\n$/);
      expect(owners().length).toBeGreaterThanOrEqual(1);
      expect(started().toSorted()).toEqual([...keys, ...racers.map((_, index) => `own${String(index)}`)].toSorted());
      const acknowledged = racers.flatMap(({ said }) => said.split("\n"));
      for (const name of keys) {
        expect(acknowledged.filter((line) => line === `${name} new`).length).toBeLessThanOrEqual(1);
        expect(acknowledged.filter((line) => line === `${name} ended`)).not.toEqual([]);
      }
    },
  );

  it("the others go on when the owner is killed, again and again", { timeout: 60_000 }, async () => {
    const keys = Array.from({ length: 400 }, (_, index) => `k${String(index)}`);
    for (let index = 0; index < 8; index += 1) race(keys.slice(index * 40, index * 40 + 120));
    const killed: string[] = [];
    while (killed.length < 4) {
      await expect.poll(() => started().length, { timeout: 20_000 }).toBeGreaterThan(killed.length * 20);
      await expect.poll(() => owners().at(-1), { timeout: 20_000 }).not.toBe(killed.at(-1));
      const owner = owners().at(-1) ?? "";
      if (ledger().at(-1)?.startsWith("close") === true) break;
      racers.find(({ child }) => String(child.pid) === owner)?.child.kill("SIGKILL");
      killed.push(owner);
    }
    await Promise.all(racers.map((one) => one.ended));
    expect(killed.length).toBeGreaterThanOrEqual(1);
    const survivors = racers.filter(({ child }) => !killed.includes(String(child.pid)));
    for (const { said } of survivors) expect(said).toMatch(/done\n$/);
    owners();
    expect(started().length).toBe(new Set(started()).size);
    const acknowledged = racers.flatMap(({ said }) => said.match(/^\w+(?= (?:new|existed)$)/gm) ?? []);
    expect(acknowledged.filter((name) => !started().includes(name))).toEqual([]);
  });
});

describe("a session", () => {
  let dataRoot = "";
  const sessions: Session[] = [];

  const open = async (host: () => OwnedHost, waitMs?: number): Promise<Session> => {
    const openHost = async (): Promise<OwnedHost> => host();
    const session = await openSession({ dataRoot, openHost, clock, ...(waitMs === undefined ? {} : { waitMs }) });
    sessions.push(session);
    return session;
  };

  beforeEach(() => {
    dataRoot = mkdtempSync(join(tmpdir(), "session-"));
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
    rmSync(dataRoot, { recursive: true });
  });

  it("asks again, as owner, what the owner before did not answer", async () => {
    const leaves: (() => void)[] = [];
    const left: string[] = [];
    const first = await open(() =>
      hostOf({
        wait: () =>
          new Promise((resolve) =>
            leaves.push(() => {
              resolve(leaving);
            }),
          ),
        drain: async () => {
          left.push("drained");
          for (const leave of leaves) leave();
        },
        close: async () => void left.push("closed"),
      }),
    );
    const second = await open(() => hostOf({ wait: () => Promise.resolve(ended) }));
    const waiting = [second.wait(key), second.wait(key)];
    await expect.poll(() => leaves.length).toBe(2);
    await first.close();
    await first.close();
    expect(left).toEqual(["drained", "closed"]);
    expect(await Promise.all(waiting)).toEqual([ended, ended]);
    expect(await second.wait(key)).toEqual(ended);
  });

  it("says OWNER_LEAVING to itself when it closes, and seeks no other", async () => {
    let tell: ((reply: Reply<never>) => void) | undefined;
    const session = await open(() =>
      hostOf({
        wait: () =>
          new Promise((resolve) => {
            tell = resolve;
          }),
        drain: async () => tell?.(leaving),
      }),
    );
    const waiting = session.wait(key);
    await expect.poll(() => tell).toBeDefined();
    await session.close();
    expect(await waiting).toEqual(leaving);
  });

  it("says STORE_LOCKED after a bounded wait for an owner that does not listen", async () => {
    const lock = tryOwnerLock(join(dataRoot, ".omnibase"));
    const before = performance.now();
    await expect(open(() => hostOf(), 200)).rejects.toMatchObject({ code: "STORE_LOCKED", retryable: true });
    expect(performance.now() - before).toBeLessThan(2_000);
    lock?.release();
    await open(() => hostOf(), 200);
  });

  it("says STORE_LOCKED after a bounded wait for an owner that only ever leaves", async () => {
    await open(() => hostOf());
    const client = await open(() => hostOf(), 200);
    await expect(client.wait(key)).rejects.toMatchObject({ code: "STORE_LOCKED" });
  });

  it("gives the lock up when the store cannot be opened, or a failpoint throws", async () => {
    const damaged = new StoreFault("STORE_DAMAGED", "damaged", { retryable: false });
    const openHost = (): Promise<never> => Promise.reject(damaged);
    await expect(openSession({ dataRoot, openHost, clock })).rejects.toBe(damaged);
    for (const name of ["owner.locked", "owner.listening"]) {
      let closed = 0;
      const failpoint = (at: string): void => {
        if (at === name) throw new Error(name);
      };
      const host = hostOf({ close: async () => void (closed += 1) });
      await expect(openSession({ dataRoot, openHost: async () => host, clock, failpoint })).rejects.toThrow(name);
      expect(closed).toBe(name === "owner.locked" ? 0 : 1);
    }
    await open(() => hostOf());
  });

  it("works where the path is too long for a socket", async () => {
    const short = dataRoot;
    dataRoot = join(short, "x".repeat(120));
    mkdirSync(dataRoot);
    await open(() => hostOf({ wait: () => Promise.resolve(ended) }));
    const client = await open(() => hostOf());
    expect(await client.wait(key)).toEqual(ended);
    const socket = ownerSocket(join(dataRoot, ".omnibase")) ?? "";
    expect(socket.startsWith(dataRoot)).toBe(false);
    for (const session of sessions.splice(0)) await session.close();
    rmSync(dirname(socket), { recursive: true });
    dataRoot = short;
  });
});
