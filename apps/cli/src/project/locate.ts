import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { err, ok, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";
import type { Given } from "../program/command.ts";
import { shownPath } from "../text/result-text.ts";
import { configFile } from "./config.ts";

/** A folder with declared work in it. */
export interface Workspace {
  readonly root: string;
  /** How problems name files in it: a prefix, empty in the first workspace. */
  readonly prefix: string;
  /** Whether it has a project file. */
  readonly configured: boolean;
  /** Whether it holds artifacts that somebody else's compiler wrote. */
  readonly published: boolean;
}

export interface Located {
  /** Empty where no project was found and none was asked for. */
  readonly workspaces: readonly Workspace[];
  /** From a flag or the environment, absolute. */
  readonly dataRoot: string | undefined;
}

/** Looks upwards for the project file from each workspace, or from here. Reads nothing. */
export function locate(given: Given, io: Io): Result<Located, Refused> {
  const dataRoot = dataRootOf(given, io);
  if (!dataRoot.ok) return dataRoot;
  const folders = given.list("workspace").map((folder) => resolve(io.cwd(), folder));
  const missing = folders.find((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true);
  if (missing !== undefined) {
    return err({ exit: 2, code: "WORKSPACE_MISSING", message: `there is no folder ${shownPath(missing)}` });
  }
  const roots =
    folders.length > 0
      ? folders.map((folder) => (isPublished(folder) ? folder : (rootAbove(folder) ?? folder)))
      : here(io.cwd());
  const [first = ""] = roots;
  const workspaces = [...new Set(roots.map((root) => realpathSync(root)))].map((root) => ({
    root,
    prefix: root === realpathSync(first) ? "" : `${relative(first, root)}/`,
    configured: existsSync(join(root, configFile)),
    published: isPublished(root),
  }));
  return ok({ workspaces, dataRoot: dataRoot.value });
}

/** Where the published compiler leaves what it compiled. */
export const publishedFolder = "protocol_snapshot";

const isPublished = (folder: string): boolean => existsSync(join(folder, publishedFolder));

/** What lies at the top of a workspace is an artifact under the name of one: everything else may lie there, too. */
export const artifactAtTop: RegExp = /^[A-Z]+_[A-Z0-9_]+_V\d+\.(?:ya?ml|json)$/;

/** One file that declares everything needs no project file beside it. */
function here(cwd: string): readonly string[] {
  const root = rootAbove(cwd) ?? (readdirSync(cwd).some((name) => artifactAtTop.test(name)) ? cwd : undefined);
  return root === undefined ? [] : [root];
}

function rootAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, configFile))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function dataRootOf(given: Given, io: Io): Result<string | undefined, Refused> {
  const flag = given.text("data-root");
  if (flag === "") return err({ exit: 2, code: "CONFIG_VALUE", message: "--data-root names no folder" });
  if (flag !== undefined) return ok(resolve(io.cwd(), flag));
  const variable = setting("OMNIBASE_DATA_ROOT", io);
  if (!variable.ok || variable.value === undefined) return variable;
  return ok(resolve(io.cwd(), variable.value));
}

/** An empty variable is more often a slip in a script than a wish. */
export function setting(name: string, { env }: Io): Result<string | undefined, Refused> {
  const value = env[name];
  if (value !== "") return ok(value);
  return err({
    exit: 2,
    code: "CONFIG_ENV_EMPTY",
    message: `the variable ${name} is set to nothing`,
    hint: "unset it, or give it a value",
  });
}
