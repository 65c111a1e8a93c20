import { isObject } from "@omnibase/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplesOf } from "./program/help.ts";
import { tree } from "./program/tree.ts";
import { called, greetedProject, removeFolders } from "./testing/cli.ts";
import { wordsIn } from "./testing/shell-words.ts";

let cwd = "";
let id = "";

beforeAll(async () => {
  ({ cwd, id } = await greetedProject());
});
afterAll(removeFolders);

/** These go on until a signal comes. Asked wrongly, they answer as others do. */
const lasting: Readonly<Record<string, readonly string[]>> = {
  serve: ["serve", "--listen", "nowhere"],
  dev: ["dev", "--payload", "-"],
};

/** Its example, about an execution that there is. A project that an example names is another one's. */
const callsOf = (name: string, examples: readonly string[]): readonly (readonly string[])[] =>
  name in lasting
    ? [lasting[name] ?? []]
    : examples.map((example) =>
        wordsIn(example)
          .map((word) => (/^01[\da-f-]{34}$/.test(word) ? id : word))
          // What these begin goes on when this test is over.
          .filter((word) => word !== "--follow" && word !== "--detach"),
      );

describe("--json", () => {
  it.each(tree.map((spec) => [spec.name, spec] as const))(
    "makes of everything that `%s` says one document, whatever it comes to",
    async (name, spec) => {
      for (const words of [...callsOf(name, examplesOf(spec)), [...name.split(" "), "--no-such-option"]]) {
        const at = words.indexOf("--");
        const asked = at < 0 ? [...words, "--json"] : [...words.slice(0, at), "--json", ...words.slice(at)];
        const said = await called(asked, { cwd, stdin: '{"name":"Ada"}' });
        const document: unknown = JSON.parse(said.out);
        expect(document).toSatisfy(isObject);
        expect(said.out.trimEnd()).not.toContain("\n");
        expect([0, 1, 2, 3, 4, 5]).toContain(said.exit);
      }
    },
  );
});
