import { Argument, Command as Commander, CommanderError, Option } from "commander";
import { printable, type Json } from "@omnibase/core";
import type { CommandSpec, Given, OptionSpec } from "./command.ts";
import { everywhere, optionsOf } from "./everywhere.ts";
import { helpDocument, helpText, topicAt, usageOf, type Topic } from "./help.ts";
import { sections, tree } from "./tree.ts";

/** What the arguments ask for. */
export type Asked =
  | { readonly kind: "call"; readonly spec: CommandSpec; readonly given: Given }
  | { readonly kind: "help"; readonly text: string; readonly document: Json }
  | Misused;

interface Misused {
  readonly kind: "usage";
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly usage: string;
}

/** Reads the arguments after the program's name. Calls nothing and prints nothing. */
export function parseArguments(argv: readonly string[], version: string): Asked {
  let asked: Asked | undefined;
  const usage = (code: string, message: string, at = topicOf(commandAt(program, argv))): Misused => {
    const { hint, says } = advised(message, code, at);
    const advice = hint === undefined ? {} : { hint };
    return { kind: "usage", code, message: printable(says, messageCharsMax), ...advice, usage: usageText(at) };
  };
  const program = programFor({
    call: (spec, given) => {
      const slip = slipIn(spec, given);
      asked = slip === undefined ? { kind: "call", spec, given } : usage(slip.code, slip.message);
    },
    help: (command) => {
      const stray = strayIn(command, argv);
      asked =
        stray === undefined ? help(topicOf(command)) : usage("USAGE_UNKNOWN_COMMAND", `unknown command '${stray}'`);
    },
  });
  program.version(version, "--version", "print the version");
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const { code, message } = error;
    if (code === "commander.version") return versionOf(version);
    if (code === "commander.help") return usage("USAGE_MISSING_COMMAND", "no command was given");
    if (code !== "commander.helpDisplayed") return usage(codes[code] ?? "USAGE", message.replace(/^error: /, ""));
  }
  return asked ?? help({ kind: "program", sections });
}

const messageCharsMax = 500;

/** The parser puts what it believes was meant behind its message; to us that is a hint. */
function advised(message: string, code: string, at: Topic): { readonly says: string; readonly hint?: string } {
  const [says = "", believed] = message.split("\n(Did you mean ");
  const word = code === "USAGE_UNKNOWN_COMMAND" && at.kind === "program" ? (/'([^']*)'/.exec(says)?.[1] ?? "") : "";
  // Whoever says only the verb is shown every noun that has it.
  const named = tree.flatMap(({ name }) => (name.split(" ")[1] === word ? [`\`omnibase ${name}\``] : []));
  if (named.length > 0) return { says, hint: `did you mean ${named.join(" or ")}?` };
  return believed === undefined ? { says } : { says, hint: `did you mean ${believed.replace(/\?\)$/, "")}?` };
}

const usageText = (topic: Topic): string => {
  const words = topic.kind === "command" ? topic.spec.name : topic.kind === "noun" ? topic.noun : "";
  return `Usage: ${usageOf(topic)}\n  omnibase ${[...words.split(" "), "--help"].filter((word) => word !== "").join(" ")} says more`;
};

/** What stands where a command should, beside a wish for help. */
function strayIn(command: Commander, argv: readonly string[]): string | undefined {
  if (command.commands.length === 0) return undefined;
  const depth = topicOf(command).kind === "noun" ? 1 : 0;
  return argv.filter((word, index) => !word.startsWith("-") && !takesNext(argv[index - 1]))[depth];
}

const takesNext = (word: string | undefined): boolean =>
  everywhere.some(({ name, value }) => value !== undefined && word === `--${name}`);

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
  help(command: Commander): void;
}

function programFor(hooks: Hooks): Commander {
  const program = new Commander("omnibase")
    .helpOption("-h, --help", "print this")
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({
      formatHelp: (command) => {
        hooks.help(command);
        return "";
      },
    })
    // Before the commands: they copy it.
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  // They are heard here, wherever they stand; which values are possible is for the command to say.
  for (const { values: _, ...option } of everywhere) program.addOption(optionOf(option));
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
  const parent = program.command(noun).helpOption("-h, --help", "print this").helpCommand(false);
  parents.set(noun, parent);
  return parent;
}

function declare(command: Commander, spec: CommandSpec, hooks: Hooks): void {
  command.helpOption("-h, --help", "print this");
  for (const { many, name, required, values } of spec.args ?? []) {
    const named = many === true ? `${name}...` : name;
    const argument = new Argument(required ? `<${named}>` : `[${named}]`);
    command.addArgument(values === undefined ? argument : argument.choices(values));
  }
  for (const option of optionsOf(spec)) command.addOption(optionOf(option));
  command.action(() => {
    hooks.call(spec, givenOf(command));
  });
}

function optionOf({ name, optional, repeat, short, value, values }: OptionSpec): Option {
  const takes = value === undefined ? "" : optional === true ? ` [${value}]` : ` <${value}>`;
  const option = new Option(`${short === undefined ? "" : `-${short}, `}--${name}${takes}`);
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

/** What a commander stands for. */
function topicOf(command: Commander): Topic {
  const names: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) names.unshift(at.name());
  return topicAt(names, sections) ?? { kind: "program", sections };
}

const help = (topic: Topic): Asked => ({ kind: "help", text: helpText(topic), document: helpDocument(topic) });

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
