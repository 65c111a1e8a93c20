import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openProjectKey, projectKeyFile } from "./index.ts";

const base = mkdtempSync(join(tmpdir(), "keys-"));
let directory = base;
beforeEach(() => {
  directory = join(mkdtempSync(join(base, "p-")), "deep", ".omnibase");
});
afterAll(() => {
  rmSync(base, { recursive: true });
});

const keyidIn = (where: string): string => {
  const key = openProjectKey(where);
  return key.ok ? key.value.keyid : key.error.code;
};

describe("the project key", () => {
  it("is made on first use and found ever after", () => {
    const first = keyidIn(directory);
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(keyidIn(directory)).toBe(first);
    expect(readdirSync(directory)).toEqual([projectKeyFile]);
    expect(readFileSync(join(directory, projectKeyFile), "utf8")).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it("is for its owner alone", () => {
    keyidIn(directory);
    expect(statSync(join(directory, projectKeyFile)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it.each([0o640, 0o604, 0o620, 0o610])("is refused when others may use it (%o)", (mode) => {
    keyidIn(directory);
    chmodSync(join(directory, projectKeyFile), mode);
    expect(keyidIn(directory)).toBe("KEY_PERMISSIONS");
  });

  it("is refused, never replaced, when it is damaged", () => {
    keyidIn(directory);
    writeFileSync(join(directory, projectKeyFile), "damaged");
    expect(keyidIn(directory)).toBe("KEY_MALFORMED");
    expect(readFileSync(join(directory, projectKeyFile), "utf8")).toBe("damaged");
  });

  it("lets a failure of the disk escape", () => {
    writeFileSync(join(base, "file"), "");
    expect(() => openProjectKey(join(base, "file", "x"))).toThrow("ENOTDIR");
  });

  it("is one and the same for processes that make it at once", async () => {
    const program = `
      import { openProjectKey } from ${JSON.stringify(new URL("project-key.ts", import.meta.url).href)};
      process.stdin.once("data", () => {
        const key = openProjectKey(${JSON.stringify(directory)});
        console.log(key.ok ? key.value.keyid : key.error.code);
        process.exit();
      });
      console.error("ready");`;
    const flags = ["--conditions=@omnibase/source", "--import", "tsx", "--input-type=module", "--eval", program];
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, flags));
    await Promise.all(children.map(({ stderr }) => once(stderr, "data")));
    for (const { stdin } of children) stdin.write("go");
    const ids = await Promise.all(children.map(({ stdout }) => text(stdout)));
    expect(new Set([...ids, `${keyidIn(directory)}\n`]).size).toBe(1);
    expect(readdirSync(directory)).toEqual([projectKeyFile]);
  }, 30_000);
});
