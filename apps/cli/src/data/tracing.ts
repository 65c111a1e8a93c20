import { join } from "node:path";
import type { Graph, TraceProfile } from "@omnibase/core";
import type { Theme } from "@omnibase/infra/picture";
import type { Context, Given } from "../program/command.ts";
import type { Place } from "../project/open.ts";
import { storeFolder } from "./layout.ts";
import { allForms, textForms, type TraceForm } from "./trace-wanted.ts";

/** Writes what was asked for, and says which files. */
export type WriteTrace = (graph: Graph, lines: readonly [string, ...string[]]) => Promise<readonly string[]>;

type Traced = Pick<Place, "dataRoot" | "workspaces">;

/** Beside what is declared; without a project, beside the store. */
export const tracesFolder = ({ dataRoot, workspaces: [first] }: Traced): string =>
  join(first?.configured === true ? first.root : storeFolder(dataRoot), "traces");

export const profileAsked = (given: Given): TraceProfile => (given.text("mode") === "runtime" ? "BASIC" : "ADVANCED");

const themes: readonly Theme[] = ["auto", "light", "dark"];

export const themeAsked = (given: Given): Theme => themes.find((theme) => theme === given.text("theme")) ?? "auto";

/** How the trace of what was executed is written afterwards; nothing of it is loaded before. */
export const traceAfter = (given: Given, place: Traced, context: Context): WriteTrace =>
  writing(asked(given), { given, place, context });

/** The same of what went on beside it: only what lies there is made again. */
export const traceBeside = (given: Given, place: Traced, context: Context): WriteTrace =>
  writing(asked(given) && [], { given, place, context });

/** `undefined`: nothing is written, and what lies there stays. */
function asked(given: Given): readonly TraceForm[] | undefined {
  const what = given.text("trace");
  if (what === "none") return undefined;
  return what === "all" ? allForms : textForms;
}

interface Afterwards {
  readonly given: Given;
  readonly place: Traced;
  readonly context: Context;
}

function writing(forms: readonly TraceForm[] | undefined, { context, given, place }: Afterwards): WriteTrace {
  return (graph, lines) =>
    orSaid<readonly string[]>(context, [], async () => {
      if (forms === undefined) return [];
      const { writeTrace } = await import("./trace-files.ts");
      const folder = tracesFolder(place);
      return writeTrace(graph, lines, { forms, alsoLying: true, profile: profileAsked(given), theme: "auto", folder });
    });
}

/** What keeps a trace from being written is said, and changes nothing: the log is there. */
export async function orSaid<T>(context: Pick<Context, "warn">, otherwise: T, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { refusedFault } = await import("../text/faults.ts");
    const { code, message } = refusedFault(error);
    context.warn(`no trace was written: ${code} ${message}`);
    return otherwise;
  }
}
