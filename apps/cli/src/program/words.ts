import type { CommandSpec, Given, Known, OptionSpec } from "./command.ts";
import { everywhere, optionsOf } from "./everywhere.ts";

/** What may stand where the cursor is. */
export interface Word {
  readonly word: string;
  readonly says: string;
}

/** What the words before the cursor ask for. */
export type Wanted =
  | { readonly kind: "words"; readonly words: readonly Word[] }
  | { readonly kind: "files" }
  /** What only the project or the data root can say. */
  | { readonly kind: "known"; readonly known: Known; readonly given: Given; readonly prefix: string };

/** What may come next, behind what was typed; the last word is the one that the cursor is in. */
export function wantedAt(typed: readonly string[], tree: readonly CommandSpec[]): Wanted {
  const current = typed.at(-1) ?? "";
  const { given, named, pending, rest } = scanned(typed.slice(0, -1), tree);
  if (pending !== undefined) return valueOf(pending, given);
  const spec = tree.find(({ name }) => name === named.join(" "));
  const [, option] = /^--([\w-]+)=/.exec(current) ?? [];
  const assigned = option === undefined || spec === undefined ? undefined : optionNamed(option, spec);
  if (assigned !== undefined) return prefixed(`--${assigned.name}=`, valueOf(assigned, given));
  if (current.startsWith("-")) return { kind: "words", words: optionWords(spec, given) };
  if (spec === undefined) return { kind: "words", words: commandWords(named, tree) };
  const { args = [] } = spec;
  const arg = args[rest.length] ?? (args.at(-1)?.many === true ? args.at(-1) : undefined);
  if (arg === undefined) return { kind: "words", words: [] };
  if (arg.known === "command") return { kind: "words", words: commandWords(rest, tree) };
  return valueOf(arg, given);
}

/** Those that begin like the word at the cursor. */
export const beginning = (words: readonly Word[], current: string): readonly Word[] =>
  words.filter(({ word }) => word.startsWith(current));

interface Scanned {
  /** The words of the command, as far as they were typed. */
  readonly named: readonly string[];
  /** Arguments behind it. */
  readonly rest: readonly string[];
  /** An option that wants the word at the cursor for its value. */
  readonly pending: OptionSpec | undefined;
  readonly given: Given;
}

function scanned(words: readonly string[], tree: readonly CommandSpec[]): Scanned {
  const [named, rest]: [string[], string[]] = [[], []];
  const options = new Map<string, string[]>();
  let pending: OptionSpec | undefined;
  for (const word of words) {
    if (pending !== undefined) {
      options.set(pending.name, [...(options.get(pending.name) ?? []), word]);
      pending = undefined;
      continue;
    }
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name !== undefined) {
      const option = optionNamed(
        name,
        tree.find((one) => one.name === named.join(" ")),
      );
      options.set(name, [...(options.get(name) ?? []), ...(value === undefined ? [] : [value])]);
      if (option?.value !== undefined && option.optional !== true && value === undefined) pending = option;
    } else if (!word.startsWith("-")) {
      const isNoun = tree.some((one) => one.name.startsWith(`${[...named, word].join(" ")} `));
      const isCommand = tree.some((one) => one.name === [...named, word].join(" "));
      const isComplete = tree.some((one) => one.name === named.join(" "));
      if (!isComplete && (isNoun || isCommand)) named.push(word);
      else rest.push(word);
    }
  }
  return { named, rest, pending, given: givenFrom(rest, options) };
}

const givenFrom = (args: readonly string[], options: ReadonlyMap<string, readonly string[]>): Given => ({
  args,
  text: (option) => options.get(option)?.at(-1),
  list: (option) => options.get(option) ?? [],
  flag: (option) => options.has(option),
});

const optionNamed = (name: string, spec: CommandSpec | undefined): OptionSpec | undefined =>
  (spec === undefined ? everywhere : optionsOf(spec)).find((option) => option.name === name);

function valueOf(asked: Pick<OptionSpec, "file" | "known" | "values">, given: Given): Wanted {
  const { file, known, values } = asked;
  if (values !== undefined) return { kind: "words", words: values.map((word) => ({ word, says: "" })) };
  if (known !== undefined) return { kind: "known", known, given, prefix: "" };
  return file === true ? { kind: "files" } : { kind: "words", words: [] };
}

function prefixed(prefix: string, wanted: Wanted): Wanted {
  if (wanted.kind === "known") return { ...wanted, prefix };
  if (wanted.kind === "files") return wanted;
  return { kind: "words", words: wanted.words.map(({ says, word }) => ({ word: `${prefix}${word}`, says })) };
}

function optionWords(spec: CommandSpec | undefined, given: Given): readonly Word[] {
  const options = spec === undefined ? everywhere : optionsOf(spec);
  const open = options.filter(({ name, repeat }) => repeat === true || !given.flag(name));
  return [...open.map(({ name, summary }) => ({ word: `--${name}`, says: summary })), help];
}

const help: Word = { word: "--help", says: "print what it takes" };

function commandWords(named: readonly string[], tree: readonly CommandSpec[]): readonly Word[] {
  const before = named.length === 0 ? "" : `${named.join(" ")} `;
  const found = new Map<string, string>();
  for (const { name, summary } of tree) {
    if (!name.startsWith(before)) continue;
    const [word = "", ...more] = name.slice(before.length).split(" ");
    if (!found.has(word)) found.set(word, more.length === 0 ? summary : "");
  }
  return [...found].map(([word, says]) => ({ word, says }));
}
