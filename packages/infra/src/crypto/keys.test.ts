import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { testKey } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";
import { keyidOf, readPublicKey, readSigningKey, sha256, trustOf } from "./index.ts";

const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const message = Buffer.from("a message");

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error("refused");
  return result.value;
}

it("hashes the UTF-8 of a text", () => {
  expect(sha256("Grüß dich 👋")).toBe(createHash("sha256").update("Grüß dich 👋", "utf8").digest("hex"));
});

it("names a key by the digest of its public half in DER", () => {
  const key = must(readSigningKey(pem));
  const der = createPublicKey(pem).export({ type: "spki", format: "der" });
  expect(key.keyid).toBe(`sha256:${createHash("sha256").update(der).digest("hex")}`);
  expect(keyidOf(createPublicKey(key.publicKeyPem))).toBe(key.keyid);
});

it("verifies with the public half what the private half signed, and nothing else", () => {
  const key = must(readSigningKey(pem));
  const open = must(readPublicKey(key.publicKeyPem));
  const signature = key.sign(message);
  expect(open.keyid).toBe(key.keyid);
  expect(open.verify(message, signature)).toBe(true);
  expect(open.verify(Buffer.from("another"), signature)).toBe(false);
  expect(open.verify(message, signature.with(0, (signature[0] ?? 0) ^ 1))).toBe(false);
  expect(open.verify(message, new Uint8Array())).toBe(false);
});

describe("trust", () => {
  it("asks only the key that the id names", () => {
    const [ours, theirs] = [must(readSigningKey(pem)), testKey("theirs")];
    const trust = trustOf([ours, must(readPublicKey(theirs.publicKeyPem))]);
    expect(trust.keyids).toEqual([ours.keyid, theirs.keyid]);
    expect(trust.verify(ours.keyid, message, ours.sign(message))).toBe(true);
    expect(trust.verify(theirs.keyid, message, ours.sign(message))).toBe(false);
    expect(trust.verify("sha256:00", message, ours.sign(message))).toBe(false);
  });
});

describe("refuses to read", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const x25519 = generateKeyPairSync("x25519");
  it.each([
    ["nothing", ""],
    ["a damaged key", pem.replace("MC4", "MC5")],
    ["a key of another kind", rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
    ["a key that cannot sign", x25519.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ])("%s", (_, text) => {
    expect(readSigningKey(text)).toMatchObject({ ok: false, error: { code: "KEY_MALFORMED" } });
  });

  it("a public key of another kind", () => {
    const text = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(readPublicKey(text)).toMatchObject({ ok: false, error: { code: "KEY_MALFORMED" } });
  });

  it("a public key out of a private one, for then the secret would lie where anyone reads", () => {
    expect(readPublicKey(pem)).toMatchObject({ ok: false, error: { code: "KEY_MALFORMED" } });
  });
});
