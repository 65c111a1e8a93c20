import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceLines, traceMarkdown, traceOf, type Graph } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { makeFolders } from "@omnibase/infra/files";
import type { TraceWanted } from "./tracing.ts";

/**
 * Writes the trace of an execution as it stands. It is made from the log, so it can be thrown away; nothing waits for the
 * disk. The files that it wrote, absolute.
 */
export async function writeTrace(
  graph: Graph,
  lines: readonly [string, ...string[]],
  { folder, forms, profile }: TraceWanted,
): Promise<readonly string[]> {
  const trace = traceOf({ graph, lines, sha256, profile });
  const home = join(folder, trace.execution);
  makeFolders(home);
  const files: string[] = [];
  for (const form of forms) {
    const file = join(home, `${trace.execution}.${form}`);
    put(
      file,
      form === "md"
        ? traceMarkdown(trace)
        : traceLines(trace, sha256)
            .map((line) => `${line}\n`)
            .join(""),
    );
    files.push(file);
  }
  return files;
}

/** Whoever reads it meanwhile sees the whole of one; what else lay there under its name is not written through. */
function put(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, content, { flag: "wx" });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
