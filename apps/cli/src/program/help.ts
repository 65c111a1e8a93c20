import type { Json } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { ArgSpec, CommandSpec, OptionSpec, Section } from "./command.ts";
import { everywhere, optionsOf } from "./everywhere.ts";

export const summary = "Runs declared, governed workflows and proves what happened.";

/** What help is asked about: everything, all commands of a noun, or one command. */
export type Topic =
  | { readonly kind: "program"; readonly sections: readonly Section[] }
  | { readonly kind: "noun"; readonly noun: string; readonly commands: readonly CommandSpec[] }
  | { readonly kind: "command"; readonly spec: CommandSpec };

/** What the words name, if they name anything. */
export function topicAt(words: readonly string[], sections: readonly Section[]): Topic | undefined {
  const name = words.join(" ");
  if (name === "") return { kind: "program", sections };
  const all = sections.flatMap(({ commands }) => commands);
  const spec = all.find((one) => one.name === name);
  if (spec !== undefined) return { kind: "command", spec };
  const commands = all.filter((one) => one.name.startsWith(`${name} `));
  return commands.length === 0 ? undefined : { kind: "noun", noun: name, commands };
}

/** `omnibase task show [options] <ID>`: how a topic is called. */
export function usageOf(topic: Topic): string {
  switch (topic.kind) {
    case "program":
      return "omnibase COMMAND [options]";
    case "noun":
      return `omnibase ${topic.noun} COMMAND [options]`;
    case "command":
      return [`omnibase ${topic.spec.name} [options]`, ...(topic.spec.args ?? []).map(argumentText)].join(" ");
  }
}

export function helpText(topic: Topic): string {
  const usage = `Usage: ${usageOf(topic)}`;
  switch (topic.kind) {
    case "program":
      return [
        usage,
        summary,
        ...topic.sections.map(({ commands, title }) => `${title}:\n${table(commands.map(nameAndSummary))}`),
        `\`omnibase help COMMAND\` says more, with examples. --version prints the version.`,
      ].join("\n\n");
    case "noun":
      return `${usage}\n\nCommands:\n${table(topic.commands.map(nameAndSummary))}`;
    case "command":
      return commandText(topic.spec, usage);
  }
}

const nameAndSummary = ({ name, summary: says }: CommandSpec): Row => [name, says];

function commandText(spec: CommandSpec, usage: string): string {
  const { about, args = [], options = [], summary: says } = spec;
  const general = optionsOf(spec).filter((option) => everywhere.includes(option));
  return [
    usage,
    says,
    ...(about === undefined ? [] : [wrapped(about)]),
    ...(args.length === 0 ? [] : [`Arguments:\n${table(args.map((arg) => [arg.name, argumentSays(arg)]))}`]),
    ...(options.length === 0 ? [] : [`Options:\n${table(options.map(optionRow))}`]),
    `Options of every command:\n${table([...general.map(optionRow), ["--help", "print this"]])}`,
    `${examplesOf(spec).length === 1 ? "Example" : "Examples"}:\n${examplesOf(spec)
      .map((example) => `  ${example}`)
      .join("\n")}`,
  ].join("\n\n");
}

export const examplesOf = ({ example, examples = [] }: CommandSpec): readonly string[] => [example, ...examples];

export const argumentText = ({ many, name, required }: ArgSpec): string => {
  const named = many === true ? `${name}...` : name;
  return required ? `<${named}>` : `[${named}]`;
};

export const argumentSays = ({ summary: says, values }: ArgSpec): string =>
  values === undefined ? says : `${says} (${values.join(", ")})`;

export function optionText({ name, optional, short, value }: OptionSpec): string {
  const takes = value === undefined ? "" : optional === true ? ` [${value}]` : ` ${value}`;
  return `${short === undefined ? "" : `-${short}, `}--${name}${takes}`;
}

/** What an option means, with what its shape says beside it. */
export function optionSays({ repeat, required, summary: says, values = [] }: OptionSpec): string {
  const untold = values.filter((value) => !says.includes(value));
  const notes = [
    ...(required === true ? ["required"] : []),
    ...(repeat === true ? ["may be given again"] : []),
    ...(untold.length === 0 ? [] : [values.join(", ")]),
  ];
  return notes.length === 0 ? says : `${says} (${notes.join("; ")})`;
}

const optionRow = (option: OptionSpec): Row => [optionText(option), optionSays(option)];

type Row = readonly [term: string, says: string];

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([term]) => term.length)) + 2;
  return rows.map(([term, says]) => `  ${term.padEnd(width)}${says}`).join("\n");
}

const columns = 100;

/** Broken between words, for a terminal. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** The same for programs: all that the tree says. */
export function helpDocument(topic: Topic): Json {
  const text = helpText(topic);
  const usage = usageOf(topic);
  switch (topic.kind) {
    case "program": {
      const commands = topic.sections.flatMap((section) =>
        section.commands.map((spec) => Object.assign(brief(spec), { section: section.title })),
      );
      return documentOf("omnibase-help/1", { command: "", usage, commands, text });
    }
    case "noun":
      return documentOf("omnibase-help/1", { command: topic.noun, usage, commands: topic.commands.map(brief), text });
    case "command": {
      const { about, args = [], name, summary: says } = topic.spec;
      return documentOf("omnibase-help/1", {
        command: name,
        usage,
        summary: says,
        ...(about === undefined ? {} : { about }),
        arguments: args,
        options: optionsOf(topic.spec),
        examples: examplesOf(topic.spec),
        text,
      });
    }
  }
}

const brief = ({ example, name, summary: says }: CommandSpec): { readonly [fact: string]: string } => ({
  name,
  summary: says,
  example,
});
