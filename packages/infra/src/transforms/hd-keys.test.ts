import { createHash } from "node:crypto";
import type { Json, JsonObject } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { deriveChildKey } from "./derive-child-key.ts";
import { deriveMasterKey } from "./derive-master-key.ts";

const hardened = 2 ** 31;

/** Test vectors 1 to 3 of BIP-32: each key is the child of the one before, by its index. */
const vectors = [
  {
    seed: "000102030405060708090a0b0c0d0e0f",
    root: "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
    children: [
      [
        hardened,
        "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7",
      ],
      [
        1,
        "xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmLnvSxqu53Kw1UmYPxLgboyZQaXwTCg8MSY3H2EU4pWcQDnRnrVA1xe8fs",
      ],
      [
        hardened + 2,
        "xprv9z4pot5VBttmtdRTWfWQmoH1taj2axGVzFqSb8C9xaxKymcFzXBDptWmT7FwuEzG3ryjH4ktypQSAewRiNMjANTtpgP4mLTj34bhnZX7UiM",
      ],
      [
        2,
        "xprvA2JDeKCSNNZky6uBCviVfJSKyQ1mDYahRjijr5idH2WwLsEd4Hsb2Tyh8RfQMuPh7f7RtyzTtdrbdqqsunu5Mm3wDvUAKRHSC34sJ7in334",
      ],
      [
        1_000_000_000,
        "xprvA41z7zogVVwxVSgdKUHDy1SKmdb533PjDz7J6N6mV6uS3ze1ai8FHa8kmHScGpWmj4WggLyQjgPie1rFSruoUihUZREPSL39UNdE3BBDu76",
      ],
    ],
  },
  {
    seed: "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a29f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542",
    root: "xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U",
    children: [
      [
        0,
        "xprv9vHkqa6EV4sPZHYqZznhT2NPtPCjKuDKGY38FBWLvgaDx45zo9WQRUT3dKYnjwih2yJD9mkrocEZXo1ex8G81dwSM1fwqWpWkeS3v86pgKt",
      ],
      [
        hardened + 2_147_483_647,
        "xprv9wSp6B7kry3Vj9m1zSnLvN3xH8RdsPP1Mh7fAaR7aRLcQMKTR2vidYEeEg2mUCTAwCd6vnxVrcjfy2kRgVsFawNzmjuHc2YmYRmagcEPdU9",
      ],
      [
        1,
        "xprv9zFnWC6h2cLgpmSA46vutJzBcfJ8yaJGg8cX1e5StJh45BBciYTRXSd25UEPVuesF9yog62tGAQtHjXajPPdbRCHuWS6T8XA2ECKADdw4Ef",
      ],
      [
        hardened + 2_147_483_646,
        "xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc",
      ],
      [
        2,
        "xprvA2nrNbFZABcdryreWet9Ea4LvTJcGsqrMzxHx98MMrotbir7yrKCEXw7nadnHM8Dq38EGfSh6dqA9QWTyefMLEcBYJUuekgW4BYPJcr9E7j",
      ],
    ],
  },
  {
    seed: "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be",
    root: "xprv9s21ZrQH143K25QhxbucbDDuQ4naNntJRi4KUfWT7xo4EKsHt2QJDu7KXp1A3u7Bi1j8ph3EGsZ9Xvz9dGuVrtHHs7pXeTzjuxBrCmmhgC6",
    children: [
      [
        hardened,
        "xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L",
      ],
    ],
  },
] as const;

describe("BIP-32", () => {
  it.each(vectors)("the root of the seed $seed is as published", ({ root, seed }) => {
    const [key, code] = partsOf(root);
    expect(deriveMasterKey({ seed_bytes: `0x${seed}` })).toEqual({
      outcome: "SUCCESS",
      value: { master_private_key_bytes: key, master_chain_code_bytes: code },
    });
  });

  const steps = vectors.flatMap(({ children, root }) =>
    children.map(([index, child], at) => ({ parent: children[at - 1]?.[1] ?? root, index, child })),
  );
  it.each(steps)("the child $index of $parent is as published", ({ child, index, parent }) => {
    const [parent_private_key_bytes, parent_chain_code_bytes] = partsOf(parent);
    const [key, code] = partsOf(child);
    expect(deriveChildKey({ parent_private_key_bytes, parent_chain_code_bytes, index })).toEqual({
      outcome: "SUCCESS",
      value: { child_private_key_bytes: key, child_chain_code_bytes: code },
    });
  });

  it.each<Json>([null, 7, `0x${"ab".repeat(15)}`, `0x${"ab".repeat(65)}`])(
    "has no root for the seed %j",
    (seed_bytes) => {
      expect(deriveMasterKey({ seed_bytes })).toMatchObject({ outcome: "VIOLATION", value: { field: "seed_bytes" } });
    },
  );

  const one = `0x${"1".padStart(64, "0")}`;
  const order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  const sound = { parent_private_key_bytes: one, parent_chain_code_bytes: one, index: 0 };
  it.each<readonly [string, JsonObject]>([
    ["parent_private_key_bytes", { parent_private_key_bytes: order }],
    ["parent_private_key_bytes", { parent_private_key_bytes: `0x${"00".repeat(32)}` }],
    ["parent_private_key_bytes", { parent_private_key_bytes: "0x" }],
    ["parent_chain_code_bytes", { parent_chain_code_bytes: "0x00" }],
    ...[-1, 0.5, 2 ** 32, "0", null].map((index) => ["index", { index }] as const),
  ])("%s cannot be as in %j", (field, wrong) => {
    expect(deriveChildKey(sound)).toMatchObject({ outcome: "SUCCESS" });
    expect(deriveChildKey({ ...sound, ...wrong })).toMatchObject({ outcome: "VIOLATION", value: { field } });
  });
});

/** Key and chain code of an extended private key, written as BIP-32 does: 78 bytes and a checksum, in base 58. */
function partsOf(extended: string): readonly [string, string] {
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const number = Array.from(extended).reduce((sum, letter) => sum * 58n + BigInt(alphabet.indexOf(letter)), 0n);
  const bytes = Buffer.from(number.toString(16).padStart(164, "0"), "hex");
  const body = bytes.subarray(0, 78);
  expect(sha256(sha256(body)).subarray(0, 4)).toEqual(bytes.subarray(78));
  return [`0x${body.subarray(46).toString("hex")}`, `0x${body.subarray(13, 45).toString("hex")}`];
}

const sha256 = (data: Uint8Array): Buffer => createHash("sha256").update(data).digest();
