import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { breachesIn } from "./architecture.ts";

it("has no breach in this repository", () => {
  expect(breachesIn(".")).toEqual([]);
});

it("does not mistake silence for peace", () => {
  expect(breachesIn(mkdtempSync(join(tmpdir(), "empty-")))).toEqual(["no source was read"]);
});

it.each([
  ["core reads the disk", "packages/core/src/v.ts", 'import "node:fs";'],
  ["core takes a dependency", "packages/core/src/v.ts", 'import * as fc from "fast-check";'],
  ["core takes an allowed library elsewhere", "packages/core/src/v.ts", 'import { RE2JS } from "re2js";'],
  ["core looks outwards", "packages/core/src/v.ts", 'import type { Handler } from "@omnibase/spi";'],
  ["spi knows an adapter", "packages/spi/src/v.ts", 'import { memoryEventStore } from "@omnibase/infra/memory";'],
  ["the runtime knows an adapter", "packages/runtime/src/v.ts", 'await import("@omnibase/infra/memory");'],
  ["an adapter knows the runtime", "packages/infra/src/memory/v.ts", 'export { perform } from "@omnibase/runtime";'],
  ["a test of the runtime knows an adapter", "packages/runtime/src/v.test.ts", 'import "@omnibase/infra/memory";'],
  ["an adapter knows another", "packages/infra/src/memory/v.ts", 'import "../files/index.ts";'],
  ["an adapter knows an app", "packages/infra/src/memory/v.ts", 'import "@omnibase/cli";'],
  ["an adapter takes an undeclared driver", "packages/infra/src/postgres/v.ts", 'import { Pool } from "pg";'],
  ["a relative path leaves the package", "packages/infra/src/memory/v.ts", 'import "../../../core/src/index.ts";'],
  ["a type needs itself", "packages/core/src/v.ts", 'import type { V } from "./v.ts";'],
  ["a barrel inside", "packages/core/src/graph/index.ts", "export {};"],
  ["a door without names", "packages/core/src/index.ts", 'export * from "./graph/graph.ts";'],
  ["a package nobody decided on", "packages/utils/src/v.ts", "export {};"],
])("notices when %s", (_, path, text) => {
  const root = mkdtempSync(join(tmpdir(), "planted-"));
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
  writeFileSync(join(root, ...path.split("/").slice(0, 2), "package.json"), "{}");
  expect(breachesIn(root)).toHaveLength(1);
});
