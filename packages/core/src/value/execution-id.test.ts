import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseIdentifier } from "./identifier.ts";
import { executionIdAt, executionIdOf } from "./execution-id.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const SHAPE = /^[\da-f]{8}-[\da-f]{4}-([78])[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe("ids of executions", () => {
  it("are the same for the same tenant and key, and other for any other", () => {
    const ids = [
      executionIdOf("default", "k", sha256),
      executionIdOf("default", "k1", sha256),
      executionIdOf("other", "k", sha256),
    ];
    expect(executionIdOf("default", "k", sha256)).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) {
      expect(SHAPE.exec(id)?.[1]).toBe("8");
      expect(parseIdentifier(id, "execution").ok).toBe(true);
    }
  });

  it("sort by the time at which they were made", () => {
    const entropy = "0123456789abcdef0123";
    const id = executionIdAt(1_795_255_200_000, entropy);
    expect(id).toBe("01a1fd8c-6900-7012-b456-789abcdef012");
    expect(SHAPE.exec(id)?.[1]).toBe("7");
    expect(executionIdAt(1_795_255_200_001, entropy) > id).toBe(true);
  });
});
