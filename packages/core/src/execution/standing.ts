import { edgesOf, targetsOf } from "../graph/graph.ts";
import type { CallPlace, Edge, Graph, PlaceName } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionEvent, Settled } from "./events.ts";
import { callAt, isOnce, leadsFrom, saidBy } from "./law.ts";
import { inputMissing } from "./move.ts";
import { ownerOf, placeOf, roundOf } from "./position.ts";
import { cancelTimer } from "./state.ts";

/**
 * Where tokens may be, as the log alone tells. What a person says of an effect leaves two ways open; what a map or a loop
 * came to is not written down, so all its ways are open for as long as it may stand.
 */
interface Standing {
  readonly graph: Graph;
  readonly positions: Set<string>;
  /** What was said; whoever waited for it may have gone on. */
  readonly said: Set<string>;
}

const begin = (graph: Graph): Standing => ({ graph, positions: new Set([graph.start]), said: new Set() });

/** Whether every fact speaks of a position where a token may be. */
export function followsEdges(log: readonly ExecutionEvent[], graph: Graph): boolean {
  const standing = begin(graph);
  return log.every((event) => follows(standing, event));
}

/** Judged only where the log alone tells where every token is. */
export function waitsWhereTokensMeet(log: readonly ExecutionEvent[], graph: Graph): boolean {
  if (log.some(({ type }) => type === "Signalled" || type === "IncidentResolved")) return true;
  if (Object.values(graph.places).some((place) => place.kind === "call" && isIterating(place))) return true;
  const before = joinsOf(graph);
  if (before.size === 0) return true;
  const standing = begin(graph);
  const facts = log.flatMap((event): readonly ExecutionEvent[] =>
    event.type === "Passed" ? event.steps.map((step) => ({ ...event, steps: [step] })) : [event],
  );
  return facts.every((event) => {
    const isEarly = placesIn(event).some((position) => {
      const sources = before.get(placeOf(position));
      return sources !== undefined && [...standing.positions].some((other) => mayCome(graph, sources, position, other));
    });
    return !isEarly && follows(standing, event);
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
  if (place === undefined || other === position) return false;
  return sources.has(placeOf(other)) && roundOf(other) === roundOf(position);
}

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

function follows(standing: Standing, event: ExecutionEvent): boolean {
  const { graph } = standing;
  switch (event.type) {
    case "Started":
    case "Imported":
    case "CancelRequested":
    case "Cancelled":
      return true;
    case "LateAnswer":
      return callAt(graph, event.place) !== undefined;
    case "Signalled":
      standing.said.add(event.name);
      return true;
    case "Completed":
      return stands(standing, event.exit);
    case "Passed":
      return event.steps.every(({ outcome, place }) => leaves(standing, place, outcome));
    case "Settled":
      return leaves(standing, event.place, decidedIn(graph, event));
    case "TaskSettled":
      return leaves(standing, event.place, event.outcome);
    case "TimerFired":
      return event.place === cancelTimer || fires(standing, event.place);
    case "AttemptStarted":
    case "AttemptLost":
    case "IncidentOpened":
      return stands(standing, event.place);
    case "AttemptFailed": {
      const { certainty, place, retryAtMs } = event;
      const stays = retryAtMs !== undefined || (certainty === "unknown" && isOnce(graph, place));
      return stays || !leadsFrom(graph, place, "FAILED") ? stands(standing, place) : leaves(standing, place, "FAILED");
    }
    case "IncidentResolved": {
      const { place, resolution } = event;
      if (resolution.kind === "done") return leaves(standing, place, resolution.outcome);
      const isThere = stands(standing, place);
      return resolution.kind === "retry" ? isThere : isThere && mayFail(standing, place);
    }
  }
}

/** A record keeps what was answered; where a field of it decides, the way is read off the field. */
function decidedIn(graph: Graph, { outcome, place, value }: Settled): string {
  const when = callAt(graph, place)?.when;
  return outcome === "SUCCESS" && when !== undefined ? saidBy(when, value) : outcome;
}

/** Whether it was tried again or given up the log does not say. */
function mayFail(standing: Standing, position: string): true {
  const place = callAt(standing.graph, position);
  const edge = place && ownValue(place.edges, "FAILED");
  const targets = place === undefined || edge === undefined ? [] : targetsOf(standing.graph, place, edge);
  for (const to of targets) standing.positions.add(inRoundOf(position, to));
  return true;
}

function fires(standing: Standing, position: string): boolean {
  const work = callAt(standing.graph, position)?.work;
  if (work?.kind === "wait") return leaves(standing, position, work.signal === undefined ? "ELAPSED" : "TIMED_OUT");
  if (work?.kind === "task") return leaves(standing, position, "TIMED_OUT");
  return stands(standing, position);
}

function leaves(standing: Standing, position: string, outcome: string): boolean {
  const { graph, positions } = standing;
  const place = callAt(graph, position);
  const edge = outcome === inputMissing ? place?.missing : ownValue(place?.edges ?? {}, outcome);
  if (!stands(standing, position) || place === undefined || edge === undefined) return false;
  positions.delete(position);
  for (const to of targetsOf(graph, place, edge)) positions.add(inRoundOf(position, to));
  if (place.undo?.on.includes(outcome) === true) positions.add(inRoundOf(position, place.undo.place));
  return true;
}

/** A token stands where one was led, at the first place of a round, and wherever one came without a word. */
const stands = (standing: Standing, position: string): boolean =>
  standing.positions.has(position) || beginsRound(standing, position) || cameSilently(standing, position);

function beginsRound(standing: Standing, position: string): boolean {
  const round = roundOf(position);
  if (round === "") return false;
  const { owner } = ownerOf(round);
  const place = callAt(standing.graph, owner);
  return place !== undefined && isIterating(place) && isBodyOf(place, position) && stands(standing, owner);
}

const isBodyOf = ({ work }: CallPlace, position: string): boolean =>
  (work.kind === "map" || work.kind === "loop") && work.body === placeOf(position);

/** What a map or a loop comes to is not written down, nor is who heard what was said. */
function cameSilently(standing: Standing, position: string): boolean {
  const { graph, said } = standing;
  const target = placeOf(position);
  return Object.entries(graph.places).some(([name, place]) => {
    if (place.kind === "exit") return false;
    const ways = isIterating(place) ? Object.values(place.edges) : heardAt(place, said);
    const leads = ways.some((edge) => targetsOf(graph, place, edge).includes(target));
    return leads && stands(standing, inRoundOf(position, name));
  });
}

function heardAt({ edges, work }: CallPlace, said: ReadonlySet<string>): readonly Edge[] {
  const received = edges["RECEIVED"];
  const isHeard = work.kind === "wait" && work.signal !== undefined && said.has(work.signal);
  return isHeard && received !== undefined ? [received] : [];
}

const isIterating = ({ work }: CallPlace): boolean => work.kind === "map" || work.kind === "loop";

/** A place as it is called in the round of a position. */
function inRoundOf(position: string, place: PlaceName): string {
  const round = roundOf(position);
  return `${round}${place.slice(placeOf(round).length)}`;
}
