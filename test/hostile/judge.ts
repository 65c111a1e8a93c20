import { homedir, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import type { Called, Expected, HostileInput, Said, Timed } from "./case.ts";
import type { Home } from "./home.ts";

/** How long an answer may take. */
export const msMaxOf = ({ expect: { msMax = 2_000 } }: HostileInput): number => msMax;

/** Beside what the same command takes for an unbroken input. */
const growthKibMax = 65_536;

/** What the lane takes when nothing is wrong. */
export interface Baseline {
  readonly peakKib: number;
}

const checkout = fileURLToPath(new URL("../../", import.meta.url));

/** Everything that is not as it should be, as sentences. None: the input was held. */
export function judge(input: HostileInput, said: Timed, home: Home | undefined, baseline: Baseline): readonly string[] {
  const { ask, expect } = input;
  const wrong = [...against(expect, said), ...late(said, msMaxOf(input))];
  if (home !== undefined && "argv" in ask) {
    wrong.push(...unguarded(ask, said, home, baseline));
    const also = expect.also?.(said, home);
    if (also !== undefined) wrong.push(also);
  }
  return wrong;
}

function against(
  { at, code, exit, hint, message, path, related, status, stderr }: Expected,
  said: Said,
): readonly string[] {
  const { problem } = said;
  const found: readonly (string | false)[] = [
    !exit.includes(said.exit) && `exit is ${String(said.exit)}, not ${exit.join(" or ")}`,
    status?.includes(said.status ?? 0) === false && `status is ${String(said.status)}, not ${status.join(" or ")}`,
    code !== undefined && problem?.code !== code && `code is ${problem?.code ?? "none"}, not ${code}`,
    at !== undefined && problem?.at !== at && `position is ${problem?.at ?? "none"}, not ${at}`,
    path !== undefined && problem?.path !== path && `pointer is ${problem?.path ?? "none"}, not ${path}`,
    hint !== undefined && !hint.test(problem?.hint ?? "") && `hint is ${problem?.hint ?? "none"}, not ${String(hint)}`,
    message !== undefined &&
      !message.test(problem?.message ?? "") &&
      `message is ${problem?.message ?? "none"}, not ${String(message)}`,
    related !== undefined &&
      problem?.related.join() !== related.join() &&
      `it points to ${problem?.related.join() ?? "nothing"}, not ${related.join()}`,
    stderr !== undefined && !stderr.test(said.stderr) && `stderr has no ${String(stderr)}`,
  ];
  return found.filter((one) => one !== false);
}

const late = ({ ms }: Timed, msMax: number): readonly string[] =>
  ms <= msMax ? [] : [`it took ${String(Math.round(ms))} ms`];

/** What holds whatever the input is. */
function unguarded(
  { argv, json = argv.includes("--json") }: Called,
  said: Said,
  home: Home,
  baseline: Baseline,
): readonly string[] {
  const refused = said.exit !== 0;
  const all = said.stdout + said.stderr;
  const host = [home.path, checkout, tmpdir(), homedir(), process.execPath].filter((path) => path.length > 1);
  const shown = refused ? host.find((path) => all.includes(path)) : undefined;
  const grown = (said.peakKib ?? 0) - baseline.peakKib;
  const found: readonly (string | false)[] = [
    /^ {4}at /m.test(said.stderr) && "stderr shows a stack",
    shown !== undefined && `a path of the host is shown: ${shown}`,
    json && documents(said.stdout) !== 1 && `${String(documents(said.stdout))} JSON documents on stdout`,
    refused && (said.changed ?? []).length > 0 && `the data root has changed: ${(said.changed ?? []).join(", ")}`,
    !(grown <= growthKibMax) && `its memory grew by ${String(grown)} KiB more than for an unbroken input`,
    hasActive(all) && "a character that acts on a terminal is printed",
  ];
  return found.filter((one) => one !== false);
}

/** One to a line, as the product prints them. What is no document counts as none. */
function documents(stdout: string): number {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.every(isJson) ? lines.length : 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const hasActive = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/.test(text);
