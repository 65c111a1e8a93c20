import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownerSocket, tryOwnerLock } from "./owner-lock.ts";

/** A process that takes the lock, says so, and lives on. */
const holder = `
  const { tryOwnerLock } = await import(process.argv[1]);
  const lock = tryOwnerLock(process.argv[2]);
  process.stdout.write(lock === undefined ? "no\\n" : "yes\\n");
  setInterval(() => undefined, 1000);
`;

const said = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.stdout?.once("data", (text: unknown) => resolve(String(text).trim())));

describe("the lock of an owner", () => {
  let base = "";
  let folder = "";
  const children: ChildProcess[] = [];

  const hold = (): ChildProcess => {
    const module = new URL("owner-lock.ts", import.meta.url).href;
    const options = ["--conditions=@omnibase/source", "--import", "tsx", "--input-type=module", "-e", holder];
    const child = spawn(process.execPath, [...options, module, folder], { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    return child;
  };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "owner-lock-"));
    folder = join(base, ".omnibase");
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(base, { recursive: true });
  });

  it("is one's alone until it is released", () => {
    const lock = tryOwnerLock(folder);
    expect(lock).toBeDefined();
    expect(tryOwnerLock(folder)).toBeUndefined();
    lock?.release();
    lock?.release();
    const next = tryOwnerLock(folder);
    expect(next).toBeDefined();
    next?.release();
  });

  it("belongs to one of several processes, and is free when that one is killed", async () => {
    const racing = [hold(), hold(), hold()];
    const answers = await Promise.all(racing.map(said));
    expect(answers.toSorted()).toEqual(["no", "no", "yes"]);
    expect(tryOwnerLock(folder)).toBeUndefined();
    racing[answers.indexOf("yes")]?.kill("SIGKILL");
    await expect.poll(() => tryOwnerLock(folder) !== undefined, { timeout: 5_000 }).toBe(true);
  });

  it("names a socket in the folder where its path is short enough", () => {
    const lock = tryOwnerLock(folder);
    expect(lock?.socket).toBe(join(folder, "owner.sock"));
    expect(ownerSocket(folder)).toBe(lock?.socket);
    lock?.release();
  });

  it("names a socket in a closed temporary directory where it is not, the same for every owner", () => {
    folder = join(base, "x".repeat(100), ".omnibase");
    mkdirSync(folder, { recursive: true });
    const lock = tryOwnerLock(folder);
    const socket = lock?.socket ?? "";
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(107);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    expect(ownerSocket(folder)).toBe(socket);
    expect(tryOwnerLock(folder)).toBeUndefined();
    lock?.release();
    const second = tryOwnerLock(folder);
    expect(second?.socket).toBe(socket);
    second?.release();

    rmSync(dirname(socket), { recursive: true });
    expect(ownerSocket(folder)).toBeUndefined();
    const third = tryOwnerLock(folder);
    expect(third?.socket).not.toBe(socket);
    expect(ownerSocket(folder)).toBe(third?.socket);
    third?.release();
    rmSync(dirname(third?.socket ?? ""), { recursive: true });
  });
});
