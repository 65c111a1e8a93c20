import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { perform } from "../program/perform.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const greetExample: string = join(root, "examples/01-greet");
/** The command as it ships. `npm test` has bundled it. */
export const bundled: string = join(root, "apps/cli/bin/omnibase.mjs");

/** What a call of the command left behind. */
export interface Called {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface Calling {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends what lasts, as a signal does. */
  readonly signal?: AbortSignal;
  /** What goes to stderr, as it comes. */
  readonly heard?: (text: string) => void;
  /** What goes to stdout, as it comes. */
  readonly told?: (text: string) => void;
}

/** Calls the command in this process, as `main.ts` does, without a terminal. */
export async function called(
  args: readonly string[],
  { cwd, env = {}, heard, signal, stdin = "", told }: Calling,
): Promise<Called> {
  const said = { out: "", err: "" };
  const exit = await perform(args, {
    cwd: () => cwd,
    env,
    out: (text) => {
      said.out += text;
      told?.(text);
    },
    err: (text) => {
      said.err += text;
      heard?.(text);
    },
    onSignal: (tell) => {
      signal?.addEventListener("abort", tell);
      return () => signal?.removeEventListener("abort", tell);
    },
    terminal: false,
    program: [process.execPath, bundled],
    color: false,
    outColor: false,
    stdin: async function* () {
      yield Buffer.from(stdin);
    },
  });
  return { exit, ...said };
}

/** Starts the command as a process of its own. */
export function spawned(args: readonly string[], { cwd, env = {}, stdin = "" }: Calling): Promise<Called> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundled, ...args], { cwd, env: { ...process.env, ...env } });
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (said.err += text));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ exit: code ?? -1, ...said });
    });
    // A process that has refused already does not read what is still being sent.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}

const made: string[] = [];

/** A folder of its own, with these files in it. Gone after `removeFolders`. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-cli-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The example project, in a folder where it may be changed. */
export function greetProject(): string {
  const folder = folderWith({ "ada.json": '{"name":"Ada"}', "empty.json": '{"name":""}' });
  for (const name of ["omnibase.yaml", "contracts"]) {
    cpSync(join(greetExample, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/** The same, and the id of an execution in which Ada was greeted. */
export async function greetedProject(): Promise<{ readonly cwd: string; readonly id: string }> {
  const cwd = greetProject();
  return { cwd, id: idOf(await called(greet("ada.json", "--json"), { cwd })) };
}

/** An example as it is delivered, without what it left behind where it was tried. */
export function exampleProject(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith(files);
  const from = join(root, "examples", name);
  const isLeft = /\/(?:data|\.omnibase)(?:\/|$)/;
  cpSync(from, folder, { recursive: true, filter: (source) => !isLeft.test(source.slice(from.length)) });
  return folder;
}

export function removeFolders(): void {
  // A process that was ended may still be taking its leave of a file.
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

export const greet = (payload: string, ...more: readonly string[]): readonly string[] => [
  "run",
  "--wf",
  "demo::WF_GREET_V0",
  "--payload",
  payload,
  ...more,
];

/** The one document on stdout. */
export function documentIn({ out }: Pick<Called, "out">): Readonly<Record<string, unknown>> {
  const document: Readonly<Record<string, unknown>> = JSON.parse(out);
  return document;
}

/** The execution that the document on stdout is of. */
export const idOf = (result: Pick<Called, "out">): string => String(documentIn(result)["execution"]);
