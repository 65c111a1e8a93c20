import { codes, type Position, type Problem, type SourceDocument } from "@omnibase/core";
import { argumentsAt } from "@omnibase/infra/typescript";
import { declaredIn, type Declared } from "./definition.ts";
import { artifactsFor } from "./artifacts.ts";
import type { SealedRun } from "./sealed-run.ts";

/** Where definitions come from. */
export interface Origins {
  /** Of the project; a definition may name its own. */
  readonly namespace: string | undefined;
  /** Where a line of a stack leads. */
  readonly placeOf: (frame: string) => Position | undefined;
  /** The text of a file, as its author wrote it. */
  readonly sourceOf: (file: string) => string | undefined;
}

/** What definitions say, in the form in which other dialects say it. */
export interface Written {
  readonly documents: readonly SourceDocument[];
  /** Code that stands in definitions. */
  readonly code: readonly SealedRun[];
  readonly problems: readonly Problem[];
}

/** Definitions, and those that they refer to, as documents whose every value knows where its author wrote it. */
export function documentsOf(definitions: Iterable<unknown>, origins: Origins): Written {
  const documents: SourceDocument[] = [];
  const code: SealedRun[] = [];
  const problems: Problem[] = [];
  for (const { declared } of allOf(definitions)) {
    const at = origins.placeOf(declared.frame) ?? { file: "", line: 1, column: 1 };
    const source = origins.sourceOf(at.file) ?? "";
    const found: Problem[] = [];
    const [literal] = argumentsAt(source, offsetOf(source, at));
    const made = artifactsFor(declared, {
      at,
      literal,
      source,
      position: (offset) => positionIn(source, offset, at.file),
      identityOf: (definition) => identityOf(definition, origins.namespace),
      report: (problem) => void found.push({ ...hintFor(problem), ...problem }),
    });
    problems.push(...found);
    // What would be found in it otherwise follows from these.
    if (found.length > 0) continue;
    documents.push(...made.documents.map((one) => ({ located: one, file: at.file, namespace: origins.namespace })));
    code.push(...made.code);
  }
  return { documents, code, problems };
}

const known: ReadonlyMap<string, { readonly hint: string }> = new Map(Object.entries(codes));

/** What to do about a code, where whoever reports it knows no better. */
function hintFor({ code }: Problem): Pick<Problem, "hint"> {
  const hint = known.get(code)?.hint;
  return hint === undefined ? {} : { hint };
}

/** Whether a builder made it. */
export const isDefinition = (value: unknown): boolean => declaredIn(value) !== undefined;

interface Found {
  readonly definition: object;
  readonly declared: Declared;
}

/** Each once, and what one needs before itself. */
function allOf(definitions: Iterable<unknown>): readonly Found[] {
  const found = new Map<object, Found>();
  const seen = new Set<object>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    const declared = declaredIn(value);
    for (const inner of Object.values(declared === undefined ? value : declared.value)) look(inner);
    if (declared !== undefined) found.set(value, { definition: value, declared });
  };
  for (const definition of definitions) look(definition);
  return [...found.values()];
}

function identityOf(definition: object, namespace: string | undefined): string {
  const [own, code]: readonly unknown[] = [Reflect.get(definition, "namespace"), Reflect.get(definition, "code")];
  const space = typeof own === "string" ? own : namespace;
  return space === undefined ? String(code) : `${space}::${String(code)}`;
}

function offsetOf(source: string, { column, line }: Position): number {
  const lines = source.split("\n").slice(0, line - 1);
  return lines.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

function positionIn(source: string, offset: number, file: string): Position {
  const before = source.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
