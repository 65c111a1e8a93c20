import type { CommandSpec, OptionSpec } from "./command.ts";
import { optionsOf } from "./everywhere.ts";

type Tree = readonly CommandSpec[];

/** A script that completes commands, options and their values. Everything in it is read off the tree. */
export function completionFor(shell: string, tree: Tree): string {
  if (shell === "fish") return fish(tree);
  if (shell === "zsh") return `#compdef omnibase\nautoload -U +X bashcompinit && bashcompinit\n${bash(tree)}`;
  return bash(tree);
}

const words = (names: readonly string[]): string => [...new Set(names)].join(" ");
const firsts = (tree: Tree): string => words(tree.map(({ name }) => name.split(" ")[0] ?? name));

function bash(tree: Tree): string {
  const cases = tree.flatMap((spec) => [
    `    "${spec.name}")`,
    `      opts="${words(optionsOf(spec).map(({ name }) => `--${name}`))} --help"`,
    `      args="${words((spec.args ?? []).flatMap(({ values = [] }) => values))}" ;;`,
  ]);
  const nouns = new Set(
    tree.map(({ name }) => name.split(" ")).flatMap(([noun = "", verb]) => (verb === undefined ? [] : [noun])),
  );
  const verbs = [...nouns].map((noun) => {
    const names = tree.filter(({ name }) => name.startsWith(`${noun} `)).map(({ name }) => name.split(" ")[1] ?? "");
    return `    ${noun}) opts=""; args="${words(names)}" ;;`;
  });
  const values = everyOption(tree)
    .filter(({ values: choices }) => choices !== undefined)
    .map(
      ({ name, values: choices = [] }) =>
        `    --${name}) COMPREPLY=($(compgen -W "${words(choices)}" -- "$cur")); return ;;`,
    );
  const files = words(
    everyOption(tree)
      .filter(({ file }) => file === true)
      .map(({ name }) => `--${name}`),
  ).replaceAll(" ", "|");
  return `_omnibase() {
  local cur prev opts args called
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  called="\${COMP_WORDS[1]}"
  case "$called" in ${[...nouns].join("|")}) [ "$COMP_CWORD" -gt 2 ] && called="$called \${COMP_WORDS[2]}" ;; esac
  [ "$COMP_CWORD" -eq 1 ] && called=""
  case "$prev" in
    ${files}) COMPREPLY=($(compgen -f -- "$cur")); return ;;
${values.join("\n")}
  esac
  case "$called" in
    "") opts="--help --version"; args="${firsts(tree)}" ;;
${verbs.join("\n")}
${cases.join("\n")}
  esac
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$opts" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$args" -- "$cur")); [ "\${#COMPREPLY[@]}" -eq 0 ] && COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -F _omnibase omnibase`;
}

/** One of each name, with every value that it may have somewhere. */
function everyOption(tree: Tree): readonly OptionSpec[] {
  const byName = new Map<string, OptionSpec>();
  for (const option of tree.flatMap(optionsOf)) {
    const values = [...(byName.get(option.name)?.values ?? []), ...(option.values ?? [])];
    byName.set(option.name, values.length === 0 ? option : { ...option, values });
  }
  return [...byName.values()];
}

function fish(tree: Tree): string {
  const lines = ["complete -c omnibase -f"];
  const seen = new Set<string>();
  for (const spec of tree) {
    const [noun = "", verb] = spec.name.split(" ");
    const summary = quoted(spec.summary);
    if (verb === undefined) lines.push(`complete -c omnibase -n __fish_use_subcommand -a ${noun} -d ${summary}`);
    else {
      if (!seen.has(noun)) lines.push(`complete -c omnibase -n __fish_use_subcommand -a ${noun}`);
      seen.add(noun);
      const at = `__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${verb}`;
      lines.push(`complete -c omnibase -n '${at}' -a ${verb} -d ${summary}`);
    }
    const given =
      verb === undefined
        ? `__fish_seen_subcommand_from ${noun}`
        : `__fish_seen_subcommand_from ${noun}; and __fish_seen_subcommand_from ${verb}`;
    for (const option of optionsOf(spec)) lines.push(`complete -c omnibase -n '${given}' ${fishOption(option)}`);
    for (const { values = [] } of spec.args ?? []) {
      if (values.length > 0) lines.push(`complete -c omnibase -n '${given}' -a '${values.join(" ")}'`);
    }
  }
  return lines.join("\n");
}

function fishOption({ file, name, summary, value, values }: OptionSpec): string {
  const takes = value === undefined ? "" : file === true ? " -r -F" : " -x";
  const choices = values === undefined ? "" : ` -a '${values.join(" ")}'`;
  return `-l ${name}${takes}${choices} -d ${quoted(summary)}`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
