import { ok, type Result } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import type { Refused } from "../edge/report.ts";
import { engine } from "../program/version.ts";
import { writeCache } from "./cache.ts";
import type { SignedSnapshot } from "./compiler.ts";
import { digestOfSources } from "./documents.ts";
import { sealedAs, type ImplementationFile } from "./implementations.ts";
import { libraryDigest } from "./library-texts.ts";
import { hasPublished, lyingIn, offered, unreadIn, type Lying, type Wanted } from "./lying.ts";
import type { Project } from "./open.ts";

/** What the project compiled to. */
export interface Built extends Omit<SignedSnapshot, "code"> {
  /** Transforms that the project brings. Whoever keeps the snapshot keeps them with it. */
  readonly implementations: readonly ImplementationFile[];
  /** Nothing had changed since last time. */
  readonly fresh: boolean;
}

/** Compiles the project, or takes what was compiled last time if nothing has changed since. */
export async function build(project: Project, wanted: Wanted = {}): Promise<Result<Built, Refused>> {
  const { cached, key, stateFolder, workspaces } = project;
  const lying = await lyingIn(project);
  if (!lying.ok) return lying;
  const { files } = lying.value.brought;
  const inputs = inputsOf(lying.value, wanted);
  if (cached?.inputs === inputs) {
    const { code = [], snapshot, text, workflows } = cached;
    return ok({ digest: snapshot, text, workflows, implementations: [...files, ...code], fresh: true, warnings: 0 });
  }
  // Where nothing has changed, the compiler is not even loaded.
  const { snapshotFrom } = await import("./compiler.ts");
  const made = await snapshotFrom(lying.value, project, wanted);
  if (!made.ok) return made;
  const { code, digest, text, warnings, workflows } = made.value;
  const configs = Object.fromEntries(workspaces.map(({ config, configDigest }) => [configDigest, config]));
  const kept = { inputs, snapshot: digest, text, configs, workflows, ...(code.length === 0 ? {} : { code }) };
  writeCache(stateFolder, { cached: kept, workspaces, key });
  return ok({ digest, text, workflows, implementations: [...files, ...code], fresh: false, warnings });
}

/** Everything that the snapshot depends on, so that what has the same digest has the same snapshot. */
function inputsOf(lying: Lying, wanted: Wanted): string {
  const { brought, read } = lying;
  // Ours are compiled whole, whatever is asked for.
  const isPartial = read.some(({ sources }) => hasPublished(sources));
  const part: (string | boolean | null)[] = isPartial
    ? [wanted.workflow ?? wanted.ingress ?? null, wanted.strict ?? false]
    : [];
  const parts = read.map(({ modules, sources, workspace }) => [
    workspace.configDigest,
    digestOfSources([...sources.files, ...modules.files]),
  ]);
  if (brought.files.length > 0) part.push(brought.files.map(sealedAs).join("\n"));
  return sha256(JSON.stringify([engine, offered, libraryDigest(), parts, unreadIn(lying), ...part]));
}
