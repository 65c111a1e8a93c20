import { readdirSync, type Dirent } from "node:fs";
import { basename, join } from "node:path";
import { decodeUtf8, err, parseJson, type Located, type Problem, type Result } from "@omnibase/core";
import { readArtifactBytes } from "@omnibase/infra/files";
import { sha256, sha256OfBytes } from "@omnibase/infra/crypto";
import { artifactAtTop, publishedFolder, type Workspace } from "./locate.ts";
import type { Config } from "./config.ts";

/** A declared file, as it lies there. */
export interface SourceFile {
  /** As problems name it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Of the bytes. */
  readonly digest: string;
  /** Absent: our own. */
  readonly published?: Published;
}

/** By the published compiler, or in its language: then nothing in it says which namespace it is in. */
type Published = { readonly form: "compiled" } | { readonly form: "markdown"; readonly namespace: string };

export interface Sources {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

export const contractsFolder = "contracts";
const artifactsFolder = `${publishedFolder}/artifacts`;
/** The cases of its transforms, one a file. */
const casesFolder = `${publishedFolder}/conformance`;
/** What others are governed by. A workspace may come without. */
const governanceFolder = `${publishedFolder}/governance/artifacts`;

/** A project has as many files as people can look after; a tree without end is a mistake or an attack. */
const filesMax = 10_000;
const foldersDeepMax = 32;

/** Markdown is an artifact only under the name of one: people write other Markdown, too. */
const artifactNames = /\.(?:ya?ml|json)$|^[A-Z]+_[A-Z0-9_]+_V\d+\.md$/i;

/** Cases of a transform as they are published: several blocks in one file. */
const casesNames = /^TEST_DATA_\w+\.md$/;

const markdownNames = /^[A-Z]+_[A-Z0-9_]+_V\d+\.md$/;

/** Reads every declared file of a workspace, in the order of names, and says which cannot be read. */
export function readSources(workspace: Workspace & { readonly config: Config }): Sources {
  const own = readFolder(workspace, contractsFolder, artifactNames);
  const compiled = workspace.published ? publishedIn(workspace, artifactsFolder, { form: "compiled" }) : nothing;
  const markdown = Object.entries(workspace.config.published ?? {}).map(([folder, namespace]) =>
    publishedIn(workspace, folder, { form: "markdown", namespace }),
  );
  const top = workspace.published ? nothing : readFolder(workspace, "", artifactAtTop);
  const governance = workspace.published ? publishedIn(workspace, governanceFolder, { form: "compiled" }) : nothing;
  const cases = workspace.published ? publishedIn(workspace, casesFolder, { form: "compiled" }) : nothing;
  const all = [own, top, compiled, cases, governance, ...markdown];
  return { files: all.flatMap(({ files }) => files), problems: all.flatMap(({ problems }) => problems) };
}

const nothing: Sources = { files: [], problems: [] };

function publishedIn(workspace: Workspace, folder: string, published: Published): Sources {
  const { files, problems } = readFolder(workspace, folder, published.form === "compiled" ? /\.json$/i : markdownNames);
  return { files: files.map(({ bytes, digest, file }) => ({ file, bytes, digest, published })), problems };
}

/** Every file below a folder that is called so. */
export function readFolder({ prefix, root }: Workspace, folder: string, names: RegExp): Sources {
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const { path, problem: why } of pathsBelow(root, { folder, names, depth: 0 })) {
    if (files.length === filesMax) {
      problems.push(unreadable(`${prefix}${path}`, `more than ${String(filesMax)} files`));
      break;
    }
    if (why !== undefined) {
      problems.push(unreadable(`${prefix}${path}`, why));
      continue;
    }
    const bytes = readArtifactBytes(root, path);
    if (bytes.ok) files.push({ file: `${prefix}${path}`, bytes: bytes.value, digest: digestOfBytes(bytes.value) });
    else problems.push(...bytes.error.map((problem) => inWorkspace(problem, prefix)));
  }
  return { files, problems };
}

function inWorkspace(problem: Problem, prefix: string): Problem {
  const { column, file, line } = problem.at;
  return { ...problem, at: { file: `${prefix}${file}`, line, column } };
}

interface Found {
  readonly path: string;
  /** Why it is not even opened. */
  readonly problem?: string;
}

interface Below {
  /** Empty: the top of the workspace, where what lies deeper is none of ours. */
  readonly folder: string;
  /** Which names are those of artifacts. */
  readonly names: RegExp;
  readonly depth: number;
}

function* pathsBelow(root: string, { depth, folder, names }: Below): Generator<Found> {
  if (depth > foldersDeepMax) {
    yield { path: folder, problem: "folders inside one another without end" };
    return;
  }
  for (const entry of entriesIn(root, folder, depth === 0)) {
    if ("problem" in entry) {
      yield entry;
      continue;
    }
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const isArtifact = names.test(entry.name);
    if (folder === "" && !isArtifact) continue;
    if (entry.isDirectory() && !isArtifact) yield* pathsBelow(root, { folder: path, names, depth: depth + 1 });
    // A folder that is called like a file, a pipe and a device are for the reader to refuse; other names mean nothing.
    else if (isArtifact) yield { path };
  }
}

/** Absent, and nothing asked for it: there is nothing declared here. */
function entriesIn(root: string, folder: string, mayLack: boolean): readonly (Dirent | Required<Found>)[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT" && mayLack) return [];
    return [{ path: folder, problem: `the folder cannot be read: ${String(error.code)}` }];
  }
}

const unreadable = (file: string, why: string): Problem => ({
  code: "REGISTRY_UNREADABLE",
  severity: "error",
  message: why,
  at: { file, line: 1, column: 1 },
  hint: "a declared file is an ordinary file inside the project that this user may read",
});

export interface ReadText {
  readonly located: Result<Located, readonly Problem[]>;
  /** For frames. */
  readonly text: string;
}

/** Bytes → text → located document, with whichever reader the name asks for. */
export async function readDocument({ bytes, file }: Pick<SourceFile, "bytes" | "file">): Promise<ReadText> {
  const text = decodeUtf8(bytes, { file, family: "ARTIFACT" });
  if (!text.ok) return { located: err(text.error), text: "" };
  if (/\.json$/i.test(file)) return { located: parseJson(text.value, { file, family: "ARTIFACT" }), text: text.value };
  const { readYaml } = await import("@omnibase/infra/yaml");
  if (casesNames.test(basename(file))) {
    const { readTestData } = await import("./test-data.ts");
    return { located: readTestData(text.value, file), text: text.value };
  }
  if (/\.md$/i.test(file)) {
    const { machineBlock } = await import("@omnibase/infra/markdown");
    const block = machineBlock(text.value, { file });
    return { located: block.ok ? readYaml(block.value, { file }) : block, text: text.value };
  }
  return { located: readYaml(text.value, { file }), text: text.value };
}

export const digestOfBytes = (bytes: Uint8Array): string => `sha256:${sha256OfBytes(bytes)}`;

/** What the same files in the same order have in common with nothing else. */
export const digestOfSources = (files: readonly SourceFile[]): string =>
  sha256(files.map(({ digest, file }) => `${JSON.stringify(file)} ${digest}`).join("\n"));
