import type { Graph } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { digestOf } from "../value/sha256.ts";
import type { Sha256 } from "../value/sha256.ts";
import type { Machine } from "./advance.ts";
import { decide } from "./decide.ts";
import type { ExecutionCommand, FileImport } from "./command.ts";
import { answerIn, decodeRecord } from "./decode.ts";
import type { ExecutionEvent, GivenEvent, Passed, PassedStep } from "./events.ts";
import { isGiven } from "./events.ts";
import { evolve } from "./evolve.ts";
import { placeOf as placeNamed } from "./position.ts";
import { programOf } from "./program.ts";
import { recordLine, stepText } from "./record.ts";
import { opener, sealed } from "./sealing.ts";
import type { Keyring, Open } from "./sealing.ts";
import { unborn } from "./state.ts";
import type { ExecutionState } from "./state.ts";
import type { World } from "./world.ts";

export type Replayed = { readonly kind: "same"; readonly records: number; readonly steps: number } | Difference;

/** The first record that came out otherwise, and in a record of pure steps the first step. */
export interface Difference {
  readonly kind: "different";
  readonly revision: number;
  readonly place: string | undefined;
  readonly recorded: string;
  readonly computed: string;
}

/**
 * Takes what was given from the log, computes all that was derived again, and compares whole records, byte for byte.
 *
 * It cuts segments where the log did: where a record was cut is given. A log that ends early is no difference: what
 * would follow was not yet decided when it was read. Of a graph with secrets it needs what opens them.
 */
export function replay(
  graph: Graph,
  world: Omit<World, "pause">,
  lines: readonly string[],
  keyring?: Keyring,
): Replayed {
  const open: Open = keyring === undefined ? (record) => record : opener(graph, keyring);
  const asRecorded = (event: ExecutionEvent, revision: number): ExecutionEvent =>
    keyring === undefined ? event : sealed(graph, event, { revision, sealer: keyring.sealer }).event;
  const records = lines.map((line): Recorded => ({ line, event: open(decodeRecord(line)).event }));
  const cuts = records.flatMap(({ event }) => (event.type === "Passed" ? [event.steps.length] : [])).toReversed();
  let walk: Walk = { revision: 0, state: unborn, prev: undefined, atMs: 0 };
  const stoppedAt = (position: string): string | undefined => stopFrom(records, walk.revision, position);
  const pause = (steps: number): boolean => steps === cuts.at(-1);
  const machine: Machine = { program: programOf(graph), world: { ...world, stoppedAt, pause } };
  for (let [asked] = records; asked !== undefined; asked = records[walk.revision]) {
    for (const event of eventsFrom(machine, walk.state, commandOf(asked.event, importsAfter(records, walk.revision)))) {
      const { revision, state, prev } = walk;
      const recorded = records[revision];
      if (recorded === undefined) break;
      const atMs = isGiven(event) ? event.atMs : walk.atMs;
      const computed = recordLine(asRecorded(event, revision + 1), { atMs, prev, revision: revision + 1 });
      if (recorded.line !== computed) {
        const place = placeOf(world.sha256, event, recorded.event);
        return { kind: "different", revision: revision + 1, place, recorded: recorded.line, computed };
      }
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

/** Whether the next incident that was recorded at a position says that the host did not let the code come to its end. */
function stopFrom(records: readonly Recorded[], revision: number, position: string): string | undefined {
  const next = records.slice(revision).find(({ event }) => event.type === "IncidentOpened" && event.place === position);
  const incident = next?.event;
  return incident?.type === "IncidentOpened" && incident.code === "TRANSFORM_LIMIT" ? incident.detail : undefined;
}

interface Recorded {
  readonly line: string;
  readonly event: ExecutionEvent;
}

interface Walk {
  readonly revision: number;
  readonly state: ExecutionState;
  readonly prev: string | undefined;
  readonly atMs: number;
}

/** What the machine says today to what was asked then. A refusal counts as one record that cannot be. */
function eventsFrom(machine: Machine, state: ExecutionState, command: ExecutionCommand): readonly ExecutionEvent[] {
  const decision = decide(machine, command, state);
  if (!decision.ok) return [{ type: "Cancelled", reason: decision.error.code }];
  const { events } = decision.value;
  const [first] = events;
  if (first === undefined) return [{ type: "Cancelled", reason: "nothing follows" }];
  // The store wrote it alone, and what follows was decided later: perhaps after someone else had spoken.
  return isOperation(machine, first) ? [first] : events;
}

/** A start takes files in; they stand right behind it. */
function importsAfter(records: readonly Recorded[], revision: number): readonly FileImport[] {
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
  const place = event.type === "Settled" ? program.steps.get(placeNamed(event.place))?.place : undefined;
  return place?.kind === "call" && place.work.kind === "operate";
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
    case "Signalled":
      return { ...event, type: "Signal" };
    case "TaskSettled":
      return { ...event, type: "SettleTask" };
    case "CancelRequested":
      return { ...event, type: "Cancel" };
    case "IncidentResolved":
      return { ...event, type: "Resolve" };
  }
}

function placeOf(sha256: Sha256, computed: ExecutionEvent, recorded: ExecutionEvent): string | undefined {
  if (recorded.type !== "Passed") return placeIn(computed) ?? placeIn(recorded);
  if (computed.type !== "Passed") return placeIn(recorded);
  return (firstOther(recorded, computed, (step) => contentOf(sha256, step)) ?? firstOther(recorded, computed, stepText))
    ?.place;
}

/** The first step that came out otherwise, or did not come at all. */
const firstOther = (recorded: Passed, computed: Passed, textOf: (step: PassedStep) => string): PassedStep | undefined =>
  recorded.steps.find((step, index) => {
    const other = computed.steps[index];
    return other === undefined || textOf(step) !== textOf(other);
  });

/** Where a record ends decides whether a value stands in it or its digest, so a later step may change how this one reads. */
function contentOf(sha256: Sha256, { digest, outcome, place, value }: PassedStep): string {
  const valueDigest = value === undefined ? digest : digestOf(sha256, canonical(value));
  return canonical([place, outcome, valueDigest ?? null]);
}

function placeIn(event: ExecutionEvent): string | undefined {
  if (event.type === "Passed") return event.steps[0]?.place;
  if (event.type === "Completed") return event.exit;
  return "place" in event ? event.place : undefined;
}
