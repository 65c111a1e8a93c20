import { err, printable, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import { printRefused, printReport, type Format } from "../edge/print.ts";
import type { ExitCode, Refused, Report } from "../edge/report.ts";
import type { Context } from "./command.ts";
import { parseArguments, type Asked } from "./parse.ts";
import { tree } from "./tree.ts";
import { version } from "./version.ts";

/** From arguments to an exit code. Everything that happens is said on the way. */
export async function perform(argv: readonly string[], io: Io): Promise<ExitCode> {
  const format = formatOf(argv);
  const asked = parseArguments(argv, version);
  switch (asked.kind) {
    case "help":
      return printReport(io, format, { exit: 0, document: asked.document, text: asked.text.trimEnd() });
    case "usage":
      return refuseUsage(io, format, asked);
    case "call": {
      const debug = asked.given.flag("debug");
      const report = await called(asked, contextOf(io, format), debug);
      return report.ok ? printReport(io, format, report.value) : printRefused(io, format, report.error);
    }
  }
}

function refuseUsage(io: Io, format: Format, { code, message, usage }: Extract<Asked, { kind: "usage" }>): ExitCode {
  const exit = printRefused(io, format, { exit: 2, code, message });
  io.err(`${usage}\n`);
  return exit;
}

/** Read off the raw arguments, because those that cannot be parsed are answered in JSON, too. JSON wins. */
function formatOf(argv: readonly string[]): Format {
  const ours = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const words = ours.flatMap((word, index) => {
    if (word === "--json") return ["json"];
    if (word.startsWith("--format=")) return [word.slice("--format=".length)];
    return word === "--format" ? [ours[index + 1]] : [];
  });
  const spoken = new Set(words);
  return (["json", "sarif", "github"] as const).find((format) => spoken.has(format)) ?? "human";
}

function contextOf(io: Io, format: Format): Context {
  return {
    io,
    tree,
    progress: (line) => {
      if (io.terminal && format !== "json") io.err(`${line}\n`);
    },
    warn: (line) => {
      if (format !== "json") io.err(`omnibase: ${printable(line, 500)}\n`);
    },
  };
}

/** A refusal is a value. What is thrown is a fault of the platform or a bug of ours, and is named here or nowhere. */
async function called(
  { given, spec }: Extract<Asked, { kind: "call" }>,
  context: Context,
  debug: boolean,
): Promise<Result<Report, Refused>> {
  try {
    const { command } = await spec.load();
    return await command(given, context);
  } catch (error) {
    if (debug) context.io.err(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
    const { refusedFault } = await import("../text/faults.ts");
    return err(refusedFault(error));
  }
}
