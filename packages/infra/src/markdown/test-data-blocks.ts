/** One block of YAML in a Markdown file of cases. */
export interface TestDataBlock {
  /** The target, or the name of a case. */
  readonly kind: "target" | "case";
  readonly name: string;
  /** Of the heading. */
  readonly line: number;
  /** Everything before it is empty lines, so what stands in it has the lines of the file. */
  readonly text: string;
}

const target = /^##\s+Target\s*$/;
const oneCase = /^###\s+Case\s+\d+\s*:\s*(\S+)\s*$/;
const heading = /^#{1,3}\s/;
const fence = /^```yaml\s*$/;
const closing = /^```\s*$/;

/** The blocks that are executed of a file that publishes cases: `## Target`, and each `### Case 1: name`. */
export function testDataBlocks(text: string): readonly TestDataBlock[] {
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  return lines.flatMap((line, at): readonly TestDataBlock[] => {
    const name = oneCase.exec(line)?.[1];
    if (name === undefined && !target.test(line)) return [];
    const end = lines.findIndex((one, index) => index > at && heading.test(one));
    const block = blockIn(lines, at + 1, end === -1 ? lines.length : end);
    return block === undefined
      ? []
      : [{ kind: name === undefined ? "target" : "case", name: name ?? "", line: at + 1, text: block }];
  });
}

function blockIn(lines: readonly string[], from: number, to: number): string | undefined {
  const start = lines.findIndex((line, index) => index >= from && index < to && fence.test(line));
  if (start === -1) return undefined;
  const end = lines.findIndex((line, index) => index > start && closing.test(line));
  const body = lines.slice(start + 1, end === -1 ? to : end);
  return [...lines.slice(0, start + 1).map(() => ""), ...body].join("\n");
}
