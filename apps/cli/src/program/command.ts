import type { Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused, Report } from "../edge/report.ts";

/** What a command was given, already known to be declared. */
export interface Given {
  /** By position; absent ones are absent. */
  readonly args: readonly string[];
  text(option: string): string | undefined;
  list(option: string): readonly string[];
  flag(option: string): boolean;
}

export interface Context {
  readonly io: Io;
  /** Every command that there is. */
  readonly tree: readonly CommandSpec[];
  /** A line about what is going on, for a person who waits. Silent where nobody watches. */
  progress(line: string): void;
  /** Something to know that changes nothing. Goes to stderr, and is silent where JSON was asked for. */
  warn(line: string): void;
}

/** A command is a function: what was given becomes a report, or the reason why not. */
export type Command = (given: Given, context: Context) => Promise<Result<Report, Refused>>;

/** Declared once: help, usage errors and shell completion are read off it. */
export interface CommandSpec {
  /** `run`, or `incident list`. */
  readonly name: string;
  readonly summary: string;
  readonly args?: readonly ArgSpec[];
  readonly options?: readonly OptionSpec[];
  readonly example: string;
  /** Loaded when it is called: whoever asks for help pays for nothing else. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

export interface ArgSpec {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** For completion. */
  readonly values?: readonly string[];
}

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  /** What its value is called; absent: a flag. */
  readonly value?: string;
  /** Without its value it is a flag. */
  readonly optional?: true;
  readonly summary: string;
  readonly required?: true;
  readonly repeat?: true;
  readonly values?: readonly string[];
  /** Whether the value names a file, for completion. */
  readonly file?: true;
}
