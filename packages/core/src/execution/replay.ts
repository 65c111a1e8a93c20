import type { Graph } from "../graph/graph.ts";
import { digestOf } from "../value/sha256.ts";
import type { Machine } from "./advance.ts";
import { decide } from "./decide.ts";
import type { ExecutionCommand, FileImport } from "./decide.ts";
import { answerIn, decodeRecord } from "./decode.ts";
import type { DecodedRecord } from "./decode.ts";
import type { ExecutionEvent, GivenEvent } from "./events.ts";
import { isGiven } from "./events.ts";
import { evolve } from "./evolve.ts";
import { programOf, stepAt } from "./program.ts";
import { recordLine, stepText } from "./record.ts";
import { unborn } from "./state.ts";
import type { ExecutionState } from "./state.ts";
import type { World } from "./world.ts";

export type Replayed = { readonly kind: "same"; readonly records: number; readonly steps: number } | Difference;

/** The first record that came out otherwise, and in a record of pure steps the first step. */
export interface Difference {
  readonly kind: "different";
  readonly revision: number;
  readonly place: string | undefined;
  readonly recorded: string | undefined;
  readonly computed: string | undefined;
}

/**
 * Takes what was given from the log, computes all that was derived again, and compares whole records, byte for byte.
 *
 * It cuts segments where the log did: where a record was cut is given. A log that ends early is no difference: what
 * would follow was not yet decided when it was read.
 */
export function replay(graph: Graph, world: Omit<World, "pause">, lines: readonly string[]): Replayed {
  const records = lines.map(decodeRecord);
  const cuts = records.flatMap(({ event }) => (event.type === "Passed" ? [event.steps.length] : [])).toReversed();
  const machine: Machine = { program: programOf(graph), world: { ...world, pause: (steps) => steps === cuts.at(-1) } };
  let walk: Walk = { revision: 0, state: unborn, prev: undefined, atMs: 0 };
  while (walk.revision < records.length) {
    for (const event of eventsFrom(machine, walk, records)) {
      const { revision, state, prev } = walk;
      const recorded = lines[revision];
      if (recorded === undefined) break;
      const atMs = isGiven(event) ? event.atMs : walk.atMs;
      const computed = recordLine(event, { atMs, prev, revision: revision + 1 });
      if (recorded !== computed)
        return different({ revision: revision + 1, recorded, computed, event }, records[revision]);
      if (event.type === "Passed") cuts.pop();
      walk = {
        revision: revision + 1,
        state: evolve(machine.program, state, event),
        prev: digestOf(world.sha256, computed),
        atMs,
      };
    }
  }
  const steps = records.reduce((sum, { event }) => sum + (event.type === "Passed" ? event.steps.length : 0), 0);
  return { kind: "same", records: records.length, steps };
}

interface Walk {
  readonly revision: number;
  readonly state: ExecutionState;
  readonly prev: string | undefined;
  readonly atMs: number;
}

/** What the machine says today to what was asked then. A refusal counts as one record that cannot be. */
function eventsFrom(
  machine: Machine,
  { revision, state }: Walk,
  records: readonly DecodedRecord[],
): readonly ExecutionEvent[] {
  const record = records[revision];
  if (record === undefined) throw new Error("impossible: a replay past the end");
  const decision = decide(machine, commandOf(record.event, importsAfter(records, revision)), state);
  if (decision.ok && decision.value.length > 0) {
    // The store wrote it alone, and what follows was decided later: perhaps after someone else had spoken.
    return isOperation(machine, record.event) ? decision.value.slice(0, 1) : decision.value;
  }
  return [{ type: "Cancelled", reason: decision.ok ? "nothing follows" : decision.error.code }];
}

/** A start takes files in; they stand right behind it. */
function importsAfter(records: readonly DecodedRecord[], revision: number): readonly FileImport[] {
  const imports: FileImport[] = [];
  for (
    let next = records[revision + 1];
    next?.event.type === "Imported";
    next = records[revision + 1 + imports.length]
  ) {
    const { digest, file, store } = next.event;
    imports.push({ digest, file, store });
  }
  return imports;
}

function isOperation({ program }: Machine, event: ExecutionEvent): boolean {
  if (event.type !== "Settled") return false;
  const { place } = stepAt(program, event.place);
  return place.kind === "call" && place.work.kind === "operate";
}

function commandOf(event: ExecutionEvent, imports: readonly FileImport[]): ExecutionCommand {
  return isGiven(event) ? commandOfGiven(event, imports) : { type: "Advance" };
}

function commandOfGiven(event: GivenEvent, imports: readonly FileImport[]): ExecutionCommand {
  switch (event.type) {
    case "Started":
      return { ...event, type: "Start", imports };
    case "Imported":
      return { type: "Advance" };
    case "Settled":
      return { ...event, type: "Answer", answer: { kind: "done", outcome: event.outcome, value: event.value } };
    case "AttemptFailed": {
      const { certainty, failure, retryAtMs } = event;
      const retryable = retryAtMs !== undefined;
      return {
        ...event,
        type: "Answer",
        answer: certainty === "unknown" ? { kind: certainty, failure } : { kind: certainty, failure, retryable },
      };
    }
    case "AttemptLost":
      return { ...event, type: "Lose" };
    case "LateAnswer":
      return { ...event, type: "Answer", answer: answerIn(event.answer) };
    case "TimerFired":
      return { ...event, type: "Fire" };
    case "CancelRequested":
      return { ...event, type: "Cancel" };
    case "IncidentResolved":
      return { ...event, type: "Resolve" };
  }
}

function different(
  { event, ...rest }: Omit<Difference, "kind" | "place"> & { readonly event: ExecutionEvent },
  record: DecodedRecord | undefined,
): Difference {
  return { kind: "different", place: placeOf(event, record?.event), ...rest };
}

function placeOf(computed: ExecutionEvent, recorded: ExecutionEvent | undefined): string | undefined {
  if (recorded?.type !== "Passed") return placeIn(computed) ?? (recorded === undefined ? undefined : placeIn(recorded));
  if (computed.type !== "Passed") return recorded.steps[0]?.place;
  const first = recorded.steps.findIndex((step, index) => {
    const other = computed.steps[index];
    return other === undefined || stepText(step) !== stepText(other);
  });
  return recorded.steps[first]?.place;
}

function placeIn(event: ExecutionEvent): string | undefined {
  if (event.type === "Passed") return event.steps[0]?.place;
  if (event.type === "Completed") return event.exit;
  return "place" in event ? event.place : undefined;
}
