import { canonical } from "../value/canonical.ts";
import { instantText } from "../value/instant.ts";
import type { ExecutionEvent, PassedStep, Resolution, Settled, Started } from "./events.ts";

/** What a record says beside its event. */
export interface RecordFrame {
  readonly atMs: number;
  /** Digest of the line before; absent at revision 1. */
  readonly prev: string | undefined;
  readonly revision: number;
}

export const logFormat = "omnibase-log/1";

/**
 * One record: canonical JSON (RFC 8785), keys written in order by hand, because this is the hottest text of the house.
 * Values are canonicalised here and nowhere else. The bytes are the record: nobody serialises it again.
 */
export function recordLine(event: ExecutionEvent, { atMs, prev, revision }: RecordFrame): string {
  const before = prev === undefined ? "null" : `"${prev}"`;
  return `{"at":"${instantText(atMs)}","body":${bodyOf(event)},"prev":${before},"revision":${String(revision)},"type":"${event.type}"}`;
}

/** The record of an operation on a store of our own. The adapter writes it inside the transaction that computes it. */
export const settledLine = (settled: Omit<Settled, "type">, prev: string, revision: number): string =>
  recordLine({ type: "Settled", ...settled }, { atMs: settled.atMs, prev, revision });

const text = (value: string): string => JSON.stringify(value);

function bodyOf(event: ExecutionEvent): string {
  switch (event.type) {
    case "Settled":
      return `{"attempt":${String(event.attempt)},"outcome":${text(event.outcome)},"place":${text(event.place)},"value":${canonical(event.value)}}`;
    case "Passed":
      return `{"steps":[${stepsText(event.steps)}]}`;
    case "Started":
      return (
        `{"engine":${text(event.engine)},"execution":${text(event.execution)},"format":"${logFormat}",` +
        `"input":${canonical(event.input)},${isolationText(event)}${parentText(event)}"principal":${text(event.principal)},` +
        `"snapshot":${text(event.snapshot)},` +
        `"tenant":${text(event.tenant)},"workflow":${text(event.workflow)}}`
      );
    case "Completed":
      return (
        `{"class":"${event.class}","emitted":${canonical(event.emitted)},"exit":${text(event.exit)},` +
        `"outcome":${text(event.outcome)},"outputs":${canonical(event.outputs)}}`
      );
    case "AttemptStarted":
    case "AttemptLost":
      return `{"attempt":${String(event.attempt)},"place":${text(event.place)}}`;
    case "AttemptFailed":
    case "CancelRequested":
    case "Cancelled":
    case "Imported":
    case "IncidentOpened":
    case "IncidentResolved":
    case "LateAnswer":
    case "Signalled":
    case "TaskSettled":
    case "TimerFired":
      return rareBodyOf(event);
  }
}

const isolationText = ({ isolation }: Started): string =>
  isolation === undefined ? "" : `"isolation":${canonical(isolation)},`;

const parentText = ({ parent }: Started): string =>
  parent === undefined ? "" : `"parent":{"execution":${text(parent.execution)},"place":${text(parent.place)}},`;

/** The longest text of all, so it is put together once. */
function stepsText(steps: readonly PassedStep[]): string {
  let line = "";
  for (const step of steps) line += line === "" ? stepText(step) : `,${stepText(step)}`;
  return line;
}

export const stepText = ({ place, outcome, value, digest }: PassedStep): string =>
  digest === undefined
    ? `{"outcome":${text(outcome)},"place":${text(place)}${value === undefined ? "" : `,"value":${canonical(value)}`}}`
    : `{"digest":${text(digest)},"outcome":${text(outcome)},"place":${text(place)}}`;

type Rare = Exclude<
  ExecutionEvent,
  { readonly type: "Settled" | "Passed" | "Started" | "Completed" | "AttemptStarted" | "AttemptLost" }
>;

/** What happens seldom goes through the generic canonicaliser. */
function rareBodyOf(event: Rare): string {
  switch (event.type) {
    case "Imported":
      return canonical({ digest: event.digest, file: event.file, store: event.store });
    case "AttemptFailed": {
      const { attempt, certainty, place } = event;
      const failure = { code: event.failure.code, message: event.failure.message };
      const retry = event.retryAtMs === undefined ? {} : { retry_at: instantText(event.retryAtMs) };
      return canonical({ attempt, certainty, failure, place, ...retry });
    }
    case "LateAnswer":
      return canonical({ answer: event.answer, attempt: event.attempt, place: event.place });
    case "TimerFired":
      return canonical({ place: event.place });
    case "Signalled":
      return canonical({ by: event.by, id: event.id, name: event.name, value: event.value });
    case "TaskSettled":
      return canonical({ by: event.by, outcome: event.outcome, place: event.place, value: event.value });
    case "IncidentOpened":
      return canonical({ attempt: event.attempt, code: event.code, detail: event.detail, place: event.place });
    case "IncidentResolved":
      return canonical({ by: event.by, place: event.place, ...resolutionOf(event.resolution) });
    case "CancelRequested":
      return canonical({ by: event.by, deadline: instantText(event.deadlineMs), reason: event.reason });
    case "Cancelled":
      return canonical({ reason: event.reason });
  }
}

function resolutionOf(resolution: Resolution): { readonly [name: string]: string | Settled["value"] } {
  if (resolution.kind !== "done") return { resolution: resolution.kind };
  return { outcome: resolution.outcome, resolution: "done", value: resolution.value };
}
