import { problemAt } from "../../artifact/spot.ts";
import { backwards, type Tokens } from "../../graph/tokens.ts";
import { present } from "../../value/present.ts";
import type { Problem } from "../../value/problem.ts";
import type { ScopeView } from "../view.ts";
import { meetingIn } from "./tokens-do-not-meet.ts";

/** An execution ends once. What follows from two tokens that meet is told where they meet. */
export function exitsEndAlone(view: ScopeView, tokens: Tokens): readonly Problem[] {
  const { ends, flow, names, spots } = view;
  const met = meetingIn(view, tokens);
  const back = backwards(flow);
  return [...ends].flatMap((end) => {
    const [other] = tokens.beside(end);
    if (other === undefined || present(back.edges[end]).some(({ to }) => met.has(to))) return [];
    const message = `${present(names[end])} can be reached while a token is at ${present(names[other])}`;
    return [problemAt(present(spots[end]), "EXIT_BESIDE_TOKEN", message)];
  });
}
