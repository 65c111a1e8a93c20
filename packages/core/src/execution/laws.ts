import type { Graph } from "../graph/graph.ts";
import { attemptLaws } from "./attempt-laws.ts";
import type { ExecutionEvent } from "./events.ts";
import type { Law } from "./law.ts";
import { pathLaws } from "./path-laws.ts";
import { stopLaws } from "./stop-laws.ts";
import { undoLaws } from "./undo-laws.ts";
import { valueLaws } from "./value-laws.ts";

/** What is true of every log that the machine wrote. A log that breaks one was written by something else, or by a bug. */
export const executionLaws: readonly Law[] = [...pathLaws, ...attemptLaws, ...stopLaws, ...undoLaws, ...valueLaws];

/** The names of the laws that a log breaks. */
export const brokenLaws = (log: readonly ExecutionEvent[], graph: Graph): readonly string[] =>
  executionLaws.filter(({ holds }) => !holds(log, graph)).map(({ name }) => name);
