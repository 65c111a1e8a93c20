import { spawn, type ChildProcess } from "node:child_process";
import { canonical, err, isObject, ok, type Json, type Result } from "@omnibase/core";
import type { StartRequest } from "@omnibase/spi";
import type { Io } from "../edge/io.ts";
import { errorSchema, type ExitCode, type Refused } from "../edge/report.ts";
import type { Project } from "../project/open.ts";
import { withStore } from "./read-data.ts";

/**
 * Starts an execution in a process of its own, which drives it to its end, and returns once the start is durable: that
 * is, when the store has it. Whoever asked need not wait for what the world takes long for.
 */
export async function startBeside(
  project: Project,
  request: StartRequest,
  io: Io,
): Promise<Result<undefined, Refused>> {
  const child = spawnRun(project, request, io);
  const ended = endOf(child);
  for (;;) {
    const early = await Promise.race([ended, pause()]);
    if (early !== undefined) return early;
    if (await isStored(project, request)) break;
  }
  for (const stream of [child.stdin, child.stdout]) stream?.destroy();
  child.unref();
  return ok(undefined);
}

export const isStored = (project: Project, key: StartRequest): Promise<boolean> =>
  withStore(project, false, async (store) => ((await store.find(key)) ?? (await store.tombstone(key))) !== undefined);

/** The same command without `--detach`. Its own group, so that a signal to this terminal is not for it. */
function spawnRun(
  { dataRoot, implementations, workspaces }: Project,
  request: StartRequest,
  { env, program }: Io,
): ChildProcess {
  const { acceptFiles, execution, input, principal, workflow } = request;
  const asked = ["run", "--wf", workflow, "--payload", "-", "--id", execution, "--principal", principal];
  const located = workspaces.flatMap(({ root }) => ["--workspace", root]).concat("--data-root", dataRoot);
  const brought = implementations === undefined ? [] : ["--implementations", implementations];
  const [command = "", ...before] = program;
  const args = [
    ...before,
    ...asked,
    ...located,
    ...brought,
    "--json",
    ...(acceptFiles === true ? ["--accept-files"] : []),
  ];
  const child = spawn(command, args, { detached: true, env, stdio: ["pipe", "pipe", "ignore"] });
  // It says itself why it does not read.
  child.stdin.on("error", () => undefined);
  child.stdin.end(canonical(input));
  return child;
}

/** What it says if it ends before anybody saw its start: a result, or why there is none. */
function endOf(child: ChildProcess): Promise<Result<undefined, Refused>> {
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => void (said += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      resolve(
        readEnd(
          said,
          exitsOf.find((known) => known === exit),
        ),
      );
    });
  });
}

function readEnd(said: string, exit: ExitCode | undefined): Result<undefined, Refused> {
  const document: Json = said === "" ? null : JSON.parse(said);
  if (!isObject(document)) {
    return err({ exit: 1, code: "DETACHED_DIED", message: "the process that was to drive it ended without a word" });
  }
  const { code, message, schema } = document;
  if (schema !== errorSchema || typeof code !== "string" || typeof message !== "string") return ok(undefined);
  return err({ exit: exit ?? 1, code, message });
}

/** Ours are the only ones that it ends with. */
const exitsOf: readonly ExitCode[] = [1, 2, 3, 4, 5];

const pauseMs = 10;

const pause = (): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, pauseMs);
  });
