import { resolve } from "node:path";
import { err, printable, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import { printOne, printRefused, printReport, type Format } from "../edge/print.ts";
import { progressOn, silent } from "../edge/progress.ts";
import type { ExitCode, Refused, Report } from "../edge/report.ts";
import type { Context } from "./command.ts";
import { parseArguments, type Asked } from "./parse.ts";
import { sections } from "./tree.ts";
import { setting } from "./variables.ts";
import { version } from "./version.ts";

/** From arguments to an exit code. Everything that happens is said on the way. */
export async function perform(argv: readonly string[], io: Io): Promise<ExitCode> {
  const asked = parseArguments(argv, version);
  const spoken = formatIn(argv);
  if (asked.kind === "usage") return refuseUsage(io, spoken ?? "human", asked);
  const around = await surroundings(asked, io, spoken);
  if (!around.ok) return printRefused(io, spoken ?? "human", around.error);
  const { format, ...said } = around.value;
  if (asked.kind === "help") {
    return printReport(said.io, format, { exit: 0, document: asked.document, text: asked.text.trimEnd() });
  }
  const report = await called(asked, contextOf(said.io, format, asked), asked.given.flag("debug"));
  if (!report.ok) return printRefused(said.io, format, report.error);
  const { notes: _, ...noteless } = report.value;
  return printReport(said.io, format, asked.given.flag("quiet") ? noteless : report.value);
}

function refuseUsage(
  io: Io,
  format: Format,
  { code, hint, message, usage }: Extract<Asked, { kind: "usage" }>,
): ExitCode {
  const exit = printRefused(io, format, { exit: 2, code, message, ...(hint === undefined ? {} : { hint }) });
  io.err(`${usage}\n`);
  return exit;
}

/** Read off the raw arguments, because those that cannot be parsed are answered in JSON, too. JSON wins. */
function formatIn(argv: readonly string[]): Format | undefined {
  const ours = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const words = ours.flatMap((word, index) => {
    if (word === "--json") return ["json"];
    if (word.startsWith("--format=")) return [word.slice("--format=".length)];
    return word === "--format" ? [ours[index + 1]] : [];
  });
  const spoken = new Set(words);
  return (["json", "yaml", "sarif", "github", "human"] as const).find((format) => spoken.has(format));
}

interface Surroundings {
  readonly io: Io;
  readonly format: Format;
}

/** What the arguments leave open, from the file of variables and from the variables. */
async function surroundings(asked: Asked, io: Io, spoken: Format | undefined): Promise<Result<Surroundings, Refused>> {
  const file = asked.kind === "call" ? asked.given.text("env-file") : undefined;
  const known = file === undefined ? io : await withVariables(io, file);
  if ("code" in known) return err(known);
  const variable = setting("OMNIBASE_FORMAT", known);
  if (!variable.ok) return variable;
  const wish = (["human", "json", "yaml"] as const).find((format) => format === (variable.value ?? "human"));
  if (wish === undefined) {
    const message = `OMNIBASE_FORMAT is ${printable(variable.value ?? "")}: it is human, json or yaml`;
    return err({ exit: 2, code: "CONFIG_VALUE", message });
  }
  return { ok: true, value: { io: known, format: spoken ?? wish } };
}

async function withVariables(io: Io, file: string): Promise<Io | Refused> {
  const { readVariables } = await import("../edge/variables-file.ts");
  const read = readVariables(resolve(io.cwd(), file));
  return read.ok ? { ...io, env: { ...read.value, ...io.env } } : read.error;
}

function contextOf(io: Io, format: Format, { given }: Extract<Asked, { kind: "call" }>): Context {
  const [quiet, verbose] = [given.flag("quiet"), given.flag("verbose")];
  const isHuman = format === "human" || format === "github";
  return {
    io,
    sections,
    progress: !quiet && (verbose || (io.terminal && isHuman)) ? progressOn(io) : silent,
    tell: (document, text) => {
      printOne(io, format, { document, text });
    },
    warn: (line) => {
      if (!quiet && isHuman) io.err(`omnibase: ${printable(line, 500)}\n`);
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
