import type { ExitPlace } from "../graph/graph.ts";
import type { JsonObject } from "../value/json.ts";
import { admit } from "./admit.ts";

/**
 * What keeps an exit from emitting its event: the schema promises more than types, and whoever asks for past events relies
 * on it. Every field that is wrong is named.
 */
export function emissionProblem({ emit = "", event }: ExitPlace, outputs: JsonObject): string | undefined {
  const wrong = event === undefined ? [] : admit(event, outputs).nack;
  return wrong.length === 0 ? undefined : `${emit}: ${wrong.map(({ message }) => message).join("; ")}`;
}
