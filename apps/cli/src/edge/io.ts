import { isatty } from "node:tty";

/** What a command may know of the process that it runs in. A test makes its own. */
export interface Io {
  readonly cwd: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** Whether progress would be read by a person. */
  readonly terminal: boolean;
  /** Whether what goes to stderr is coloured. */
  readonly color: boolean;
  /** Whether what goes to stdout is. */
  readonly outColor: boolean;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Calls back with the first signal that asks to end. What is returned forgets it, and then signals end the process. */
  readonly onSignal: (heard: () => void) => () => void;
  /** How this program is started: what stands before its arguments. */
  readonly program: readonly string[];
}

/** The process itself. A reader that went away is no error: what was to be done is done all the same. */
export function processIo(): Io {
  const { env, stderr, stdout } = process;
  stdout.on("error", (error) => {
    if (isGone(error)) return;
    // What was done is done and durable, but nobody can read the answer, and success would be a lie.
    stderr.write(`omnibase: OUTPUT_FAILED ${error.message}\n`);
    process.exit(1);
  });
  stderr.on("error", () => undefined);
  // `isTTY` is absent, not false, where there is no terminal; and what is absent means "decide yourself" to others.
  const terminal = isatty(stderr.fd);
  return {
    cwd: () => process.cwd(),
    env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    terminal,
    color: wantsColor(env, terminal),
    outColor: wantsColor(env, isatty(stdout.fd)),
    stdin: () => process.stdin,
    onSignal: (heard) => {
      for (const signal of signals) process.on(signal, heard);
      return () => {
        for (const signal of signals) process.off(signal, heard);
      };
    },
    program: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
  };
}

const signals = ["SIGINT", "SIGTERM"] as const;

const isGone = (error: Error): boolean => "code" in error && (error.code === "EPIPE" || error.code === "EIO");

/** As other programs decide it: who says no counts most, then who insists, then what is there. */
export function wantsColor(env: Io["env"], terminal: boolean): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced !== "0" && forced !== "false";
  return terminal && env["TERM"] !== "dumb";
}
