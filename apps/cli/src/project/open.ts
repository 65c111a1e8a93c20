import { join, resolve } from "node:path";
import { err, limits, ok, type Problem, type Result, type Trust } from "@omnibase/core";
import type { SigningKey } from "@omnibase/infra/crypto";
import { readPlainFile } from "@omnibase/infra/files";
import type { Refused } from "../edge/report.ts";
import type { Context, Given } from "../program/command.ts";
import { readCache, type Cached } from "./cache.ts";
import { configFile, readConfig, type Config } from "./config.ts";
import { digestOfBytes, readDocument } from "./documents.ts";
import { findKey, openKey, trustFor } from "./keys.ts";
import { folderGiven, locate, type Origin, type Setting, type Workspace } from "./locate.ts";

/** Where a command works: the project if there is one, and the data root. Nothing was made by finding it. */
export interface Place {
  /** The first is the one whose project file and key count. */
  readonly workspaces: readonly ConfiguredWorkspace[];
  readonly config: Config;
  /** `.omnibase` of the project, or of the data root where there is no project. */
  readonly stateFolder: string;
  readonly dataRoot: string;
  /** The folder of transforms that the project brings, absolute. */
  readonly implementations: string | undefined;
  /** Absent before first use. */
  readonly key: SigningKey | undefined;
  readonly trust: Trust;
  /** What was compiled last time, if it is still what it was. */
  readonly cached: Cached | undefined;
  /** Who said where it is. */
  readonly origins: { readonly workspaces: Origin; readonly dataRoot: Origin; readonly implementations: Origin };
}

/** A place with a key: from here on something may be signed. */
export interface Project extends Place {
  readonly key: SigningKey;
}

export interface ConfiguredWorkspace extends Workspace {
  readonly config: Config;
  /** Of the project file. */
  readonly configDigest: string;
}

const stateName = ".omnibase";
const nothing: Config = { hosts: [], trust: [] };

/** Finds the project, reads its file, and makes its key on first use. */
export async function openProject(given: Given, context: Pick<Context, "io">): Promise<Result<Project, Refused>> {
  const place = await openPlace(given, context);
  if (!place.ok) return place;
  const { config, key: found, stateFolder, workspaces } = place.value;
  if (found !== undefined) return ok({ ...place.value, key: found });
  const key = openKey(stateFolder);
  if (!key.ok) return key;
  const trust = trustFor(key.value, config.trust, workspaces[0]?.root);
  return trust.ok ? ok({ ...place.value, key: key.value, trust: trust.value }) : trust;
}

/** Finds the project and reads its file. For commands that only look. */
export async function openPlace(given: Given, { io }: Pick<Context, "io">): Promise<Result<Place, Refused>> {
  const located = locate(given, io);
  if (!located.ok) return located;
  const {
    dataRoot: givenData,
    workspaces: { origin, value: workspaces },
  } = located.value;
  const first = workspaces[0];
  const home = first?.configured === true ? first.root : givenData?.value;
  if (home === undefined && first === undefined) return err(noProject);
  const stateFolder = join(home ?? resolve(first?.root ?? "", defaultData), stateName);
  const key = findKey(stateFolder);
  if (!key.ok) return key;
  const cached = key.value === undefined ? undefined : readCache(stateFolder, workspaces, key.value);
  const configured = await configure(workspaces, cached);
  if (!configured.ok) return configured;
  const config = configured.value[0]?.config ?? nothing;
  const trust = trustFor(key.value, config.trust, first?.root);
  if (!trust.ok) return trust;
  const dataRoot = givenData?.value ?? resolve(first?.root ?? "", config.data ?? defaultData);
  const implementations = implementationsIn(given, io, configured.value);
  if (!implementations.ok) return implementations;
  const origins = {
    workspaces: origin,
    dataRoot: givenData?.origin ?? (config.data === undefined ? "default" : "file"),
    implementations: implementations.value?.origin ?? "default",
  };
  const found = { workspaces: configured.value, config, stateFolder, dataRoot, origins };
  const code = implementations.value?.value;
  return ok({ ...found, implementations: code, key: key.value, trust: trust.value, cached });
}

/** A flag says more than a file; of several workspaces the first that names a folder counts. */
function implementationsIn(
  given: Given,
  io: Context["io"],
  workspaces: readonly ConfiguredWorkspace[],
): Result<Setting<string> | undefined, Refused> {
  const option = { option: "implementations", flag: given.text("implementations") } as const;
  const said = folderGiven({ ...option, variable: "OMNIBASE_IMPLEMENTATIONS" }, io);
  if (!said.ok || said.value !== undefined) return said;
  const named = workspaces.find(({ config }) => config.implementations !== undefined);
  if (named === undefined) return ok(undefined);
  return ok({ value: resolve(named.root, named.config.implementations ?? ""), origin: "file" });
}

const defaultData = "data";

const noProject: Refused = {
  exit: 2,
  code: "PROJECT_NOT_FOUND",
  message: `there is no ${configFile} here or above`,
  hint: "go into a project, or name one with --workspace; --data-root alone is enough to look at data",
};

async function configure(
  workspaces: readonly Workspace[],
  cached: Cached | undefined,
): Promise<Result<readonly ConfiguredWorkspace[], Refused>> {
  const configured: ConfiguredWorkspace[] = [];
  const problems: Problem[] = [];
  const sources = new Map<string, string>();
  for (const workspace of workspaces) {
    if (!workspace.configured) {
      configured.push({ ...workspace, config: nothing, configDigest: "" });
      continue;
    }
    const file = `${workspace.prefix}${configFile}`;
    const bytes = readPlainFile(join(workspace.root, configFile), limits.artifactBytesMax);
    const configDigest = digestOfBytes(bytes);
    const known = cached?.configs[configDigest];
    if (known !== undefined) {
      configured.push({ ...workspace, config: known, configDigest });
      continue;
    }
    const { located, text } = await readDocument({ file, bytes });
    sources.set(file, text);
    const config = located.ok ? readConfig(located.value) : located;
    if (config.ok) configured.push({ ...workspace, config: config.value, configDigest });
    else problems.push(...config.error);
  }
  return problems.length === 0
    ? ok(configured)
    : err({ ...configRefused(problems, sources), base: workspaces[0]?.root });
}

/** The first problem names the refusal, so that a program sees `CONFIG_…` without reading the list. */
const configRefused = (problems: readonly Problem[], sources: ReadonlyMap<string, string>): Refused => ({
  exit: 2,
  code: problems[0]?.code ?? "CONFIG_INVALID",
  message: `${configFile} is not as it should be`,
  problems,
  sources,
});
