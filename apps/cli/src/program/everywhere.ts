import type { CommandSpec, OptionSpec } from "./command.ts";

/** Every command takes these. */
export const everywhere: readonly OptionSpec[] = [
  { name: "format", value: "FORMAT", summary: "human, json or yaml", values: ["human", "json", "yaml"] },
  { name: "json", summary: "the same as --format json" },
  {
    name: "env-file",
    value: "FILE",
    summary: "read variables from FILE; those that are set already count",
    file: true,
  },
  { name: "quiet", short: "q", summary: "say the result and what is wrong, and nothing else" },
  { name: "verbose", short: "v", summary: "say what is going on, also where no terminal is" },
  { name: "debug", summary: "show where in the program an error arose" },
];

/** All that a command takes. What it says itself of an option counts more than what holds everywhere. */
export const optionsOf = ({ options = [] }: CommandSpec): readonly OptionSpec[] => [
  ...options,
  ...everywhere.filter(({ name }) => !options.some((own) => own.name === name)),
];
