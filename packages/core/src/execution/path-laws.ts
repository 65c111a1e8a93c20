import type { Graph, PlaceName } from "../graph/graph.ts";
import { isPure, targetsOf } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionEvent, Passed, Settled } from "./events.ts";
import { isGiven, isTerminal } from "./events.ts";
import { inputMissing } from "./evolve.ts";
import { callAt, saidBy, effectAt, endsAttempt, isOnce, leadsFrom } from "./law.ts";
import type { Law } from "./law.ts";
import { cancelTimer } from "./state.ts";

/** Where a log begins and ends, and which way it goes. */
export const pathLaws: readonly Law[] = [
  {
    name: "a log starts with Started, and only once",
    holds: (log) => log.every(({ type }, index) => (type === "Started") === (index === 0)),
  },
  {
    name: "nothing follows a terminal event",
    holds: (log) => log.slice(0, -1).every((event) => !isTerminal(event)),
  },
  {
    name: "time never goes back",
    holds: (log) => {
      const times = log.filter(isGiven).map(({ atMs }) => atMs);
      return times.every((atMs, index) => atMs >= (times[index - 1] ?? atMs));
    },
  },
  { name: "every place follows from the one before by an edge of the graph", holds: followsEdges },
  {
    name: "pure work passes, and all other work is settled",
    holds: (log, graph) =>
      log.every((event) => {
        if (event.type === "Passed") return event.steps.every((step) => mayPass(graph, step));
        return !endsAttempt(event) || mayEnd(graph, event);
      }),
  },
  {
    name: "an execution completes as its exit declares",
    holds: (log, graph) =>
      log.every((event) => {
        if (event.type !== "Completed") return true;
        const exit = graph.places[event.exit];
        if (exit?.kind !== "exit" || exit.class !== event.class || exit.outcome !== event.outcome) return false;
        return event.emitted.join() === (exit.emit ?? "");
      }),
  },
];

function mayPass(graph: Graph, { outcome, place }: Passed["steps"][number]): boolean {
  const call = callAt(graph, place);
  return call !== undefined && (isPure(call.work) || outcome === inputMissing);
}

const mayEnd = (graph: Graph, { place, type }: Extract<ExecutionEvent, { readonly place: string }>): boolean =>
  effectAt(graph, place) !== undefined || (type === "Settled" && callAt(graph, place)?.work.kind === "operate");

/** Where the token may be. Only what a person says of an effect can leave two ways open. */
type Standing = ReadonlySet<PlaceName>;

function followsEdges(log: readonly ExecutionEvent[], graph: Graph): boolean {
  let standing: Standing = new Set([graph.start]);
  for (const event of log) {
    standing = after(graph, standing, event);
    if (standing.size === 0) return false;
  }
  return true;
}

/** Nowhere, if the event speaks of a place where the token cannot be. */
function after(graph: Graph, standing: Standing, event: ExecutionEvent): Standing {
  switch (event.type) {
    case "Started":
    case "Imported":
    case "CancelRequested":
    case "Cancelled":
      return standing;
    case "LateAnswer":
      return callAt(graph, event.place) === undefined ? new Set() : standing;
    case "TimerFired":
      return event.place === cancelTimer ? standing : only(standing, event.place);
    case "Completed":
      return only(standing, event.exit);
    case "Passed":
      return event.steps.reduce<Standing>(
        (at, { outcome, place }) => (at.has(place) ? targets(graph, place, outcome) : new Set()),
        standing,
      );
    case "Settled":
      return standing.has(event.place) ? targets(graph, event.place, decidedIn(graph, event)) : new Set();
    case "AttemptStarted":
    case "AttemptLost":
    case "IncidentOpened":
      return only(standing, event.place);
    case "AttemptFailed": {
      const { certainty, place, retryAtMs } = event;
      const stays = retryAtMs !== undefined || (certainty === "unknown" && isOnce(graph, place));
      return stays || !leadsFrom(graph, place, "FAILED")
        ? only(standing, place)
        : afterAll(graph, standing, place, "FAILED");
    }
    case "IncidentResolved": {
      const { place, resolution } = event;
      if (resolution.kind === "done") return afterAll(graph, standing, place, resolution.outcome);
      const here = only(standing, place);
      if (resolution.kind === "retry" || !leadsFrom(graph, place, "FAILED")) return here;
      return new Set([...here, ...afterAll(graph, standing, place, "FAILED")]);
    }
  }
}

/** A record keeps what was answered; where a field of it decides, the way is read off the field. */
const decidedIn = (graph: Graph, { outcome, place, value }: Settled): string => {
  const when = callAt(graph, place)?.when;
  return outcome === "SUCCESS" && when !== undefined ? saidBy(when, value) : outcome;
};

const only = (standing: Standing, place: PlaceName): Standing => new Set(standing.has(place) ? [place] : []);

const afterAll = (graph: Graph, standing: Standing, place: PlaceName, outcome: string): Standing =>
  standing.has(place) ? targets(graph, place, outcome) : new Set();

function targets(graph: Graph, name: PlaceName, outcome: string): Standing {
  const place = callAt(graph, name);
  if (place === undefined) return new Set();
  const edge = outcome === inputMissing ? place.missing : ownValue(place.edges, outcome);
  return new Set(edge === undefined ? [] : targetsOf(graph, place, edge));
}
