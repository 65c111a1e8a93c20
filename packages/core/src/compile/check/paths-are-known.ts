import { pathsOf } from "../../artifact/expression.ts";
import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import { isUnknown, type ScopeView } from "../view.ts";

/** Every path leads to something that is declared. What is silently absent at run time is found here. */
export const pathsAreKnown = ({ sites }: ScopeView): readonly Problem[] =>
  sites.flatMap(({ expression, lookup }) =>
    pathsOf(expression).flatMap((path) => {
      const found = lookup(path);
      return isUnknown(found) ? [problemAt(path.spot, found.code, found.message, hintOf(found.hint))] : [];
    }),
  );

const hintOf = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });
