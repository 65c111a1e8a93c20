import type { CallPlace, Edge, Graph, OutcomeName, Place, PlaceName, ScopeName } from "../graph/graph.ts";
import { inputMissing } from "../execution/move.ts";
import { programOf } from "../execution/program.ts";
import { exitBy } from "../graph/graph.ts";
import { ownValue, present } from "../value/present.ts";
import { detailOf, groupDetailOf, titleOf } from "./picture-words.ts";
import { passesOf, untold } from "./picture-states.ts";
import type { Passes, PictureState } from "./picture-states.ts";
import type { Walk } from "./walk.ts";

/** A graph as it is drawn: boxes, the groups that they stand in, and the ways between them. It knows no sizes. */
export interface Picture {
  readonly workflow: string;
  readonly nodes: readonly PictureNode[];
  readonly groups: readonly PictureGroup[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureNode {
  /** The name of the place, or of the contract that is shown closed. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  /** What is done there. */
  readonly detail: string;
  /** What happened there: how often, how long, until when. */
  readonly note: string;
  readonly group?: string;
  /** The exits that it names, in place of lines to them. */
  readonly names?: readonly PlaceName[];
  readonly state: PictureState;
}

/**
 * `start`: where it begins. `contract`: a closed one. `way`: how an open group is left. `reference`: names an exit that is
 * drawn elsewhere. Others are work, and exits.
 */
export type NodeKind = "start" | "contract" | "way" | "reference" | "exit" | CallPlace["work"]["kind"];

/** A contract or the rounds of a map or loop, open. */
export interface PictureGroup {
  readonly id: ScopeName;
  readonly title: string;
  readonly detail: string;
  readonly parent?: ScopeName;
  readonly state: PictureState;
}

/** `way`: by outcomes. `round`: from a map or loop to the first place of its rounds. `undo`: to what undoes a place. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "start" | "way" | "round" | "undo";
  /** The outcomes that lead there; empty where there is but one way. */
  readonly outcomes: readonly OutcomeName[];
  readonly isTaken: boolean;
  /** Whether it is what is expected: the outcome that was declared first. */
  readonly isUsual: boolean;
}

export interface PictureSource {
  readonly graph: Graph;
  /** Absent: nothing was executed yet. */
  readonly walk?: Walk;
  /** Which groups are open. `path`: all of a small graph, and of a large one those that the path went through. */
  readonly open?: "all" | "none" | "path";
}

/** Places that are legible at once; where there are more, contracts are closed that nobody went through. */
const placesOpenMax = 40;

export function pictureOf({ graph, open = "path", walk }: PictureSource): Picture {
  const passes = walk === undefined ? untold : passesOf(graph, walk);
  const isOpen = openIn(graph, passes, open);
  const drawing: Drawing = { graph, passes, isOpen, nodes: new Map(), edges: new Map(), ways: new Map() };
  drawStart(drawing);
  // From the start on, so that what comes first is drawn first; whatever nothing leads to is drawn all the same.
  const names = new Set([...programOf(graph).steps.keys(), ...Object.keys(graph.places)]);
  for (const name of names) drawPlace(drawing, name);
  for (const [id, way] of drawing.ways) drawWay(drawing, id, way);
  const groups = Object.keys(graph.scopes).filter((name) => isShown(drawing, name));
  return {
    workflow: graph.workflow,
    nodes: [...drawing.nodes.values()],
    groups: groups.map((name) => groupOf(drawing, name)),
    edges: [...drawing.edges.values()].map((edge) => withoutEcho(drawing, edge)),
  };
}

/** A step that leaves its contract with its own outcome need not say it twice. */
function withoutEcho({ nodes }: Drawing, edge: PictureEdge): PictureEdge {
  const to = nodes.get(edge.to);
  const [only, ...others] = edge.outcomes;
  return to?.kind === "way" && to.title === only && others.length === 0 ? { ...edge, outcomes: [] } : edge;
}

interface Drawing {
  readonly graph: Graph;
  readonly passes: Passes;
  readonly isOpen: (scope: ScopeName) => boolean;
  readonly nodes: Map<string, PictureNode>;
  readonly edges: Map<string, PictureEdge>;
  /** How contracts and rounds are left. */
  readonly ways: Map<string, Way>;
}

/** The group that a group stands in: that of the map or loop whose rounds it holds. */
const parentOf = ({ places }: Graph, scope: ScopeName): ScopeName | undefined => scopeOf(ownValue(places, scope));

const scopeOf = (place: Place | undefined): ScopeName | undefined => (place?.kind === "call" ? place.scope : undefined);

/** From the innermost to the outermost. */
function groupsAround(graph: Graph, scope: ScopeName | undefined): readonly ScopeName[] {
  const around: ScopeName[] = [];
  for (let at = scope; at !== undefined; at = parentOf(graph, at)) around.push(at);
  return around;
}

function openIn(graph: Graph, { states }: Passes, open: "all" | "none" | "path"): Drawing["isOpen"] {
  if (open !== "path") return () => open === "all";
  if (Object.keys(graph.places).length <= placesOpenMax) return () => true;
  const visited = new Set([...states.keys()].flatMap((name) => groupsAround(graph, scopeOf(graph.places[name]))));
  return (scope) => visited.has(scope);
}

const isShown = ({ graph, isOpen }: Drawing, scope: ScopeName): boolean => groupsAround(graph, scope).every(isOpen);

/** Under which name a place is drawn: its own, or that of the outermost closed group around it. */
const shownAs = ({ graph, isOpen }: Drawing, name: PlaceName): string =>
  groupsAround(graph, scopeOf(graph.places[name])).findLast((scope) => !isOpen(scope)) ?? name;

/** How an open group is left. No place is called so. */
const wayId = (scope: ScopeName, way: OutcomeName): string => `${scope} ${way}`;

function drawStart(drawing: Drawing): void {
  const { graph, nodes, passes } = drawing;
  const state = passes.isTold ? "taken" : "idle";
  nodes.set("", { id: "", kind: "start", title: "", detail: "", note: "", state });
  link(drawing, { from: "", to: graph.start, kind: "start", outcomes: [], isTaken: passes.isTold, isUsual: true });
}

function drawPlace(drawing: Drawing, name: PlaceName): void {
  const { graph, nodes, passes } = drawing;
  const place = present(ownValue(graph.places, name));
  const id = shownAs(drawing, name);
  if (id === name) {
    const { note, state } = passes.at(name);
    const scope = scopeOf(place);
    const group = scope === undefined ? {} : { group: scope };
    const kind = place.kind === "exit" ? "exit" : place.work.kind;
    nodes.set(id, { id, kind, title: titleOf(name, place), detail: detailOf(place), note, ...group, state });
  } else if (!nodes.has(id) && ownValue(graph.places, id) === undefined) nodes.set(id, closed(drawing, id));
  if (place.kind === "call") drawEdges(drawing, name, place);
}

/** A contract in which nothing is shown; it stands in no other. The rounds of a map or a loop hide behind that. */
function closed({ graph, passes }: Drawing, scope: ScopeName): PictureNode {
  const inside = Object.keys(graph.places).filter((name) => scopeOf(graph.places[name]) === scope);
  const { note, state } = passes.among(inside);
  return { id: scope, kind: "contract", title: scope, detail: groupDetailOf(graph, scope), note, state };
}

function groupOf({ graph, passes }: Drawing, scope: ScopeName): PictureGroup {
  const inside = Object.keys(graph.places).filter((name) =>
    groupsAround(graph, scopeOf(graph.places[name])).includes(scope),
  );
  const parent = parentOf(graph, scope);
  const { state } = passes.among(inside);
  const where = parent === undefined ? {} : { parent };
  return { id: scope, title: scope, detail: groupDetailOf(graph, scope), ...where, state };
}

/** In the order in which the outcomes were declared: what is usual comes first. */
function drawEdges(drawing: Drawing, name: PlaceName, place: CallPlace): void {
  const { edges, missing, outcomes, undo, work } = place;
  for (const outcome of new Set([...outcomes, ...Object.keys(edges)])) {
    const edge = ownValue(edges, outcome);
    if (edge !== undefined) drawEdge(drawing, { name, place, outcome, isUsual: outcome === outcomes[0] }, edge);
  }
  if (missing !== undefined) drawEdge(drawing, { name, place, outcome: inputMissing, isUsual: false }, missing);
  const from = shownAs(drawing, name);
  const beside = (kind: "round" | "undo", to: PlaceName): void => {
    link(drawing, { from, to, kind, outcomes: [], isTaken: drawing.passes.states.has(to), isUsual: false });
  };
  if ("body" in work) beside("round", work.body);
  if (undo !== undefined) beside("undo", undo.place);
}

interface Leaving {
  readonly name: PlaceName;
  readonly place: CallPlace;
  readonly outcome: OutcomeName;
  readonly isUsual: boolean;
}

function drawEdge(drawing: Drawing, { isUsual, name, outcome, place }: Leaving, edge: Edge): void {
  if ("undone" in edge) return;
  const isTaken = drawing.passes.took(name, outcome);
  const from = shownAs(drawing, name);
  if ("to" in edge) {
    for (const to of [edge.to, ...(edge.also ?? [])]) {
      link(drawing, { from, to, kind: "way", outcomes: [outcome], isTaken, isUsual });
    }
    return;
  }
  const scope = present(place.scope);
  const { outcome: leaves = edge.leave } = present(exitBy(drawing.graph, place, edge));
  const id = wayId(scope, edge.leave);
  const known = drawing.ways.get(id);
  const way = { isTaken: isTaken || known?.isTaken === true, isUsual: isUsual || known?.isUsual === true };
  drawing.ways.set(id, { scope, way: edge.leave, leaves, ...way });
  if (from === name) {
    link(drawing, { from, to: id, kind: "way", outcomes: [outcome], isTaken, isUsual });
  }
}

interface Way {
  readonly scope: ScopeName;
  readonly way: OutcomeName;
  readonly leaves: OutcomeName;
  readonly isTaken: boolean;
  readonly isUsual: boolean;
}

/** Many steps may leave a contract in one way, and then one line leads on from it. */
function drawWay(drawing: Drawing, id: string, { isTaken, isUsual, leaves, scope, way }: Way): void {
  const { graph, nodes } = drawing;
  const isOpen = isShown(drawing, scope);
  const state = isTaken ? "taken" : "idle";
  if (isOpen) nodes.set(id, { id, kind: "way", title: leaves, detail: "", note: "", group: scope, state });
  const exit = present(ownValue(present(ownValue(graph.scopes, scope)).exits, way));
  if ("back" in exit) return;
  const [from, outcomes] = isOpen ? [id, []] : [scope, [leaves]];
  for (const to of [exit.to, ...(exit.also ?? [])])
    link(drawing, { from, to, kind: "way", outcomes, isTaken, isUsual });
}

/** What leads from one box to another is one line; what was taken is never drawn with what was not. */
function link(drawing: Drawing, edge: PictureEdge): void {
  const { edges, graph } = drawing;
  const to = ownValue(graph.places, edge.to) === undefined ? edge.to : shownAs(drawing, edge.to);
  if (to === edge.from) return;
  const key = JSON.stringify([edge.from, to, edge.kind, edge.isTaken]);
  const known = edges.get(key)?.outcomes ?? [];
  const outcomes = [...known, ...edge.outcomes.filter((outcome) => !known.includes(outcome))];
  edges.set(key, { ...edge, to, outcomes });
}
