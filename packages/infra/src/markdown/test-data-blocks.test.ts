import { expect, it } from "vitest";
import { testDataBlocks } from "./test-data-blocks.ts";

const text = `# Cases

## Machine

\`\`\`yaml
not: ours
\`\`\`

## Target

\`\`\`yaml
ct_code: a::B
\`\`\`

### Case 1: first

Some words.

\`\`\`yaml
bindings: {}
\`\`\`

### Case 2: empty

### Case 3: open

\`\`\`yaml
bindings: { a: 1 }
`;

it("finds the target and each case, with the lines of the file", () => {
  expect(testDataBlocks(text).map(({ kind, line, name }) => [kind, name, line])).toEqual([
    ["target", "", 9],
    ["case", "first", 15],
    ["case", "open", 25],
  ]);
  const [target, first, open] = testDataBlocks(text);
  expect(target?.text.split("\n").at(11)).toBe("ct_code: a::B");
  expect(first?.text.split("\n").at(19)).toBe("bindings: {}");
  expect(open?.text.trim()).toBe("bindings: { a: 1 }");
});

it("reads lines that end as on Windows", () => {
  expect(testDataBlocks(text.replaceAll("\n", "\r\n"))).toEqual(testDataBlocks(text));
});

it("finds nothing in other Markdown", () => {
  expect(testDataBlocks("# Notes\n\n```yaml\na: 1\n```\n")).toEqual([]);
});
