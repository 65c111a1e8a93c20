import { resolve } from "node:path";
import { ok, printable, type Examined, type Finding, type Json } from "@omnibase/core";
import { sourcesIn, type DeclaredSource, type SourceFor } from "../data/declared-source.ts";
import { examinedById, examinedByTrace, isPath } from "../data/examining.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { examinationText } from "../text/examination-text.ts";
import { pathFromCall, type Standing } from "../text/place.ts";

/** Says what became of an execution, why, and what to change. Ends with 1 where something must be repaired or decided. */
export const command: Command = async (given, context) => {
  const [named = ""] = given.args;
  const cwd = context.io.cwd();
  const opened = await openPlace(given, context);
  const isFile = isPath(cwd, named);
  if (!opened.ok && !(isFile && opened.error.code === "PROJECT_NOT_FOUND")) return opened;
  const place = opened.ok ? opened.value : undefined;
  const found =
    isFile || place === undefined
      ? await examinedByTrace(place, resolve(cwd, named))
      : await examinedById(place, named);
  if (!found.ok) return found;
  const { examined, snapshot } = found.value;
  const sourceFor = sourcesIn(place, snapshot);
  const { cause } = examined;
  const source = cause === null ? null : await sourceFor(cause);
  const here = { base: place?.workspaces[0]?.root, cwd };
  const shown = source === null ? "" : shownSource(source, here);
  const document = documentOf("omnibase-examination/1", { ...(await factsOf(examined, sourceFor, here)), snapshot });
  const text = examinationText({ examined, artifact: shown });
  return ok({ exit: examined.verdict === "structural" ? 1 : 0, document, text });
};

/** Its findings with what they point to, and the same of those that it asked for. */
async function factsOf(
  examined: Examined,
  sourceFor: SourceFor,
  here: Standing,
): Promise<{ readonly [name: string]: unknown }> {
  const { cause, children: _, examined: asked, findings, workflow, ...rest } = examined;
  const told = await Promise.all(findings.map((finding) => findingFacts({ workflow, finding }, sourceFor, here)));
  const children = await Promise.all(asked.map((one) => factsOf(one, sourceFor, here)));
  const first =
    cause === null
      ? null
      : { execution: cause.execution, workflow: cause.workflow, ...(await findingFacts(cause, sourceFor, here)) };
  return { ...rest, workflow, cause: first, findings: told, children };
}

async function findingFacts(
  cause: { readonly workflow: string; readonly finding: Finding },
  sourceFor: SourceFor,
  here: Standing,
): Promise<{ readonly [name: string]: Json }> {
  const { child, class: failure, hint, node, reason, revision, rule } = cause.finding;
  const source = await sourceFor(cause);
  return {
    rule,
    class: failure,
    node: node === "" ? null : node,
    reason,
    revision,
    hint,
    artifact: source?.artifact ?? null,
    path: source?.path ?? null,
    file: source?.at == null ? null : pathFromCall(source.at.file, here),
    line: source?.at?.line ?? null,
    column: source?.at?.column ?? null,
    changed: source?.changed ?? null,
    child: child ?? null,
  };
}

/** Where no file is at hand, what the artifact is called, and where in it. */
function shownSource({ artifact, at, changed, path }: DeclaredSource, here: Standing): string {
  if (at === null) return `${artifact}${path === "" ? "" : ` ${path}`}`;
  const spot = `${pathFromCall(at.file, here)}:${String(at.line)}:${String(at.column)}`;
  return printable(changed ? `${spot} (changed since)` : spot, pathCharsMax);
}

const pathCharsMax = 1_000;
