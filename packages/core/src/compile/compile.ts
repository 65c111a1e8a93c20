import { readArtifact, type Declared, type SourceDocument } from "../artifact/read-artifact.ts";
import { takenApart } from "../one-file/one-file.ts";
import { present } from "../value/present.ts";
import { governanceIn, surfaceContractsIn } from "../dialect/governance.ts";
import { surfacesAreCanonical } from "./check/surfaces-are-canonical.ts";
import { closureOf } from "../dialect/closure.ts";
import { lowerPublished } from "../dialect/lower-published.ts";
import { inOurForm, intentsIn } from "../dialect/published.ts";
import { looseEnds } from "../dialect/loose-ends.ts";
import { isTolerated } from "../dialect/tolerated.ts";
import { plain } from "../value/located-value.ts";
import type { Json } from "../value/json.ts";
import type { Problem } from "../value/problem.ts";
import { authorityOf, implementationsOf } from "./authority.ts";
import { casesFit, casesHold, transformsHaveCases } from "./check/cases-hold.ts";
import { gatewaysEnd } from "./check/children-end.ts";
import { checkAll } from "./check-all.ts";
import { routeOf } from "./doors.ts";
import { childrenIn } from "./child-surface.ts";
import type { Compiled } from "./compiled.ts";
import { indexArtifacts, type ArtifactIndex } from "./index-artifacts.ts";
import { withUndoing, type Linked } from "./linked.ts";
import { linkTests, transformsIn } from "./link-tests.ts";
import { lower } from "./lower.ts";
import type { CompileOptions } from "./options.ts";
import { resolve } from "./resolve.ts";
import { secretsOf } from "./secrets-of.ts";
import { resultsOf, type CaseResult } from "./test-cases.ts";

export interface Compilation {
  /** In the order of files, lines and columns; each once. */
  readonly problems: readonly Problem[];
  /** What came of every case that was executed. */
  readonly cases: readonly CaseResult[];
  /** Absent when any problem is an error; warnings leave it. */
  readonly compiled?: Compiled;
}

/** Documents → resolve → check → lower. Every problem at once; the same documents in any order give the same result. */
export function compile(documents: readonly SourceDocument[], options: CompileOptions): Compilation {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);

  const declared = readAll(takenApart(documents, report), options, report);
  const index = indexArtifacts(declared, options.digests ?? {}, report);
  const linked = resolve({ index, report }, options);
  problems.push(...checkAll(linked, options), ...surfacesAreCanonical(linked, surfaceContractsIn(documents)));
  const tests = linkTests({ index, report });
  const cases = resultsOf(tests, options);
  problems.push(
    ...casesFit(tests),
    ...casesHold(cases),
    ...transformsHaveCases(transformsIn({ index, report }), tests, libraryNamespace),
  );
  const found = (): readonly Problem[] => sorted(inDialect(problems, documents, options));
  if (found().some(isError)) return { problems: found(), cases };

  const children = childrenIn(linked.workflows);
  const graphs = linked.workflows.map((workflow) =>
    workflow.workflow.published === true ? lowerPublished(workflow, children, report) : lower(workflow, report),
  );
  problems.push(...gatewaysEnd(graphs, linked.workflows));
  if (found().some(isError)) return { problems: found(), cases };
  const compiled: Compiled = {
    objects: objectsOf(index, linked),
    graphs: Object.fromEntries(graphs.map((graph) => [graph.workflow, graph])),
    implementations: implementationsOf(graphs, options),
    authority: { ...authorityOf(linked.workflows, graphs), ...secretsOf(graphs) },
    ...routesIn(linked),
  };
  return { problems: found(), cases, compiled };
}

const routesIn = ({ doors }: Linked): Pick<Compiled, "routes"> => {
  const routes = doors.map((door) => [door.ingress.identity, routeOf(door)] as const);
  return routes.length === 0 ? {} : { routes: Object.fromEntries(routes) };
};

const isError = ({ severity }: Problem): boolean => severity === "error";

/** Parts of an artifact are read only where it is used, so what it has to say may come late. */
interface Voice {
  tell: (problem: Problem) => void;
}

/** Every document as an artifact, or only those that one workflow needs: nobody is told what is wrong with the others. */
function readAll(
  documents: readonly SourceDocument[],
  { only }: CompileOptions,
  report: (problem: Problem) => void,
): readonly Declared[] {
  const intentOf = intentsIn(documents);
  const governance = new Set(documents.flatMap((document) => governanceIn(document) ?? []));
  const artifacts = inOrder(documents).filter((document) => governanceIn(document) === undefined);
  const read = artifacts.map((document) => {
    const problems: Problem[] = [];
    const voice: Voice = { tell: (problem) => void problems.push(problem) };
    const heard = (problem: Problem): void => {
      voice.tell(problem);
    };
    const declared = readArtifact(inOurForm(document, { intentOf, report: heard }), heard);
    return { document, problems, voice, declared: declared && { ...declared, content: plain(document.located) } };
  });
  const named = read.flatMap(({ declared }) => declared ?? []);
  const needed = only === undefined ? undefined : closureOf(only, named);
  const identities = new Set([...governance, ...named.map((one) => one.named.identity)]);
  return read.flatMap(({ declared, document, problems, voice }) => {
    voice.tell = report;
    if (needed !== undefined && (declared === undefined || !needed.has(declared.named.identity))) return [];
    for (const problem of [...problems, ...looseEnds(document, identities)]) report(problem);
    return declared ?? [];
  });
}

/** What published artifacts get wrong is a warning where it has a lowering. */
function inDialect(
  problems: readonly Problem[],
  documents: readonly SourceDocument[],
  { strict = false }: CompileOptions,
): readonly Problem[] {
  const published = new Set(documents.filter(({ dialect }) => dialect !== undefined).map(({ file }) => file));
  return problems.map((problem) =>
    !strict && published.has(problem.at.file) && isTolerated(problem) ? { ...problem, severity: "warning" } : problem,
  );
}

const libraryNamespace = "std";

/** The project's artifacts, and of the library only what is used: else every addition to it would change every snapshot. */
function objectsOf(index: ArtifactIndex, { contracts }: Linked): { readonly [identity: string]: Json } {
  const used = new Set(
    contracts.flatMap(({ steps }) =>
      withUndoing(steps).map(({ assumed, callable }) => present(callable ?? assumed).identity),
    ),
  );
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
