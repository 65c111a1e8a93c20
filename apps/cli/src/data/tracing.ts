import { join } from "node:path";
import type { Graph, TraceProfile } from "@omnibase/core";
import type { Theme } from "@omnibase/infra/picture";
import type { Context, Given } from "../program/command.ts";
import type { Place } from "../project/open.ts";
import { storeFolder } from "./layout.ts";
import type { TraceForm } from "./trace-wanted.ts";

/** Writes what was asked for, and says which files. */
export type WriteTrace = (graph: Graph, lines: readonly [string, ...string[]]) => Promise<readonly string[]>;

export const textForms: readonly TraceForm[] = ["jsonl", "md"];
export const allForms: readonly TraceForm[] = [...textForms, "svg", "png"];

/** Beside what is declared; without a project, beside the store. */
export const tracesFolder = ({ dataRoot, workspaces: [first] }: Pick<Place, "dataRoot" | "workspaces">): string =>
  join(first?.configured === true ? first.root : storeFolder(dataRoot), "traces");

export const profileAsked = (given: Given): TraceProfile => (given.text("mode") === "runtime" ? "BASIC" : "ADVANCED");

const themes: readonly Theme[] = ["auto", "light", "dark"];

export const themeAsked = (given: Given): Theme => themes.find((theme) => theme === given.text("theme")) ?? "auto";

/**
 * How the trace of what was executed is written afterwards; nothing of it is loaded before. What keeps it from being
 * written is said, and changes nothing: the log is there.
 */
export function traceAfter(given: Given, place: Pick<Place, "dataRoot" | "workspaces">, context: Context): WriteTrace {
  const asked = given.text("trace") ?? "text";
  const forms = { none: [], text: textForms, all: allForms }[asked] ?? textForms;
  return async (graph, lines) => {
    if (forms.length === 0) return [];
    try {
      const { writeTrace } = await import("./trace-files.ts");
      const wanted = { forms, profile: profileAsked(given), theme: "auto", folder: tracesFolder(place) } as const;
      return await writeTrace(graph, lines, wanted);
    } catch (error) {
      const { refusedFault } = await import("../text/faults.ts");
      const { code, message } = refusedFault(error);
      context.warn(`no trace was written: ${code} ${message}`);
      return [];
    }
  };
}
