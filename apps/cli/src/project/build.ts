import {
  compile,
  compiledArtifact,
  encodeSnapshotFile,
  err,
  ok,
  seal,
  type CompileOptions,
  type Digest,
  type Located,
  type Problem,
  type Result,
  type SourceDocument,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { builtinNames } from "@omnibase/infra/transforms";
import type { Refused } from "../edge/report.ts";
import { engine } from "../program/version.ts";
import { warningsText } from "../text/result-text.ts";
import { ingressNamed, workflowNamed } from "../text/workflow-name.ts";
import { writeCache } from "./cache.ts";
import { doorIn, workflowIn } from "./declared.ts";
import { digestOfSources, readSources, type SourceFile, type Sources } from "./documents.ts";
import { problemsIn, readImplementations, sealedAs, transformsFrom } from "./implementations.ts";
import type { ImplementationFile, Implementations } from "./implementations.ts";
import { libraryDigest, libraryDocuments, libraryNamespace } from "./library.ts";
import type { ConfiguredWorkspace, Place, Project } from "./open.ts";
import { parsedDocuments } from "./parsed.ts";
import { testedCode } from "./tested-code.ts";

/** What the project compiled to. */
export interface Built {
  readonly digest: Digest;
  /** The signed snapshot file. */
  readonly text: string;
  readonly workflows: readonly string[];
  /** Transforms that the project brings. Whoever keeps the snapshot keeps them with it. */
  readonly implementations: readonly ImplementationFile[];
  /** Nothing had changed since last time. */
  readonly fresh: boolean;
  /** What is wrong with published artifacts, and did not keep anyone from executing them. */
  readonly warnings: number;
}

/** What is asked of the compiler beside the files. */
export interface Wanted {
  /** Of published artifacts, only what this workflow needs. */
  readonly workflow?: string | undefined;
  /** Of published artifacts, only what this door needs. */
  readonly ingress?: string | undefined;
  /** Whether published artifacts must be without fault, as ours. */
  readonly strict?: boolean | undefined;
}

/** Compiles the project, or takes what was compiled last time if nothing has changed since. */
export async function build(project: Project, wanted: Wanted = {}): Promise<Result<Built, Refused>> {
  const { cached, key, stateFolder, workspaces } = project;
  if (workspaces.length === 0) return err(nothingToCompile);
  const read = workspaces.map((workspace) => ({ workspace, sources: readSources(workspace) }));
  const brought = readImplementations(project.implementations);
  const inputs = inputsOf({ read, brought }, wanted);
  if (cached?.inputs === inputs) {
    const { snapshot, text, workflows } = cached;
    return ok({ digest: snapshot, text, workflows, implementations: brought.files, fresh: true, warnings: 0 });
  }
  const made = await compiledFrom({ read, brought }, project, wanted);
  if (!made.ok) return made;
  const sealed = seal(made.value.compiled, { sha256 });
  const text = encodeSnapshotFile(sealed, key);
  const workflows = Object.keys(sealed.graphs);
  const configs = Object.fromEntries(workspaces.map(({ config, configDigest }) => [configDigest, config]));
  writeCache(stateFolder, { cached: { inputs, snapshot: sealed.digest, text, configs, workflows }, workspaces, key });
  const warnings = made.value.problems.length;
  return ok({ digest: sealed.digest, text, workflows, implementations: brought.files, fresh: false, warnings });
}

/** Says what is wrong, and keeps nothing. */
export async function check(
  project: Pick<Place, "config" | "implementations" | "key" | "stateFolder" | "workspaces">,
  wanted: Wanted = {},
): Promise<Result<Checked, Refused>> {
  if (project.workspaces.length === 0) return err(nothingToCompile);
  const read = project.workspaces.map((workspace) => ({ workspace, sources: readSources(workspace) }));
  const brought = readImplementations(project.implementations);
  const made = await compiledFrom({ read, brought }, project, wanted);
  if (!made.ok) return made;
  const { compiled, problems, sources } = made.value;
  const files = read.reduce((sum, { sources: found }) => sum + found.files.length, 0);
  const workflows = Object.keys(compiled.graphs);
  return ok({ files, digests: digestsIn(read), workflows, compiled, problems, sources });
}

export interface Checked extends Required<Pick<Refused, "problems" | "sources">> {
  readonly files: number;
  /** Of the bytes of each, as they lie there. */
  readonly digests: Readonly<Record<string, string>>;
  readonly workflows: readonly string[];
  readonly compiled: Made["compiled"];
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

const hasPublished = ({ files }: Sources): boolean => files.some(({ published }) => published !== undefined);

/** What lies there to be compiled. */
interface Lying {
  readonly read: readonly ReadWorkspace[];
  readonly brought: Implementations;
}

/** Everything that the snapshot depends on, so that what has the same digest has the same snapshot. */
function inputsOf({ brought, read }: Lying, wanted: Wanted): string {
  // Ours are compiled whole, whatever is asked for.
  const isPartial = read.some(({ sources }) => hasPublished(sources));
  const part: (string | boolean | null)[] = isPartial
    ? [wanted.workflow ?? wanted.ingress ?? null, wanted.strict ?? false]
    : [];
  const parts = read.map(({ workspace, sources }) => [workspace.configDigest, digestOfSources(sources.files)]);
  const problems = [...read.flatMap(({ sources }) => sources.problems), ...brought.problems];
  if (brought.files.length > 0) part.push(brought.files.map(sealedAs).join("\n"));
  return sha256(JSON.stringify([engine, implementations, libraryDigest(), parts, problems, ...part]));
}

/** Named without their version, `std.generate_id`, as artifacts name them. */
const transforms = Object.fromEntries(builtinNames.map((sealed) => [sealed.slice(0, sealed.lastIndexOf("@")), sealed]));
const implementations: Omit<CompileOptions, "grants"> = { transforms, handlers: { http: "http@1", mail: "mail@1" } };

interface Made extends Required<Pick<Refused, "problems" | "sources">> {
  readonly compiled: NonNullable<ReturnType<typeof compile>["compiled"]>;
}

type Where = Pick<Place, "config" | "key" | "stateFolder" | "workspaces">;

async function compiledFrom(lying: Lying, where: Where, wanted: Wanted): Promise<Result<Made, Refused>> {
  const made = await compilationOf(lying, where, wanted);
  if (!made.ok) return made;
  const { compilation, sources, unread } = made.value;
  const { compiled, problems } = compilation;
  if (compiled !== undefined && unread.length === 0) return ok({ compiled, problems, sources });
  return err(refused([...unread, ...(unread.length === 0 ? problems : problems.filter(isNotAFollower))], sources));
}

interface Compiling extends Required<Pick<Refused, "sources">> {
  readonly compilation: ReturnType<typeof compile>;
  /** What is wrong with files that could not even be read. */
  readonly unread: readonly Problem[];
}

async function compilationOf(
  { brought, read }: Lying,
  { config, key, stateFolder, workspaces }: Where,
  { ingress, strict = false, workflow }: Wanted,
): Promise<Result<Compiling, Refused>> {
  const texts = new Map<string, string>();
  const unread: Problem[] = [...read.flatMap(({ sources }) => sources.problems), ...brought.problems];
  const impure = await problemsIn(brought.files);
  unread.push(...impure);
  for (const { file, source } of brought.files) texts.set(file, source);
  const documents = (await libraryDocuments()).map(({ file, located, text }): SourceDocument => {
    texts.set(file, text);
    return { located, file, namespace: libraryNamespace };
  });
  const parsed = parsedDocuments({ stateFolder, workspaces, key });
  const take = async (source: SourceFile, namespace: string | undefined): Promise<void> => {
    const { located, text } = await parsed.read(source);
    texts.set(source.file, text);
    if (!located.ok) unread.push(...located.error);
    else documents.push(documentFrom(source, located.value, namespace));
  };
  for (const { sources, workspace } of read) {
    for (const source of sources.files) await take(source, workspace.config.namespace);
  }
  parsed.keep();
  const only = onlyOf(read, documents, { ingress, workflow });
  if (!only.ok) return only;
  const known = { ...transformsFrom(brought.files, documents), ...transforms };
  const tested = documents.some(hasCases)
    ? await testedCode(Object.values(known), brought.files.filter(isSound(impure)), {
        config,
        stateFolder,
        workspaces,
        key,
      })
    : undefined;
  const compilation = compile(documents, {
    ...implementations,
    transforms: known,
    grants: { hosts: config.hosts, secrets: Object.keys(config.secrets ?? {}) },
    digests: digestsIn(read),
    strict,
    ...(tested === undefined ? {} : { code: tested.code }),
    ...only.value,
  });
  await tested?.keep();
  return ok({ compilation, sources: texts, unread });
}

const hasCases = ({ located }: SourceDocument): boolean =>
  located.kind === "map" && located.entries.some(({ key }) => key === "test_data_code");

/** What is not pure is not executed, not even to see what it answers. */
const isSound =
  (impure: readonly Problem[]) =>
  ({ file }: ImplementationFile): boolean =>
    !impure.some(({ at }) => at.file === file);

/** Executes the cases of all transforms, and says what came of each. */
export async function test(project: Where & Pick<Place, "implementations">): Promise<Result<Tested, Refused>> {
  if (project.workspaces.length === 0) return err(nothingToCompile);
  const read = project.workspaces.map((workspace) => ({ workspace, sources: readSources(workspace) }));
  const made = await compilationOf({ read, brought: readImplementations(project.implementations) }, project, {});
  if (!made.ok) return made;
  const { compilation, sources, unread } = made.value;
  return ok({ cases: compilation.cases, problems: [...unread, ...compilation.problems], sources });
}

export interface Tested extends Required<Pick<Refused, "problems" | "sources">> {
  readonly cases: ReturnType<typeof compile>["cases"];
}

/** What each file was, byte for byte. */
const digestsIn = (read: readonly ReadWorkspace[]): Readonly<Record<string, string>> =>
  Object.fromEntries(read.flatMap(({ sources }) => sources.files.map(({ digest, file }) => [file, digest] as const)));

function documentFrom(
  { file, published }: SourceFile,
  located: Located,
  namespace: string | undefined,
): SourceDocument {
  if (published?.form === "compiled") return compiledArtifact(located, file);
  if (published === undefined) return { located, file, namespace };
  return { located, file, namespace: published.namespace, dialect: "published" };
}

/** Of published artifacts only what is needed is compiled, because nobody promised that the rest is whole. */
function onlyOf(
  read: readonly ReadWorkspace[],
  documents: readonly SourceDocument[],
  { ingress, workflow }: Wanted,
): Result<{ readonly only?: string }, Refused> {
  if (!read.some(({ sources }) => hasPublished(sources))) return ok({});
  if (ingress !== undefined) {
    const door = ingressNamed(ingress, documents.flatMap(doorIn));
    return door.ok ? ok({ only: door.value }) : door;
  }
  if (workflow === undefined) return ok({});
  const named = workflowNamed(workflow, documents.flatMap(workflowIn));
  if (named.ok) return ok({ only: named.value });
  const facts = { status: "FAILED", exit_reason: named.error.code, exit_node: null, route: [] };
  return err({ ...named.error, facts });
}

/** What refers to a file that could not be read is not wrong for that. */
const isNotAFollower = ({ code }: Problem): boolean => code !== "REFERENCE_UNRESOLVED" && code !== "GRAPH_NO_TERMINAL";

function counted(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const found = errors === 1 ? "one problem" : `${String(errors)} problems`;
  return errors === problems.length ? found : `${found}, ${warningsText(problems.length - errors)}`;
}

const refused = (problems: readonly Problem[], sources: ReadonlyMap<string, string>): Refused => ({
  exit: 4,
  code: "COMPILE_REFUSED",
  message: counted(problems),
  hint: "`omnibase explain CODE` says more about each",
  problems,
  sources,
});
