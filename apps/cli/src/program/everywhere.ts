import type { OptionSpec } from "./command.ts";

/** Every command takes these. */
export const everywhere: readonly OptionSpec[] = [
  { name: "format", value: "FORMAT", summary: "human or json", values: ["human", "json"] },
  { name: "json", summary: "the same as --format json" },
  { name: "debug", summary: "show where in the program an error arose" },
];
