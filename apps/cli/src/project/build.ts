import {
  compile,
  encodeSnapshotFile,
  err,
  ok,
  seal,
  type CompileOptions,
  type Digest,
  type Problem,
  type Result,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { builtinTransforms } from "@omnibase/infra/transforms";
import type { Refused } from "../edge/report.ts";
import { engine } from "../program/version.ts";
import { writeCache } from "./cache.ts";
import { digestOfSources, readDocument, readSources, type SourceFile, type Sources } from "./documents.ts";
import { librarySources } from "./library.ts";
import type { ConfiguredWorkspace, Place, Project } from "./open.ts";

/** What the project compiled to. */
export interface Built {
  readonly digest: Digest;
  /** The signed snapshot file. */
  readonly text: string;
  readonly workflows: readonly string[];
  /** Nothing had changed since last time. */
  readonly fresh: boolean;
}

/** Compiles the project, or takes what was compiled last time if nothing has changed since. */
export async function build(project: Project): Promise<Result<Built, Refused>> {
  const { cached, key, stateFolder, workspaces } = project;
  if (workspaces.length === 0) return err(nothingToCompile);
  const read = workspaces.map((workspace) => ({ workspace, sources: readSources(workspace) }));
  const inputs = inputsOf(read);
  if (cached?.inputs === inputs) {
    const { snapshot, text, workflows } = cached;
    return ok({ digest: snapshot, text, workflows, fresh: true });
  }
  const compiled = await compiledFrom(read, project);
  if (!compiled.ok) return compiled;
  const sealed = seal(compiled.value, { sha256 });
  const text = encodeSnapshotFile(sealed, key);
  const workflows = Object.keys(sealed.graphs);
  const configs = Object.fromEntries(workspaces.map(({ config, configDigest }) => [configDigest, config]));
  writeCache(stateFolder, { cached: { inputs, snapshot: sealed.digest, text, configs, workflows }, workspaces, key });
  return ok({ digest: sealed.digest, text, workflows, fresh: false });
}

/** Says what is wrong, and keeps nothing. */
export async function check(project: Pick<Place, "config" | "workspaces">): Promise<Result<Checked, Refused>> {
  if (project.workspaces.length === 0) return err(nothingToCompile);
  const read = project.workspaces.map((workspace) => ({ workspace, sources: readSources(workspace) }));
  const compiled = await compiledFrom(read, project);
  if (!compiled.ok) return compiled;
  const files = read.reduce((sum, { sources }) => sum + sources.files.length, 0);
  return ok({ files, workflows: Object.keys(compiled.value.graphs) });
}

export interface Checked {
  readonly files: number;
  readonly workflows: readonly string[];
}

const nothingToCompile: Refused = {
  exit: 2,
  code: "PROJECT_NOT_FOUND",
  message: "there is no project to compile",
  hint: "go into a project, or name one with --workspace",
};

interface ReadWorkspace {
  readonly workspace: ConfiguredWorkspace;
  readonly sources: Sources;
}

/** Everything that the snapshot depends on, so that what has the same digest has the same snapshot. */
function inputsOf(read: readonly ReadWorkspace[]): string {
  const parts = read.map(({ workspace, sources }) => [workspace.configDigest, digestOfSources(sources.files)]);
  const problems = read.flatMap(({ sources }) => sources.problems);
  return sha256(JSON.stringify([engine, implementations, digestOfSources(librarySources()), parts, problems]));
}

/** Named without their version, `std.generate_id`, as artifacts name them. */
const transforms = Object.fromEntries(
  Object.keys(builtinTransforms).map((sealed) => [sealed.slice(0, sealed.lastIndexOf("@")), sealed]),
);
const implementations: Omit<CompileOptions, "grants"> = { transforms, handlers: { http: "http@1" } };

async function compiledFrom(
  read: readonly ReadWorkspace[],
  { config }: Pick<Place, "config">,
): Promise<Result<NonNullable<ReturnType<typeof compile>["compiled"]>, Refused>> {
  const texts = new Map<string, string>();
  const unread: Problem[] = read.flatMap(({ sources }) => sources.problems);
  const documents: Parameters<typeof compile>[0][number][] = [];
  const take = async (source: SourceFile, namespace: string | undefined): Promise<void> => {
    const { located, text } = await readDocument(source);
    texts.set(source.file, text);
    if (located.ok) documents.push({ located: located.value, file: source.file, namespace });
    else unread.push(...located.error);
  };
  for (const source of librarySources()) await take(source, "std");
  for (const { sources, workspace } of read) {
    for (const source of sources.files) await take(source, workspace.config.namespace);
  }
  const { compiled, problems } = compile(documents, { ...implementations, grants: { hosts: config.hosts } });
  if (compiled !== undefined && unread.length === 0) return ok(compiled);
  return err(refused([...unread, ...(unread.length === 0 ? problems : problems.filter(isNotAFollower))], texts));
}

/** What refers to a file that could not be read is not wrong for that. */
const isNotAFollower = ({ code }: Problem): boolean => code !== "REFERENCE_UNRESOLVED" && code !== "GRAPH_NO_TERMINAL";

const refused = (problems: readonly Problem[], sources: ReadonlyMap<string, string>): Refused => ({
  exit: 4,
  code: "COMPILE_REFUSED",
  message: problems.length === 1 ? "one problem" : `${String(problems.length)} problems`,
  hint: "`omnibase explain CODE` says more about each",
  problems,
  sources,
});
