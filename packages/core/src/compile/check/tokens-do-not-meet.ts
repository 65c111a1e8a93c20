import { problemAt } from "../../artifact/spot.ts";
import { reachableFrom } from "../../graph/paths.ts";
import { backwards, type Tokens } from "../../graph/tokens.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { ScopeView } from "../view.ts";

/** Where a second token can come, the node waits for it; else it would be done twice. Told where they meet first. */
export function tokensDoNotMeet(view: ScopeView, tokens: Tokens): readonly Problem[] {
  const { names, spots } = view;
  const met = meetingIn(view, tokens);
  const back = backwards(view.flow);
  return [...met].flatMap(([at, other]) => {
    if (present(back.edges[at]).some(({ to }) => met.has(to))) return [];
    const message = `a second token can come to ${present(names[at])}, from ${present(names[other])}`;
    return [problemAt(present(spots[at]), "TOKENS_MEET", message)];
  });
}

/** Places to which a second token can come, each with where that may be while the first one is there. */
export function meetingIn({ ends, flow, joins }: ScopeView, tokens: Tokens): ReadonlyMap<number, number> {
  const back = backwards(flow);
  const met = [...flow.edges.keys()].flatMap((at): readonly (readonly [number, number])[] => {
    if (joins.has(at) || ends.has(at)) return [];
    const beside = tokens.beside(at);
    const leading = beside.length === 0 ? new Set<number>() : reachableFrom(at, back);
    const other = beside.find((one) => leading.has(one));
    return other === undefined ? [] : [[at, other]];
  });
  return new Map(met);
}
