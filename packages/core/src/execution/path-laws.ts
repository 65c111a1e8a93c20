import type { Graph } from "../graph/graph.ts";
import { isPure } from "../graph/graph.ts";
import type { ExecutionEvent, Passed } from "./events.ts";
import { isGiven, isTerminal } from "./events.ts";
import { callAt, endsAttempt, settledIn } from "./law.ts";
import type { Law } from "./law.ts";
import { inputMissing } from "./move.ts";
import { followsEdges, waitsWhereTokensMeet } from "./standing.ts";

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
  { name: "every place follows from one before by an edge of the graph", holds: followsEdges },
  { name: "where tokens meet, nothing happens until no other can come", holds: waitsWhereTokensMeet },
  {
    name: "work is settled once at each position",
    holds: (log) => {
      const settled = log.flatMap(settledIn);
      return new Set(settled).size === settled.length;
    },
  },
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
  if (call === undefined) return false;
  return isPure(call.work) || outcome === inputMissing || passing[call.work.kind]?.includes(outcome) === true;
}

/** What is over before it has begun: nothing to wait for, nothing to go through. */
const passing: { readonly [kind: string]: readonly string[] | undefined } = {
  wait: ["RECEIVED", "VIOLATION"],
  map: ["SUCCESS", "VIOLATION"],
};

function mayEnd(graph: Graph, { place, type }: Extract<ExecutionEvent, { readonly place: string }>): boolean {
  const kind = callAt(graph, place)?.work.kind;
  if (kind === "effect") return true;
  return type === "Settled" ? kind === "operate" || kind === "child" : type === "AttemptFailed" && kind === "child";
}
