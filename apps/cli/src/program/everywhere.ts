import type { CommandSpec, OptionSpec } from "./command.ts";

/** Every command takes these. */
export const everywhere: readonly OptionSpec[] = [
  { name: "format", value: "FORMAT", summary: "human or json", values: ["human", "json"] },
  { name: "json", summary: "the same as --format json" },
  { name: "debug", summary: "show where in the program an error arose" },
];

/** All that a command takes. What it says itself of an option counts more than what holds everywhere. */
export const optionsOf = ({ options = [] }: CommandSpec): readonly OptionSpec[] => [
  ...options,
  ...everywhere.filter(({ name }) => !options.some((own) => own.name === name)),
];
