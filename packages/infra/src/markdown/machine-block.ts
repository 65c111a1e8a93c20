import { err, ok, type Problem, type Result } from "@omnibase/core";

export interface MachineBlockOptions {
  readonly file: string;
}

const heading = /^## Machine[ \t]*$/;
const fence = /^```yaml[ \t]*$/;
const closing = /^```[ \t]*$/;

/**
 * The one part of a Markdown artifact that is executed: the `yaml` block under the heading `## Machine`.
 *
 * Everything before it is empty lines, so what stands in the block has the lines and columns of the file. What people
 * write around it is theirs.
 */
export function machineBlock(text: string, { file }: MachineBlockOptions): Result<string, readonly Problem[]> {
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  const headings = lines.flatMap((line, index) => (heading.test(line) ? [index] : []));
  const [at, again] = headings;
  if (at === undefined) return err([problemAt(file, 0, "MACHINE_BLOCK_MISSING", "there is no heading ## Machine")]);
  if (again !== undefined) return err([problemAt(file, again, "MACHINE_BLOCK_TWICE", "## Machine stands twice")]);
  const start = lines.findIndex((line, index) => index > at && line.trim() !== "");
  if (start === -1 || !fence.test(lines[start] ?? "")) {
    return err([problemAt(file, at, "MACHINE_BLOCK_MISSING", "no block of yaml follows ## Machine")]);
  }
  const end = lines.findIndex((line, index) => index > start && closing.test(line));
  if (end === -1) return err([problemAt(file, start, "MACHINE_BLOCK_OPEN", "the block never ends")]);
  return ok([...lines.slice(0, start + 1).map(() => ""), ...lines.slice(start + 1, end)].join("\n"));
}

const hints = {
  MACHINE_BLOCK_MISSING: "write ## Machine, and under it the artifact between ```yaml and ```",
  MACHINE_BLOCK_TWICE: "keep one of them",
  MACHINE_BLOCK_OPEN: "end it with ```",
} as const;

const problemAt = (file: string, index: number, code: keyof typeof hints, message: string): Problem => ({
  code,
  severity: "error",
  message,
  at: { file, line: index + 1, column: 1 },
  hint: hints[code],
});
