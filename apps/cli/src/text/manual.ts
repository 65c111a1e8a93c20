import type { CommandSpec, Section } from "../program/command.ts";
import { everywhere } from "../program/everywhere.ts";
import { argumentSays, argumentText, examplesOf, optionSays, optionText, summary } from "../program/help.ts";
import { exitCodes, files } from "../program/promises.ts";
import { customaryVariables, variables } from "../program/variables.ts";

type Row = readonly [term: string, says: string];

/** A part of the manual, before anyone knows whether it becomes Markdown or a page for `man`. */
type Part =
  | { readonly kind: "heading"; readonly rank: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "table"; readonly head: Row; readonly rows: readonly Row[] }
  | { readonly kind: "code"; readonly lines: readonly string[] };

const heading = (rank: 1 | 2, text: string): Part => ({ kind: "heading", rank, text });
const paragraph = (text: string): Part => ({ kind: "paragraph", text });
const table = (head: Row, rows: readonly Row[]): readonly Part[] =>
  rows.length === 0 ? [] : [{ kind: "table", head, rows }];

/** Everything that the tree and its neighbours say of the command line, in one order. */
function partsOf(sections: readonly Section[]): readonly Part[] {
  return [
    paragraph(
      "On stdout stands the result and nothing else, with --json exactly one document; progress, warnings and whatever is wrong go to stderr. `-` is stdin, `--` ends the options, and a reader that goes away is no error.",
    ),
    heading(1, "Options of every command"),
    ...table(
      ["Option", "Means"],
      [
        ...everywhere.map((option): Row => [optionText(option), optionSays(option)]),
        ["-h, --help", "print what the command takes, with examples; with --json as a document"],
        ["--version", "print the version"],
      ],
    ),
    ...sections.flatMap(({ commands, title }) => [heading(1, title), ...commands.flatMap(commandParts)]),
    heading(1, "Exit codes"),
    ...table(["Code", "Means"], Object.entries(exitCodes)),
    heading(1, "Variables"),
    paragraph(
      "What a flag says counts more than a variable, a variable more than omnibase.yaml, and that more than what holds by default. `omnibase config` shows what counts, and where it came from. A variable that is set to nothing is an error. --env-file reads variables from a file; one that is set already counts more.",
    ),
    ...table(["Variable", "Means"], [...Object.entries(variables), ...Object.entries(customaryVariables)]),
    heading(1, "Files"),
    ...table(["File", "Holds"], Object.entries(files)),
  ];
}

function commandParts(spec: CommandSpec): readonly Part[] {
  const { about, args = [], name, options = [], summary: says } = spec;
  const called = [`omnibase ${name}`, ...args.map(argumentText), "[options]"].join(" ");
  return [
    heading(2, `omnibase ${name}`),
    paragraph(`${says}.`),
    ...(about === undefined ? [] : [paragraph(about)]),
    { kind: "code", lines: [called] },
    ...table(
      ["Argument", "Means"],
      args.map((arg): Row => [argumentText(arg), argumentSays(arg)]),
    ),
    ...table(
      ["Option", "Means"],
      options.map((option): Row => [optionText(option), optionSays(option)]),
    ),
    paragraph(examplesOf(spec).length === 1 ? "Example:" : "Examples:"),
    { kind: "code", lines: examplesOf(spec) },
  ];
}

/** `docs/cli.md`. */
export function markdownManual(sections: readonly Section[]): string {
  const said = "Generated from the tree of commands by `omnibase help --manual markdown`.";
  const parts = partsOf(sections).map((part) => {
    switch (part.kind) {
      case "heading":
        return `${"#".repeat(part.rank + 1)} ${part.text}`;
      case "paragraph":
        return part.text;
      case "code":
        return `\`\`\`\n${part.lines.join("\n")}\n\`\`\``;
      case "table":
        return [part.head, ["---", "---"] as const, ...part.rows.map(([term, says]): Row => [`\`${term}\``, says])]
          .map(([term, says]) => `| ${cell(term)} | ${cell(says)} |`)
          .join("\n");
    }
  });
  return `${["# The command line", summary, said, ...parts].join("\n\n")}\n`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** `omnibase.1`. */
export function roffManual(sections: readonly Section[]): string {
  const parts = partsOf(sections).flatMap((part): readonly string[] => {
    switch (part.kind) {
      case "heading":
        return part.rank === 1 ? [`.SH ${roff(part.text.toUpperCase())}`] : [`.SS ${roff(part.text)}`];
      case "paragraph":
        return [".PP", roff(part.text)];
      case "code":
        return [".PP", ".RS 4", ".nf"].concat(part.lines.map(roff), ".fi", ".RE");
      case "table":
        return part.rows.flatMap(([term, says]) => [".TP", `.B ${roff(term)}`, roff(says)]);
    }
  });
  const [verb = "", ...rest] = summary.replace(/\.$/, "").split(" ");
  const head = [
    ".TH OMNIBASE 1",
    ".SH NAME",
    `omnibase \\- ${roff([verb.toLowerCase(), ...rest].join(" "))}`,
    ".SH SYNOPSIS",
    ".B omnibase",
    "COMMAND [options]",
    ".SH DESCRIPTION",
  ];
  return `${[...head, ...parts].join("\n")}\n`;
}

/** A line that begins with a dot or a quote would be an instruction, and a backslash always is one. */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/, "\\&$1");
