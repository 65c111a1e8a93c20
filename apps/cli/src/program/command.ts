import type { Json, Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Progress } from "../edge/progress.ts";
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
  readonly sections: readonly Section[];
  /** What is going on, for a person who waits. Silent where nobody watches. */
  readonly progress: Progress;
  /** One of many results, as it comes. Whoever calls this says `told` at the end. */
  tell(document: Json, text: string): void;
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
  /** What the summary has no room for: what is written, what ends it otherwise. Whole sentences. */
  readonly about?: string;
  readonly args?: readonly ArgSpec[];
  readonly options?: readonly OptionSpec[];
  readonly example: string;
  /** Further ones, for further uses. */
  readonly examples?: readonly string[];
  /** Loaded when it is called: whoever asks for help pays for nothing else. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Commands that belong together, as help and the reference show them. */
export interface Section {
  readonly title: string;
  readonly commands: readonly CommandSpec[];
}

/** What completion can look up: names that the project declares, what the data root holds, what the program knows. */
export type Known =
  | "workflow"
  | "ingress"
  | "transform"
  | "actor"
  | "event"
  | "execution"
  | "signal"
  | "task-outcome"
  | "incident-outcome"
  | "code"
  | "command"
  | "template";

export interface ArgSpec {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** Every further argument belongs to it. Only the last can. */
  readonly many?: true;
  readonly values?: readonly string[];
  /** For completion. */
  readonly known?: Known;
}

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  /** One letter that means the same. */
  readonly short?: string;
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
  /** For completion. */
  readonly known?: Known;
}
