import { problemAt } from "../../artifact/spot.ts";
import type { Tokens } from "../../graph/tokens.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { ScopeView } from "../view.ts";

/** Who waits for several tokens means that several come. */
export const joinsHaveForks = ({ joins, names, spots }: ScopeView, tokens: Tokens): readonly Problem[] =>
  [...joins].flatMap((join) => {
    if (tokens.waits(join)) return [];
    const message = `no two tokens ever come to ${present(names[join])}`;
    return [problemAt(present(spots[join]), "JOIN_WITHOUT_FORK", message)];
  });
