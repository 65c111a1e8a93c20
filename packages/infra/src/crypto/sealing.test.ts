import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SealingFault } from "@omnibase/spi";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemEntropy } from "./entropy.ts";
import { sealerOf } from "./sealer.ts";
import { sealingIn, sealingKeyFile, sealingUnder } from "./sealing.ts";

const ada = { tenant: "default", execution: "ada" };
const key = Buffer.alloc(32, 7);
const sealer = sealerOf(key);

const flipped = (text: string): string => `${text.startsWith("A") ? "B" : "A"}${text.slice(1)}`;

describe("a sealer", () => {
  it("opens what it closed, whatever it was, and in another process as well", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (text, where) => {
        const closed = sealer.close(where, text);
        expect(sealer.close(where, text)).toEqual(closed);
        expect(sealerOf(Buffer.from(key)).open(where, closed)).toBe(text.trimEnd());
      }),
      { numRuns: 50 },
    );
  });

  it("says nothing of what it closed: equal values at two places look different, and short ones are as long", () => {
    const [one, two] = [sealer.close("1/a", '"1234"'), sealer.close("1/b", '"1234"')];
    expect(one.commitment).not.toBe(two.commitment);
    expect(one.box).not.toBe(two.box);
    expect(sealer.close("1/a", "true").box).toHaveLength(one.box.length);
    const other = sealerOf(Buffer.alloc(32, 8)).close("1/a", '"1234"');
    expect([other.commitment, other.box]).not.toEqual([one.commitment, one.box]);
  });

  it("is the same in every version: what is stored is read for years", () => {
    expect(sealer.close("3/value/pin", '"1234"')).toEqual({
      commitment: "83d2d3aa35e9201afbfe5f13839d558842d989f4ebab642358ca50b23bcc0004",
      box: "Slq7zcDLOfSosfxqVpk+S8jJ+vtM8XvhvR2e90qh9bjD2i+0nWEUz9z8x3iNUreV",
    });
  });

  const closed = sealer.close("1/a", '"1234"');

  it.each([
    ["at another place", "1/b", closed],
    ["with another box", "1/a", { ...closed, box: flipped(closed.box) }],
    ["with a box cut short", "1/a", { ...closed, box: closed.box.slice(0, 8) }],
    ["with another commitment", "1/a", { ...closed, commitment: `0${closed.commitment.slice(1)}0` }],
    ["with the beginning of its commitment", "1/a", { ...closed, commitment: closed.commitment.slice(0, 24) }],
    ["without a commitment", "1/a", { ...closed, commitment: "" }],
    ["with the end of another", "1/a", { ...closed, commitment: `${closed.commitment.slice(0, -1)}x` }],
  ])("opens nothing %s", (_, where, sealed) => {
    expect(sealer.open(where, sealed)).toBeUndefined();
  });
});

describe("the keys of a data root", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sealing-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (): string => join(folder, sealingKeyFile);

  it("are made with the first that is asked for, for this user alone", () => {
    const sealing = sealingIn(folder, systemEntropy);
    expect(sealing.sealer(ada, "AAAA")).toBeUndefined();
    expect(existsSync(file())).toBe(false);
    sealing.newKey(ada);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), "utf8")).toMatch(/^[\da-f]{64}$/);
  });

  it("open what was closed before, for the execution that they were made for and no other", () => {
    const wrapped = sealingIn(folder, systemEntropy).newKey(ada);
    const closed = sealingIn(folder, systemEntropy).sealer(ada, wrapped)?.close("1/a", "7");
    const later = sealingIn(folder, systemEntropy);
    expect(closed && later.sealer(ada, wrapped)?.open("1/a", closed)).toBe("7");
    expect(later.sealer({ ...ada, execution: "bob" }, wrapped)).toBeUndefined();
    expect(later.sealer({ ...ada, tenant: "other" }, wrapped)).toBeUndefined();
    expect(later.newKey(ada)).not.toBe(wrapped);
  });

  it("open nothing of another data root, nor what is none", () => {
    const wrapped = sealingUnder(Buffer.alloc(32, 1), systemEntropy).newKey(ada);
    const other = sealingUnder(Buffer.alloc(32, 2), systemEntropy);
    for (const text of [wrapped, "", "AAAA", wrapped.slice(4)]) expect(other.sealer(ada, text)).toBeUndefined();
  });

  it.each([
    ["are open to others", (): void => chmodSync(file(), 0o644)],
    ["are cut short", (): void => writeFileSync(file(), "abcd")],
  ])("are refused when they %s", (_, spoil) => {
    const wrapped = sealingIn(folder, systemEntropy).newKey(ada);
    spoil();
    expect(() => sealingIn(folder, systemEntropy).sealer(ada, wrapped)).toThrow(SealingFault);
  });
});
