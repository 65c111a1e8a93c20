import { Argument, Command as Commander, CommanderError, Option } from "commander";
import { printable, type Json } from "@omnibase/core";
import type { CommandSpec, Given, OptionSpec } from "./command.ts";
import { everywhere, optionsOf } from "./everywhere.ts";
import { tree } from "./tree.ts";

/** What the arguments ask for. */
export type Asked =
  | { readonly kind: "call"; readonly spec: CommandSpec; readonly given: Given }
  | { readonly kind: "help"; readonly text: string; readonly document: Json }
  | { readonly kind: "usage"; readonly code: string; readonly message: string; readonly usage: string };

/** Reads the arguments after the program's name. Calls nothing and prints nothing. */
export function parseArguments(argv: readonly string[], version: string): Asked {
  let asked: Asked | undefined;
  const usage = (code: string, message: string): Asked => {
    const says = printable(message, messageCharsMax);
    return { kind: "usage", code, message: says, usage: `Usage: ${usageOf(commandAt(program, argv))}` };
  };
  let said = "";
  const program = programFor(version, {
    call: (spec, given) => {
      const slip = slipIn(spec, given);
      asked = slip === undefined ? { kind: "call", spec, given } : usage(slip.code, slip.message);
    },
    write: (text) => {
      said += text;
    },
  });
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const { code, message } = error;
    if (code === "commander.helpDisplayed") return help(said, commandAt(program, argv));
    if (code === "commander.version") return versionOf(said.trim());
    if (code === "commander.help") return usage("USAGE_MISSING_COMMAND", "no command was given");
    return usage(codes[code] ?? "USAGE", message.replace(/^error: /, ""));
  }
  return asked ?? help(program.helpInformation(), program);
}

const messageCharsMax = 500;

/** What the parser does not see, or sees before it sees what was meant. */
function slipIn(spec: CommandSpec, given: Given): { readonly code: string; readonly message: string } | undefined {
  for (const { name, required, value, values } of optionsOf(spec)) {
    const text = given.text(name);
    if (text?.startsWith("--") === true) {
      return { code: "USAGE_MISSING_VALUE", message: `option '--${name} <${String(value)}>' argument missing` };
    }
    if (required === true && text === undefined) {
      return { code: "USAGE_MISSING_OPTION", message: `required option '--${name} <${String(value)}>' not specified` };
    }
    if (text !== undefined && values?.includes(text) === false) {
      const says = `option '--${name} <${String(value)}>' argument '${text}' is invalid`;
      return { code: "USAGE_INVALID_VALUE", message: `${says}. Allowed choices are ${values.join(", ")}.` };
    }
  }
  return undefined;
}

interface Hooks {
  call(spec: CommandSpec, given: Given): void;
  write(text: string): void;
}

function programFor(version: string, hooks: Hooks): Commander {
  const program = new Commander("omnibase")
    .description("Runs declared, governed workflows and proves what happened.")
    .version(version, "--version", "print the version")
    .helpOption("--help", "print this")
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false })
    // Before the commands: they copy it.
    .exitOverride()
    .configureOutput({ writeOut: (text) => hooks.write(text), writeErr: () => undefined });
  // They are heard here, wherever they stand; which values are possible is for the command to say.
  for (const { values: _, ...option } of everywhere) program.addOption(optionOf(option).hideHelp());
  const parents = new Map<string, Commander>();
  for (const spec of tree) {
    const words = spec.name.split(" ");
    const name = words.at(-1) ?? spec.name;
    declare(parentOf(program, parents, words).command(name), spec, hooks);
  }
  return program;
}

function parentOf(program: Commander, parents: Map<string, Commander>, words: readonly string[]): Commander {
  const [noun = ""] = words;
  if (words.length === 1) return program;
  const known = parents.get(noun);
  if (known !== undefined) return known;
  const parent = program
    .command(noun)
    .description(nouns[noun] ?? "")
    .helpOption("--help", "print this");
  parent.helpCommand(false);
  parents.set(noun, parent);
  return parent;
}

const nouns: Readonly<Record<string, string>> = {
  snapshot: "Look into sealed snapshots",
  incident: "Decide what cannot go on by itself",
};

function declare(command: Commander, spec: CommandSpec, hooks: Hooks): void {
  const { args = [], example, summary } = spec;
  command.description(summary).helpOption("--help", "print this").addHelpText("after", `\nExample:\n  ${example}`);
  for (const { name, required, summary: says, values } of args) {
    const argument = new Argument(required ? `<${name}>` : `[${name}]`, says);
    command.addArgument(values === undefined ? argument : argument.choices(values));
  }
  for (const option of optionsOf(spec)) command.addOption(optionOf(option));
  command.action(() => {
    hooks.call(spec, givenOf(command));
  });
}

function optionOf({ name, optional, repeat, summary, value, values }: OptionSpec): Option {
  const takes = value === undefined ? "" : optional === true ? ` [${value}]` : ` <${value}>`;
  const option = new Option(`--${name}${takes}`, summary);
  if (values !== undefined) option.choices(values);
  if (repeat === true) option.argParser<readonly string[]>((one, before) => [...(before ?? []), one]);
  return option;
}

function givenOf(command: Commander): Given {
  const values: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  const at = (option: string): unknown =>
    values[option.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  return {
    args: command.args,
    text: (option) => {
      const value = at(option);
      return typeof value === "string" ? value : undefined;
    },
    list: (option) => {
      const value = at(option);
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag: (option) => at(option) === true,
  };
}

/** Whatever was meant: the deepest command that the arguments name. */
function commandAt(program: Commander, argv: readonly string[]): Commander {
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command;
}

const help = (text: string, command: Commander): Asked => ({
  kind: "help",
  text,
  document: helpDocument(text, command),
});

const helpDocument = (text: string, command: Commander): Json => ({
  schema: "omnibase-help/1",
  command: command.name(),
  commands: tree.map(({ example, name, summary }) => ({ name, summary, example })),
  text,
});

const codes: Readonly<Record<string, string>> = {
  "commander.unknownOption": "USAGE_UNKNOWN_OPTION",
  "commander.optionMissingArgument": "USAGE_MISSING_VALUE",
  "commander.missingArgument": "USAGE_MISSING_ARGUMENT",
  "commander.excessArguments": "USAGE_TOO_MANY_ARGUMENTS",
  "commander.unknownCommand": "USAGE_UNKNOWN_COMMAND",
  "commander.invalidArgument": "USAGE_INVALID_VALUE",
};

const versionOf = (version: string): Asked => ({
  kind: "help",
  text: version,
  document: { schema: "omnibase-version/1", version },
});

const usageOf = (command: Commander): string => {
  const names: string[] = [];
  for (let at: Commander | null = command; at !== null; at = at.parent) names.unshift(at.name());
  return `${names.join(" ")} ${command.usage()}\n  omnibase ${names.slice(1).concat("--help").join(" ")} says more`;
};
