import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { called, folderWith, removeFolders } from "./testing/cli.ts";

afterEach(removeFolders);

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));

function copyOf(example: string): string {
  const folder = folderWith({});
  cpSync(join(examples, example), folder, {
    recursive: true,
    filter: (source) => !/\/(?:data|\.omnibase)(?:\/|$)/.test(source.slice(examples.length)),
  });
  return folder;
}

/** Each has one construct of the language in it. */
it.each(["10-wait", "11-task", "12-child", "13-map", "14-loop", "15-fork", "16-compensate"])(
  "%s compiles without a word",
  async (example) => {
    const checked = await called(["check"], { cwd: copyOf(example) });
    expect(checked).toMatchObject({ exit: 0, err: "" });
  },
);
