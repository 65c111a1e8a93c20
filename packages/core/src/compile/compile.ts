import { readArtifact, type SourceDocument } from "../artifact/read-artifact.ts";
import { present } from "../value/present.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { authorityOf, implementationsOf } from "./authority.ts";
import { checkAll } from "./check-all.ts";
import type { Compiled } from "./compiled.ts";
import { indexArtifacts, type ArtifactIndex } from "./index-artifacts.ts";
import type { Linked } from "./linked.ts";
import { lower } from "./lower.ts";
import type { CompileOptions } from "./options.ts";
import { resolve } from "./resolve.ts";

export interface Compilation {
  /** In the order of files, lines and columns; each once. */
  readonly problems: readonly Problem[];
  /** Absent when any problem is an error. */
  readonly compiled?: Compiled;
}

/** Documents → resolve → check → lower. Every problem at once; the same documents in any order give the same result. */
export function compile(documents: readonly SourceDocument[], options: CompileOptions): Compilation {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);

  const declared = inOrder(documents).flatMap((document) => readArtifact(document, report) ?? []);
  const index = indexArtifacts(declared, report);
  const linked = resolve({ index, report }, options);
  problems.push(...checkAll(linked, options));
  if (problems.length > 0) return { problems: sorted(problems) };

  const graphs = linked.workflows.map((workflow) => lower(workflow, report));
  if (problems.length > 0) return { problems: sorted(problems) };
  const compiled: Compiled = {
    objects: objectsOf(index, linked),
    graphs: Object.fromEntries(graphs.map((graph) => [graph.workflow, graph])),
    implementations: implementationsOf(graphs, options),
    authority: authorityOf(linked.workflows),
  };
  return { problems: [], compiled };
}

const libraryNamespace = "std";

/** The project's artifacts, and of the library only what is used: else every addition to it would change every snapshot. */
function objectsOf(index: ArtifactIndex, { contracts }: Linked): { readonly [identity: string]: Json } {
  const used = new Set(contracts.flatMap(({ steps }) => steps.map(({ callable }) => present(callable).identity)));
  const kept = [...index.values()].filter(
    ({ named }) => named.namespace !== libraryNamespace || used.has(named.identity),
  );
  return Object.fromEntries(kept.map(({ named, content }) => [named.identity, content]));
}

const inOrder = (documents: readonly SourceDocument[]): readonly SourceDocument[] =>
  documents.toSorted((a, b) => compareTexts(a.file, b.file));

/** Two rules may say the same of the same place, and two workflows may use the same contract. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].toSorted(
    (a, b) =>
      compareTexts(a.at.file, b.at.file) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column ||
      compareTexts(a.code, b.code) ||
      compareTexts(a.message, b.message),
  );
}

/** By code units, so that no locale changes a result. */
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
