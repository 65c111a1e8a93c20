import { err, ok, type CompileOptions, type Problem, type Result } from "@omnibase/core";
import { builtinNames } from "@omnibase/infra/transforms";
import type { Refused } from "../edge/report.ts";
import { readSources, type Sources } from "./documents.ts";
import { readModules, type Modules } from "./modules.ts";
import { readImplementations, type Implementations } from "./implementations.ts";
import type { ConfiguredWorkspace, Place } from "./open.ts";

/** What lies there to be compiled. */
export interface Lying {
  readonly read: readonly ReadWorkspace[];
  readonly brought: Implementations;
}

export interface ReadWorkspace {
  readonly workspace: ConfiguredWorkspace;
  readonly sources: Sources;
  /** In TypeScript. */
  readonly modules: Modules;
}

/** What keeps files from being read at all. */
export const unreadIn = ({ brought, read }: Lying): readonly Problem[] => [
  ...read.flatMap(({ modules, sources }) => [...sources.problems, ...modules.problems]),
  ...brought.problems,
];

/** What is asked of the compiler beside the files. */
export interface Wanted {
  /** Of published artifacts, only what this workflow needs. */
  readonly workflow?: string | undefined;
  /** Of published artifacts, only what this door needs. */
  readonly ingress?: string | undefined;
  /** Whether published artifacts must be without fault, as ours. */
  readonly strict?: boolean | undefined;
}

/** Reads every file, and takes none apart. */
export async function lyingIn({
  implementations,
  workspaces,
}: Pick<Place, "implementations" | "workspaces">): Promise<Result<Lying, Refused>> {
  if (workspaces.length === 0) return err(nothingToCompile);
  const read: ReadWorkspace[] = [];
  for (const workspace of workspaces) {
    read.push({ workspace, sources: readSources(workspace), modules: await readModules(workspace) });
  }
  return ok({ read, brought: readImplementations(implementations) });
}

const nothingToCompile: Refused = {
  exit: 2,
  code: "PROJECT_NOT_FOUND",
  message: "there is no project to compile",
  hint: "go into a project, or name one with --workspace",
};

export const hasPublished = ({ files }: Sources): boolean => files.some(({ published }) => published !== undefined);

/** Named without their version, `std.generate_id`, as artifacts name them. */
const transforms = Object.fromEntries(builtinNames.map((sealed) => [sealed.slice(0, sealed.lastIndexOf("@")), sealed]));

/** What artifacts may name that this engine brings. */
export const offered: Required<Pick<CompileOptions, "handlers" | "transforms">> = {
  transforms,
  handlers: { http: "http@1", mail: "mail@1" },
};
