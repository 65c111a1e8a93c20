import { identityOf } from "../../artifact/fqdn.ts";
import type { Compiled } from "../../compile/compiled.ts";
import { placeOf } from "../../execution/position.ts";
import type { Graph, Place } from "../../graph/graph.ts";
import { isObject, type Json } from "../../value/json.ts";
import { pointerOf } from "../../value/located-value.ts";
import { ownValue } from "../../value/present.ts";
import type { Declared } from "./finding.ts";

/** Where something was declared: which artifact, and where in it, as a JSON pointer. */
export interface Source {
  readonly artifact: string;
  readonly path: string;
}

type Sealed = Pick<Compiled, "objects" | "graphs">;

/** What the artifacts of the library are called: they are not the project's to change. */
const libraryNamespace = "std::";

/** Finds in a snapshot what its author wrote. Nothing where the snapshot has no such workflow. */
export function sourceOf({ graphs, objects }: Sealed, workflow: string, declared: Declared): Source | undefined {
  const graph = ownValue(graphs, workflow);
  if (graph === undefined) return undefined;
  const [artifact, keys] = meant({ graph, objects }, declared);
  const content = ownValue(objects, artifact);
  return content === undefined ? undefined : { artifact, path: pointerOf(presentIn(content, keys)) };
}

interface Seen {
  readonly graph: Graph;
  readonly objects: Compiled["objects"];
}

type Meant = readonly [artifact: string, keys: readonly (string | number)[]];

function meant(seen: Seen, declared: Declared): Meant {
  switch (declared.of) {
    case "workflow":
      return [seen.graph.workflow, numbered(declared.keys)];
    case "node":
      return inNode(seen, declared.position, declared.keys);
    case "step":
      return inStep(seen, declared.position, declared.keys);
    case "intent":
      return [codeAt(seen, declared.position), ["core", "inputs", declared.field]];
    case "code":
      return codeOf(seen, declared.position);
    case "binding":
      return bindingOf(seen, declared.position);
    case "event":
      return eventOf(seen, declared.position);
  }
}

/** In a list a key is an index. */
const numbered = (keys: readonly string[]): readonly (string | number)[] =>
  keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));

const placeAt = ({ graph }: Seen, position: string): Place | undefined => ownValue(graph.places, placeOf(position));

/** The node that the author of the workflow wrote, in whatever contract or round of it something happened. */
function inNode({ graph }: Seen, position: string, keys: readonly string[]): Meant {
  const [node = ""] = placeOf(position).split("/");
  return [graph.workflow, ["core", "nodes", node, ...keys]];
}

/** The step of a contract; a node that has none is meant itself. */
function inStep(seen: Seen, position: string, keys: readonly string[]): Meant {
  const { graph, objects } = seen;
  const place = placeAt(seen, position);
  const scope = place?.kind === "call" ? (place.scope ?? "") : "";
  const code = ownValue(graph.scopes, scope)?.code;
  if (code === undefined) return inNode(seen, position, keys);
  const [name, ...more] = placeOf(position)
    .slice(scope.length + 1)
    .split("/");
  const pipeline = valueAt(ownValue(objects, code), ["core", "pipeline"]);
  const index = Array.isArray(pipeline) ? pipeline.findIndex((step) => valueAt(step, ["step"]) === name) : 0;
  return [code, ["core", "pipeline", index, ...more, ...keys]];
}

/** What a node names as its code: an intent, in the namespace of the workflow unless it says another. */
function codeAt({ graph, objects }: Seen, position: string): string {
  const code = valueAt(ownValue(objects, graph.workflow), ["core", "nodes", position, "code"]);
  return typeof code === "string" ? near(graph.workflow, code) : "";
}

const near = (workflow: string, code: string): string =>
  code.includes("::") ? code : identityOf(workflow.slice(0, workflow.indexOf("::")), code);

/** A transform of the project; where it is the library's, the step that gives it what it works on. */
function codeOf(seen: Seen, position: string): Meant {
  const place = placeAt(seen, position);
  const capability = place?.kind === "call" && place.work.kind === "transform" ? place.work.capability : "";
  const isOurs = capability !== "" && !capability.startsWith(libraryNamespace);
  return isOurs ? [capability, ["implementation"]] : inStep(seen, position, ["inputs"]);
}

/** How the workflow binds the capability; a step that no binding concerns is meant itself. */
function bindingOf(seen: Seen, position: string): Meant {
  const { graph, objects } = seen;
  const place = placeAt(seen, position);
  const bound = valueAt(ownValue(objects, graph.workflow), ["runtime_binding"]);
  if (typeof bound !== "string" || place?.kind !== "call" || place.work.kind !== "effect") {
    return inStep(seen, position, []);
  }
  return [near(graph.workflow, bound), ["core", "bindings", place.work.capability, "policy"]];
}

function eventOf(seen: Seen, position: string): Meant {
  const place = placeAt(seen, position);
  const emit = place?.kind === "exit" ? place.emit : undefined;
  return emit === undefined ? inNode(seen, position, []) : [emit, ["core", "schema"]];
}

function valueAt(value: Json | undefined, keys: readonly (string | number)[]): Json | undefined {
  let at = value;
  for (const key of keys) at = inside(at, key);
  return at;
}

function inside(value: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return value !== undefined && isObject(value) ? ownValue(value, String(key)) : undefined;
}

/** As far as the author wrote it. */
function presentIn(content: Json, keys: readonly (string | number)[]): readonly (string | number)[] {
  const end = keys.findIndex((_, index) => valueAt(content, keys.slice(0, index + 1)) === undefined);
  return end < 0 ? keys : keys.slice(0, end);
}
