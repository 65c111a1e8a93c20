import type { Graph } from "../graph/graph.ts";
import { isObject, type Json } from "../value/json.ts";
import { secretNamesIn } from "../value/secret-reference.ts";
import type { Authority } from "./compiled.ts";

/** The secrets that handlers will be asked to use: those that the sealed configurations of the graphs refer to. */
export function secretsOf(graphs: readonly Graph[]): Pick<Authority, "secrets"> {
  const works = graphs.flatMap(({ places }) =>
    Object.values(places).flatMap((place) =>
      place.kind === "call" && place.work.kind === "effect" ? [place.work] : [],
    ),
  );
  const names = new Set(works.flatMap(({ configuration }) => textsIn(configuration)).flatMap(secretNamesIn));
  return names.size === 0 ? {} : { secrets: [...names].toSorted() };
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
