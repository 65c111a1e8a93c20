import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { Secrets } from "@omnibase/spi";
import { expect, it } from "vitest";
import { grantedSecrets, type SecretSource } from "./granted-secrets.ts";

const env: Record<string, string | undefined> = { TOKEN: "s3cr3t", EMPTY: "", BAD: "a\0b" };

function secretsIn(granted: Readonly<Record<string, SecretSource>>): Secrets & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), "omnibase-secrets-"));
  return { ...grantedSecrets({ granted, env, root }), root };
}

const revealed = async (secrets: Secrets, name: string): Promise<string> => {
  const secret = await secrets.resolve(name);
  return secret.ok ? secret.value.reveal() : secret.error.code;
};

it("1. by allow-list: has no value for a name that was not granted, though the environment has", async () => {
  const secrets = secretsIn({ PAY: { env: "TOKEN" } });
  expect(await revealed(secrets, "PAY")).toBe("s3cr3t");
  expect(await revealed(secrets, "TOKEN")).toBe("SECRET_DENIED");
  expect(await revealed(secrets, "constructor")).toBe("SECRET_DENIED");
});

it("2. fresh: gives what lies there now", async () => {
  const secrets = secretsIn({ PAY: { file: "pay" } });
  writeFileSync(join(secrets.root, "pay"), "old\n");
  expect(await revealed(secrets, "PAY")).toBe("old");
  writeFileSync(join(secrets.root, "pay"), "new\r\n");
  expect(await revealed(secrets, "PAY")).toBe("new");
});

it("3. silent: shows nothing where a secret is printed, serialised or copied", async () => {
  const secret = await secretsIn({ PAY: { env: "TOKEN" } }).resolve("PAY");
  expect([JSON.stringify(secret), inspect(secret, { depth: 9 })].join()).not.toContain("s3cr3t");
  expect(() => structuredClone(secret)).toThrow("could not be cloned");
});

it("4. answers: what is absent, empty, no text, too long or no file is named without the place where it lies", async () => {
  const sources = { A: "absent", B: "folder", C: "latin", D: "long", E: "closed" };
  const granted = Object.fromEntries(Object.entries(sources).map(([name, file]) => [name, { file }]));
  const secrets = secretsIn({ ...granted, F: { env: "EMPTY" }, G: { env: "GONE" }, H: { env: "BAD" } });
  const at = (name: string): string => join(secrets.root, name);
  mkdirSync(at("folder"));
  writeFileSync(at("latin"), Uint8Array.of(0xe9));
  writeFileSync(at("long"), "x".repeat(65_537));
  writeFileSync(at("closed"), "x");
  chmodSync(at("closed"), 0);
  const refused = await Promise.all(["A", "B", "C", "D", "F", "G", "H"].map((name) => secrets.resolve(name)));
  const errors = refused.flatMap((one) => (one.ok ? [] : [one.error]));
  expect(errors.map(({ code }) => code)).toEqual([
    "SECRET_ABSENT",
    "SECRET_UNREADABLE",
    "SECRET_UNREADABLE",
    "SECRET_UNREADABLE",
    "SECRET_ABSENT",
    "SECRET_ABSENT",
    "SECRET_UNREADABLE",
  ]);
  expect(JSON.stringify(errors)).not.toContain(secrets.root);
  // The superuser reads what is closed to others.
  expect(["x", "SECRET_UNREADABLE"]).toContain(await revealed(secrets, "E"));
});
