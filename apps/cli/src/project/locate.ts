import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { err, ok, type Result } from "@omnibase/core";
import type { Io } from "../edge/io.ts";
import type { Refused } from "../edge/report.ts";
import type { Given } from "../program/command.ts";
import { setting, type variables } from "../program/variables.ts";
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

/** Who said a setting: whoever stands first here counts most. */
export type Origin = "flag" | "environment" | "file" | "default";

/** A value, and who said it. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: Origin;
}

export interface Located {
  /** Empty where no project was found and none was asked for. */
  readonly workspaces: Setting<readonly Workspace[]>;
  /** From a flag or the environment, absolute. */
  readonly dataRoot: Setting<string> | undefined;
}

/** Looks upwards for the project file from each workspace, or from here. Reads nothing. */
export function locate(given: Given, io: Io): Result<Located, Refused> {
  const dataRoot = folderGiven(
    { flag: given.text("data-root"), option: "data-root", variable: "OMNIBASE_DATA_ROOT" },
    io,
  );
  if (!dataRoot.ok) return dataRoot;
  const variable = setting("OMNIBASE_WORKSPACE", io);
  if (!variable.ok) return variable;
  const flags = given.list("workspace");
  const named = flags.length > 0 || variable.value === undefined ? flags : [variable.value];
  const folders = named.map((folder) => resolve(io.cwd(), folder));
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
  const origin = flags.length > 0 ? "flag" : named.length > 0 ? "environment" : "default";
  return ok({ workspaces: { value: workspaces, origin }, dataRoot: dataRoot.value });
}

/** Where the published compiler leaves what it compiled. */
export const publishedFolder = "protocol_snapshot";

const isPublished = (folder: string): boolean => existsSync(join(folder, publishedFolder));

/** What lies at the top of a workspace is an artifact under the name of one: everything else may lie there, too. */
export const artifactAtTop: RegExp = /^[A-Z]+_[A-Z0-9_]+_V\d+\.(?:ya?ml|json)$/;

/** A file of definitions in TypeScript that lies at the top. */
export const definitionsAtTop: RegExp = /^omnibase\.ts$/;

const declares = (name: string): boolean => artifactAtTop.test(name) || definitionsAtTop.test(name);

/** One file that declares everything needs no project file beside it. */
function here(cwd: string): readonly string[] {
  const root = rootAbove(cwd) ?? (readdirSync(cwd).some(declares) ? cwd : undefined);
  return root === undefined ? [] : [root];
}

function rootAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, configFile))) return at;
    if (dirname(at) === at) return undefined;
  }
}

export interface FolderOption {
  readonly option: string;
  readonly flag: string | undefined;
  readonly variable: keyof typeof variables;
}

/** A folder that a flag or a variable names, absolute. */
export function folderGiven(
  { flag, option, variable }: FolderOption,
  io: Io,
): Result<Setting<string> | undefined, Refused> {
  if (flag === "") return err({ exit: 2, code: "CONFIG_VALUE", message: `--${option} names no folder` });
  if (flag !== undefined) return ok({ value: resolve(io.cwd(), flag), origin: "flag" });
  const said = setting(variable, io);
  if (!said.ok || said.value === undefined) return said.ok ? ok(undefined) : said;
  return ok({ value: resolve(io.cwd(), said.value), origin: "environment" });
}
