import { decodeSnapshotFile, encodeSnapshotFile, seal, type SnapshotRefusal } from "@omnibase/core";
import { readPublicKey, sha256, trustOf } from "@omnibase/infra/crypto";
import { greetingCompiled, testKey } from "@omnibase/testkit";
import { describe, expect, it } from "vitest";

/** Every value of every byte, which takes minutes; otherwise every bit of every byte, which takes seconds. */
const exhaustive = process.env["OMNIBASE_EXHAUSTIVE"] === "1";
const timeoutMs = exhaustive ? 600_000 : 60_000;

const key = testKey("ours");
const publicKey = readPublicKey(key.publicKeyPem);
const trust = trustOf(publicKey.ok ? [publicKey.value] : []);
const sealed = seal(greetingCompiled, { sha256 });
const file = Buffer.from(encodeSnapshotFile(sealed, key));
const positions = Array.from(file.keys());

/** What each line of the file is called, and where its newline stands. */
const names = [
  ["envelope", "signature"],
  ...Object.keys(sealed.objects)
    .toSorted()
    .map((name) => [name]),
  ...Object.keys(sealed.graphs)
    .toSorted()
    .map((name) => [`graph ${name}`]),
  ["file"],
];
const newlines = positions.filter((at) => file[at] === 0x0a);
const lineAt = (at: number): number => newlines.filter((end) => end < at).length;
const namesAt = (line: number): readonly string[] => names[line] ?? [];

const decode = (bytes: Uint8Array): SnapshotRefusal | undefined => {
  const result = decodeSnapshotFile(bytes, { sha256, trust });
  return result.ok ? undefined : result.error;
};

/** What the change did not do: be refused, with a reason, by the name of one of the things that it touched. */
function complaint(bytes: Uint8Array, objects: readonly string[], change: string): readonly string[] {
  const refusal = decode(bytes);
  if (refusal === undefined) return [`${change} is not refused`];
  if (objects.includes(refusal.object) && refusal.detail !== "") return [];
  return [`${change} is laid to ${refusal.object}, not to ${objects.join(" or ")}`];
}

const changed = (at: number, value: number): Uint8Array => {
  const bytes = Buffer.from(file);
  bytes[at] = value;
  return bytes;
};
const inserted = (at: number, value: number): Uint8Array =>
  Buffer.concat([file.subarray(0, at), Uint8Array.of(value), file.subarray(at)]);

const otherValues = (value: number): readonly number[] =>
  exhaustive
    ? Array.from({ length: 256 }, (_, other) => other).filter((other) => other !== value)
    : Array.from({ length: 8 }, (_, bit) => value ^ (1 << bit));

describe(`a snapshot file of ${String(file.length)} bytes`, () => {
  it("is loaded as it is, which the tests below would notice", () => {
    expect(complaint(file, [], "no change")).toEqual(["no change is not refused"]);
  });

  it(
    `is refused by the object when any byte has ${exhaustive ? "any other value" : "any bit flipped"}`,
    () => {
      const complaints = positions.flatMap((at) =>
        otherValues(file[at] ?? 0).flatMap((value) =>
          complaint(changed(at, value), namesAt(lineAt(at)), `byte ${String(at)} = ${String(value)}`),
        ),
      );
      expect(complaints).toEqual([]);
    },
    timeoutMs,
  );

  it("is refused by the object when any byte is missing", () => {
    const complaints = positions.flatMap((at) => {
      const bytes = Buffer.concat([file.subarray(0, at), file.subarray(at + 1)]);
      return complaint(bytes, namesAt(lineAt(at)), `byte ${String(at)} missing`);
    });
    expect(complaints).toEqual([]);
  });

  it("is refused by the object when it ends early", () => {
    const complaints = positions.flatMap((at) =>
      complaint(file.subarray(0, at), namesAt(lineAt(at)), `${String(at)} bytes`),
    );
    expect(complaints).toEqual([]);
  });

  it(
    "is refused by the object, or the one behind it, when any byte is too many",
    () => {
      const complaints = [...positions, file.length].flatMap((at) => {
        const values = exhaustive ? Array.from({ length: 256 }, (_, value) => value) : [0x00, 0x0a, 0x20, 0xff];
        const objects = [...namesAt(lineAt(at)), ...namesAt(lineAt(at) + 1)];
        return [...values, file[at] ?? 0].flatMap((value) =>
          complaint(inserted(at, value), objects, `${String(value)} before byte ${String(at)}`),
        );
      });
      expect(complaints).toEqual([]);
    },
    timeoutMs,
  );
});
