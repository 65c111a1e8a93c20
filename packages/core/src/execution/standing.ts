import { edgesOf, targetsOf } from "../graph/graph.ts";
import type { CallPlace, Graph, PlaceName } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionEvent, Settled } from "./events.ts";
import { callAt, isOnce, leadsFrom, saidBy } from "./law.ts";
import { inputMissing } from "./move.ts";
import { placeOf } from "./position.ts";
import { cancelTimer } from "./state.ts";

/**
 * Where tokens may be, as the log alone tells. What a person says of an effect leaves two ways open; what a map or a loop
 * came to is not written down, so all its ways are open for as long as it may stand.
 */
type Standing = Set<string>;

const begin = (graph: Graph): Standing => {
  const positions = new Set<string>();
  add(graph, positions, [graph.start]);
  return positions;
};

/** Whether every fact speaks of a position where a token may be. */
export function followsEdges(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const positions = begin(graph);
  return log.every((event) => follows(graph, positions, event));
}

/** Judged only where the log alone tells where every token is. */
export function waitsWhereTokensMeet(log: readonly ExecutionEvent[], graph: Graph): boolean {
  if (log.some(({ type }) => type === "Signalled" || type === "IncidentResolved")) return true;
  const before = joinsOf(graph);
  if (before.size === 0) return true;
  const positions = begin(graph);
  const facts = log.flatMap((event): readonly ExecutionEvent[] =>
    event.type === "Passed" ? event.steps.map((step) => ({ ...event, steps: [step] })) : [event],
  );
  return facts.every((event) => {
    const isEarly = placesIn(event).some((position) => {
      const sources = before.get(placeOf(position));
      return sources !== undefined && [...positions].some((other) => mayCome(graph, sources, position, other));
    });
    return !isEarly && follows(graph, positions, event);
  });
}

/** What a fact speaks of. Evidence that comes late tells nothing of where anyone is. */
function placesIn(event: ExecutionEvent): readonly string[] {
  if (event.type === "Passed") return event.steps.map(({ place }) => place);
  if (event.type === "Completed") return [event.exit];
  return "place" in event && event.type !== "LateAnswer" ? [event.place] : [];
}

/** Whether someone who stands elsewhere in the same round may still come. */
function mayCome(graph: Graph, sources: ReadonlySet<PlaceName>, position: string, other: string): boolean {
  const place = callAt(graph, other);
  if (place === undefined || isIterating(place) || other === position) return false;
  return sources.has(placeOf(other)) && roundOf(other) === roundOf(position);
}

const roundOf = (position: string): string => position.slice(0, position.lastIndexOf("]") + 1);

/** From where each place can be reached at which tokens meet. */
function joinsOf(graph: Graph): ReadonlyMap<PlaceName, ReadonlySet<PlaceName>> {
  const joins = Object.entries(graph.places).filter(([, { join }]) => join !== undefined);
  return new Map(joins.map(([name]) => [name, sourcesOf(graph, name)]));
}

function sourcesOf(graph: Graph, target: PlaceName): ReadonlySet<PlaceName> {
  const found = new Set<PlaceName>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [name, place] of Object.entries(graph.places)) {
      if (place.kind === "exit") continue;
      const next = edgesOf(place).flatMap((edge) => targetsOf(graph, place, edge));
      if (next.some((to) => to === target || found.has(to))) found.add(name);
    }
  }
  return found;
}

function follows(graph: Graph, positions: Standing, event: ExecutionEvent): boolean {
  switch (event.type) {
    case "Started":
    case "Imported":
    case "CancelRequested":
    case "Cancelled":
      return true;
    case "LateAnswer":
      return callAt(graph, event.place) !== undefined;
    case "Signalled":
      for (const position of [...positions].filter((at) => isWaitingFor(graph, at, event.name))) {
        add(graph, positions, targetsFrom(graph, position, "RECEIVED"));
      }
      return true;
    case "Completed":
      return stands(graph, positions, event.exit);
    case "Passed":
      return event.steps.every(({ outcome, place }) => leaves(graph, positions, place, outcome));
    case "Settled":
      return leaves(graph, positions, event.place, decidedIn(graph, event));
    case "TaskSettled":
      return leaves(graph, positions, event.place, event.outcome);
    case "TimerFired":
      return event.place === cancelTimer || fires(graph, positions, event.place);
    case "AttemptStarted":
    case "AttemptLost":
    case "IncidentOpened":
      return stands(graph, positions, event.place);
    case "AttemptFailed": {
      const { certainty, place, retryAtMs } = event;
      const stays = retryAtMs !== undefined || (certainty === "unknown" && isOnce(graph, place));
      return stays || !leadsFrom(graph, place, "FAILED")
        ? stands(graph, positions, place)
        : leaves(graph, positions, place, "FAILED");
    }
    case "IncidentResolved": {
      const { place, resolution } = event;
      if (resolution.kind === "done") return leaves(graph, positions, place, resolution.outcome);
      const isThere = stands(graph, positions, place);
      if (resolution.kind === "not-done") add(graph, positions, targetsFrom(graph, place, "FAILED"));
      return isThere;
    }
  }
}

/** A record keeps what was answered; where a field of it decides, the way is read off the field. */
function decidedIn(graph: Graph, { outcome, place, value }: Settled): string {
  const when = callAt(graph, place)?.when;
  return outcome === "SUCCESS" && when !== undefined ? saidBy(when, value) : outcome;
}

function fires(graph: Graph, positions: Set<string>, position: string): boolean {
  const work = callAt(graph, position)?.work;
  if (work?.kind === "wait")
    return leaves(graph, positions, position, work.signal === undefined ? "ELAPSED" : "TIMED_OUT");
  if (work?.kind === "task") return leaves(graph, positions, position, "TIMED_OUT");
  return stands(graph, positions, position);
}

function leaves(graph: Graph, positions: Set<string>, position: string, outcome: string): boolean {
  if (!stands(graph, positions, position)) return false;
  positions.delete(position);
  const place = callAt(graph, position);
  const edge = outcome === inputMissing ? place?.missing : ownValue(place?.edges ?? {}, outcome);
  if (place === undefined || edge === undefined) return false;
  add(graph, positions, targetsFrom(graph, position, outcome));
  if (place.undo?.on.includes(outcome) === true) add(graph, positions, [inRoundOf(position, place.undo.place)]);
  return true;
}

/** A token stands at the first place of a round when one may stand at its map or loop. */
function stands(graph: Graph, positions: ReadonlySet<string>, position: string): boolean {
  if (positions.has(position)) return true;
  const owner = /^(.*)\[\d+\]\/[^[\]]+$/.exec(position)?.[1];
  const work = owner === undefined || !positions.has(owner) ? undefined : callAt(graph, owner)?.work;
  return (work?.kind === "map" || work?.kind === "loop") && work.body === placeOf(position);
}

/** Of a map or a loop, all that may follow is added with it. */
function add(graph: Graph, positions: Set<string>, all: readonly string[]): void {
  const open = [...all];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    if (positions.has(position)) continue;
    positions.add(position);
    const place = callAt(graph, position);
    if (place === undefined || !isIterating(place)) continue;
    for (const outcome of Object.keys(place.edges)) open.push(...targetsFrom(graph, position, outcome));
  }
}

const isIterating = ({ work }: CallPlace): boolean => work.kind === "map" || work.kind === "loop";

function targetsFrom(graph: Graph, position: string, outcome: string): readonly string[] {
  const place = callAt(graph, position);
  if (place === undefined) return [];
  const edge = outcome === inputMissing ? place.missing : ownValue(place.edges, outcome);
  return edge === undefined ? [] : targetsOf(graph, place, edge).map((to) => inRoundOf(position, to));
}

/** A place as it is called in the round of a position: both share what comes before their last slash. */
function inRoundOf(position: string, place: PlaceName): string {
  const round = position.lastIndexOf("]");
  return round < 0
    ? place
    : `${position.slice(0, round + 1)}${place.slice(placeOf(position.slice(0, round + 1)).length)}`;
}

const isWaitingFor = (graph: Graph, position: string, name: string): boolean => {
  const work = callAt(graph, position)?.work;
  return work?.kind === "wait" && work.signal === name;
};
