import { problemAt } from "../../artifact/spot.ts";
import { reachableFrom } from "../../graph/paths.ts";
import type { Tokens } from "../../graph/tokens.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { ScopeView } from "../view.ts";

/** Who waits for several tokens means that several come. Of one to which none comes others tell. */
export function joinsHaveForks({ flow, joins, names, spots }: ScopeView, tokens: Tokens): readonly Problem[] {
  const reachable = reachableFrom(flow.start, flow);
  return [...joins].flatMap((join) => {
    if (!reachable.has(join) || tokens.waits(join)) return [];
    const message = `no two tokens ever come to ${present(names[join])}`;
    return [problemAt(present(spots[join]), "JOIN_WITHOUT_FORK", message)];
  });
}
