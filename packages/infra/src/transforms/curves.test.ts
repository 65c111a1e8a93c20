import { createHash } from "node:crypto";
import { isObject, type JsonObject, type PureTransform } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { ecdsaSign } from "./ecdsa-sign.ts";
import { keccak256Hash } from "./keccak256-hash.ts";
import { privateKeyToPublic } from "./private-key-to-public.ts";
import { checksummed, pubkeyToEthAddress } from "./pubkey-to-eth-address.ts";

/** What came with the answer. */
const valueOf = (answer: ReturnType<PureTransform>): JsonObject => (isObject(answer.value) ? answer.value : {});
const hashOf = (message: string): string => `0x${createHash("sha256").update(message).digest("hex")}`;
const one = `0x${"1".padStart(64, "0")}`;
const zero = `0x${"0".repeat(64)}`;
const order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

describe("RFC 6979, A.2.5: P-256 with SHA-256", () => {
  const private_key_bytes = "0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

  it("the key has its published point", () => {
    const x = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
    const y = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
    expect(privateKeyToPublic({ private_key_bytes, curve: "secp256r1" })).toEqual({
      outcome: "SUCCESS",
      value: { public_key_uncompressed_bytes: `0x04${x}${y}` },
    });
  });

  it.each([
    [
      "sample",
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
      "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ],
    [
      "test",
      "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
      "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
    ],
  ])("%s has its published signature", (message, r, s) => {
    const answer = ecdsaSign({ private_key_bytes, message_hash: hashOf(message), curve: "secp256r1" });
    expect(answer).toMatchObject({ outcome: "SUCCESS", value: { r: `0x${r}`, s: `0x${s}` } });
  });
});

describe("RFC 6979 on secp256k1, with the lower s", () => {
  it.each([
    [
      one,
      "Satoshi Nakamoto",
      "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8",
      "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    ],
    [
      one,
      "All those moments will be lost in time, like tears in rain. Time to die...",
      "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b",
      "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
    ],
    [
      order.replace(/1$/, "0"),
      "Satoshi Nakamoto",
      "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0",
      "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
    ],
    [
      "0xf8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181",
      "Alan Turing",
      "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c",
      "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea",
    ],
  ])("the key %s signs %j as everybody does", async (private_key_bytes, message, r, s) => {
    const message_hash = hashOf(message);
    const answer = ecdsaSign({ private_key_bytes, message_hash });
    const { signed_bytes, v } = valueOf(answer);
    const last = `0${JSON.stringify(v)}`;
    expect(answer).toMatchObject({ outcome: "SUCCESS", value: { r: `0x${r}`, s: `0x${s}` } });
    expect(signed_bytes).toBe(`0x${r}${s}${last}`);
    const { secp256k1 } = await import("@noble/curves/secp256k1.js");
    const signed = Uint8Array.from(Buffer.from(`${last}${r}${s}`, "hex"));
    const hash = Uint8Array.from(Buffer.from(message_hash.slice(2), "hex"));
    const signer = secp256k1.recoverPublicKey(signed, hash, { prehash: false });
    const key = Uint8Array.from(Buffer.from(private_key_bytes.slice(2), "hex"));
    expect(signer, "v names the signer").toEqual(secp256k1.getPublicKey(key, true));
  });
});

describe("Ethereum", () => {
  it.each([
    ["", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"],
    ["abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"],
    ["Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"],
  ])("the hash of %j is the known one, with 0x and without", (text, hash) => {
    const bytes = Buffer.from(text).toString("hex");
    const known = { outcome: "SUCCESS", value: { hash_hex: `0x${hash}` } };
    expect([keccak256Hash({ input_bytes: `0x${bytes}` }), keccak256Hash({ input_bytes: bytes })]).toEqual([
      known,
      known,
    ]);
  });

  it.each([
    [one, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"],
    [
      "0x4646464646464646464646464646464646464646464646464646464646464646",
      "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F",
    ],
  ])("the key %s has the address %s", (private_key_bytes, eth_address_hex) => {
    const point = valueOf(privateKeyToPublic({ private_key_bytes, curve: "secp256k1" }));
    expect(pubkeyToEthAddress(point)).toEqual({ outcome: "SUCCESS", value: { eth_address_hex } });
  });

  it.each([
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
  ])("EIP-55 writes %s like this", (address) => {
    expect(checksummed(Buffer.from(address.slice(2), "hex"))).toBe(address);
  });
});

describe("what is no key, point or hash is a violation that names the field, and repeats nothing", () => {
  it.each<readonly [string, JsonObject]>([
    ["curve", { private_key_bytes: one, message_hash: one, curve: "ed25519" }],
    ["curve", { private_key_bytes: one, message_hash: one, curve: null }],
    ["private_key_bytes", { private_key_bytes: zero, message_hash: one }],
    ["private_key_bytes", { private_key_bytes: order, message_hash: one }],
    ["private_key_bytes", { private_key_bytes: one.slice(2), message_hash: one }],
    ["private_key_bytes", { message_hash: one }],
    ["message_hash", { private_key_bytes: one, message_hash: "0x00" }],
    ["message_hash", { private_key_bytes: one }],
  ])("%s, where %j is to be signed", (field, input) => {
    const answer = ecdsaSign(input);
    expect(answer).toMatchObject({ outcome: "VIOLATION", value: { field } });
    expect(JSON.stringify(answer)).not.toMatch(/[\da-f]{60}/);
    const isOfTheKey = field !== "message_hash";
    expect(privateKeyToPublic(input).outcome).toBe(isOfTheKey ? "VIOLATION" : "SUCCESS");
  });

  it.each<JsonObject>([
    {},
    { public_key_uncompressed_bytes: one },
    { public_key_uncompressed_bytes: `0x04${"11".repeat(64)}` },
    { public_key_uncompressed_bytes: "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" },
  ])("no address for %j", (input) => {
    const wrong = { outcome: "VIOLATION", value: { field: "public_key_uncompressed_bytes" } };
    expect(pubkeyToEthAddress(input)).toMatchObject(wrong);
  });

  it.each<JsonObject>([
    {},
    { input_bytes: 7 },
    { input_bytes: "0xabc" },
    { input_bytes: "0Xab" },
    { input_bytes: "xyz" },
  ])("no hash for %j", (input) => {
    expect(keccak256Hash(input)).toMatchObject({ outcome: "VIOLATION", value: { field: "input_bytes" } });
  });
});
