import {
  compile,
  encodeSnapshotFile,
  err,
  ok,
  seal,
  type Digest,
  type Problem,
  type Result,
  type SourceDocument,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { counted } from "../edge/counted.ts";
import type { Refused } from "../edge/report.ts";
import { ingressNamed, workflowNamed } from "../text/workflow-name.ts";
import { declarationsIn } from "./declarations.ts";
import { doorIn, workflowIn } from "./declared.ts";
import { namedTwice, problemsIn, transformsFrom, type ImplementationFile } from "./implementations.ts";
import { hasPublished, lyingIn, offered, type Lying, type ReadWorkspace, type Wanted } from "./lying.ts";
import type { Place, Project } from "./open.ts";
import { testedCode } from "./tested-code.ts";

export interface SignedSnapshot {
  readonly digest: Digest;
  /** The signed snapshot file. */
  readonly text: string;
  readonly workflows: readonly string[];
  /** What is wrong with published artifacts, and did not keep anyone from executing them. */
  readonly warnings: number;
  /** Code that stands in definitions. */
  readonly code: readonly ImplementationFile[];
}

/** Compiles what lies there, seals and signs it. */
export async function snapshotFrom(
  lying: Lying,
  project: Project,
  wanted: Wanted,
): Promise<Result<SignedSnapshot, Refused>> {
  const made = await compiledFrom(lying, project, wanted);
  if (!made.ok) return made;
  const { code, compiled, problems } = made.value;
  const sealed = seal(compiled, { sha256 });
  return ok({
    digest: sealed.digest,
    text: encodeSnapshotFile(sealed, project.key),
    workflows: Object.keys(sealed.graphs),
    warnings: problems.length,
    code,
  });
}

/** Says what is wrong, and keeps nothing. */
export async function check(
  project: Where & Pick<Place, "implementations">,
  wanted: Wanted = {},
): Promise<Result<Checked, Refused>> {
  const lying = await lyingIn(project);
  if (!lying.ok) return lying;
  const { read } = lying.value;
  const made = await compiledFrom(lying.value, project, wanted);
  if (!made.ok) return made;
  const { compiled, problems, sources } = made.value;
  const files = read.reduce((sum, one) => sum + one.sources.files.length + one.modules.entries.length, 0);
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

interface Made extends Required<Pick<Refused, "problems" | "sources">> {
  readonly code: readonly ImplementationFile[];
  readonly compiled: NonNullable<ReturnType<typeof compile>["compiled"]>;
}

type Where = Pick<Place, "config" | "key" | "stateFolder" | "workspaces">;

async function compiledFrom(lying: Lying, where: Where, wanted: Wanted): Promise<Result<Made, Refused>> {
  const made = await compilationOf(lying, where, wanted);
  if (!made.ok) return made;
  const { code, compilation, sources, unread } = made.value;
  const { compiled, problems } = compilation;
  if (compiled !== undefined && unread.length === 0) return ok({ code, compiled, problems, sources });
  return err(refused([...unread, ...(unread.length === 0 ? problems : problems.filter(isNotAFollower))], sources));
}

interface Compiling extends Required<Pick<Refused, "sources">> {
  readonly code: readonly ImplementationFile[];
  readonly compilation: ReturnType<typeof compile>;
  /** What is wrong with files that could not even be read. */
  readonly unread: readonly Problem[];
}

async function compilationOf(
  lying: Lying,
  { config, key, stateFolder, workspaces }: Where,
  { ingress, strict = false, workflow }: Wanted,
): Promise<Result<Compiling, Refused>> {
  const { brought, read } = lying;
  const { code, documents, problems, texts } = await declarationsIn(lying, { key, stateFolder, workspaces });
  const files = [...brought.files, ...code];
  const impure = await problemsIn(files);
  const unread = [...problems, ...impure, ...namedTwice(files)];
  const only = onlyOf(read, documents, { ingress, workflow });
  if (!only.ok) return only;
  const known = { ...transformsFrom(files, documents), ...offered.transforms };
  const tested = documents.some(hasCases)
    ? await testedCode(Object.values(known), files.filter(isSound(impure)), { config, stateFolder, workspaces, key })
    : undefined;
  const compilation = compile(documents, {
    ...offered,
    transforms: known,
    grants: { hosts: config.hosts, secrets: Object.keys(config.secrets ?? {}) },
    digests: digestsIn(read),
    strict,
    ...(tested === undefined ? {} : { code: tested.code }),
    ...only.value,
  });
  await tested?.keep();
  return ok({ code, compilation, sources: texts, unread });
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
  const lying = await lyingIn(project);
  if (!lying.ok) return lying;
  const made = await compilationOf(lying.value, project, {});
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

function summaryOf(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const found = counted(errors, "problem");
  return errors === problems.length ? found : `${found}, ${counted(problems.length - errors, "warning")}`;
}

const refused = (problems: readonly Problem[], sources: ReadonlyMap<string, string>): Refused => ({
  exit: 4,
  code: "COMPILE_REFUSED",
  message: summaryOf(problems),
  hint: "`omnibase explain CODE` says more about each",
  problems,
  sources,
});
