import { problemAt } from "../../artifact/spot.ts";
import type { Problem } from "../../value/problem.ts";
import type { Linked } from "../linked.ts";

/** Who knocks at a route comes to one door. */
export function routesAreApart({ doors }: Linked): readonly Problem[] {
  const owners = new Map<string, string>();
  return doors.flatMap(({ ingress: { identity, method, path } }) => {
    const route = `${method.value} ${path.value}`;
    const owner = owners.get(route);
    owners.set(route, owner ?? identity);
    return owner === undefined ? [] : [problemAt(path.spot, "ROUTE_DUPLICATE", `${route} leads to ${owner} already`)];
  });
}
