import { expect, it } from "vitest";
import { argumentsAt, type Literal } from "./literal.ts";

/** A literal as the texts that it consists of. */
function shown(source: string, literal: Literal): unknown {
  if (literal.kind === "list") return literal.items.map((item) => shown(source, item));
  if (literal.kind === "other") return source.slice(literal.at, literal.end);
  return Object.fromEntries(
    [...literal.entries].map(([key, { isMethod, keyAt, value }]) => [
      `${source.slice(keyAt, keyAt + 1)}:${key}${isMethod ? "()" : ""}`,
      shown(source, value),
    ]),
  );
}

const shownAt = (source: string, offset = 0): readonly unknown[] =>
  argumentsAt(source, offset).map((one) => shown(source, one));

it("finds where everything stands that is written out", () => {
  const source = `const x = 1;
export const a = define<string>({
  code: "A", // (a comment, with a comma
  "quoted key": [1, { deep: true }, ...rest] as const,
  text: \`of \${x} and \${\`more\`}\`,
  half: \`\${x}\`,
  7: -1,
  x,
  ...spread,
  run: ({ name }: { name: string }) => ({ greeting: [name, "}"] }),
  async(n) { return [n]; },
}, second)`;
  expect(shownAt(source, source.indexOf("define"))).toEqual([
    {
      "c:code": '"A"',
      '":quoted key': ["1", { "d:deep": "true" }, "...rest"],
      "t:text": "`of ${x} and ${`more`}`",
      "h:half": "`${x}`",
      "7:7": "-1",
      "x:x": "x",
      "r:run": '({ name }: { name: string }) => ({ greeting: [name, "}"] })',
      "a:async()": "(n) { return [n]; }",
    },
    "second",
  ]);
});

it("looks where a name is declared, and into what a call is given last", () => {
  const source = `const input = { name: text({ min: 1 }) };
const frozen = { a: 1 } as const;
const own = { own };
define({ input, frozen, own, other: input.name, called: text("x", { y: 1 }), none: text() })`;
  expect(shownAt(source, source.indexOf("define"))).toEqual([
    {
      "i:input": { "n:name": { "m:min": "1" } },
      "f:frozen": { "a:a": "1" },
      "o:own": expect.objectContaining({ "o:own": expect.anything() }),
      "o:other": "input.name",
      "c:called": { "y:y": "1" },
      "n:none": "text()",
    },
  ]);
  const [literal] = argumentsAt(source, source.indexOf("define"));
  const input = literal?.kind === "map" ? literal.entries.get("input")?.value : undefined;
  expect(input?.at).toBe(source.indexOf("input, frozen"));
});

it("says nothing where there is no call, or where it cannot tell", () => {
  expect([shownAt("no call at all"), shownAt("f({ a: 1"), shownAt("f(a) /* { */ } / 2")]).toEqual([[], [], []]);
  expect(shownAt("f()")).toEqual([]);
  expect(shownAt("f({})")).toEqual([{}]);
});
