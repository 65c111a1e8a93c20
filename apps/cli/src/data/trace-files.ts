import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceLines, traceMarkdown, traceOf, type Graph } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { makeFolders, replaceFile } from "@omnibase/infra/files";
import type { Theme } from "@omnibase/infra/picture";
import { allForms, type TraceForm, type TraceWanted } from "./trace-wanted.ts";

/**
 * Writes the trace of an execution as it stands. It is made from the log, so it can be thrown away; nothing waits for the
 * disk. The files that it wrote, absolute.
 */
export async function writeTrace(
  graph: Graph,
  lines: readonly [string, ...string[]],
  { alsoLying, folder, forms, profile, theme }: TraceWanted,
): Promise<readonly string[]> {
  const trace = traceOf({ graph, lines, sha256, profile });
  const home = join(folder, trace.execution);
  const fileOf = (form: TraceForm): string => join(home, `${trace.execution}.${form}`);
  const lying = alsoLying === true ? allForms.filter((form) => existsSync(fileOf(form))) : [];
  const contents = new Map<TraceForm, string | Uint8Array>();
  for (const form of new Set([...forms, ...lying])) {
    if (form === "jsonl")
      contents.set(
        form,
        traceLines(trace, sha256)
          .map((line) => `${line}\n`)
          .join(""),
      );
    else if (form === "md") contents.set(form, traceMarkdown(trace));
    else contents.set(form, await pictureOf(form, { graph, lines, theme }));
  }
  // It says what was given and what came of it, like the store.
  makeFolders(home, 0o700);
  return [...contents].map(([form, content]) => {
    const file = fileOf(form);
    putFile(file, content, 0o600);
    return file;
  });
}

interface Drawn {
  readonly graph: Graph;
  readonly lines: readonly [string, ...string[]];
  readonly theme: Theme;
}

/** Nothing of it is loaded where no picture is wanted. */
async function pictureOf(form: "svg" | "png", { graph, lines, theme }: Drawn): Promise<string | Uint8Array> {
  const { drawn, executed } = await import("./pictures.ts");
  return drawn(form, executed(graph, lines), { theme });
}

/** Whole, whoever reads it meanwhile. Nothing waits for the disk. */
export function putFile(file: string, content: string | Uint8Array, mode = 0o666): void {
  replaceFile(file, (draft) => writeFileSync(draft, content, { flag: "wx", mode }));
}
