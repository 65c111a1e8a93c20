import type { ExitClass } from "../graph/graph.ts";
import { ownValue } from "../value/present.ts";

/** What the published engine says of an execution that ends so. */
export interface Ending {
  readonly class: ExitClass;
  readonly reason: string;
}

const endings: { readonly [status: string]: Ending } = {
  SUCCESS: { class: "completed", reason: "COMPLETED" },
  ACK: { class: "completed", reason: "COMPLETED" },
  ALREADY_EXISTS: { class: "failed", reason: "EXIT_ALREADY_EXISTS" },
  NOT_FOUND: { class: "failed", reason: "EXIT_NOT_FOUND" },
  VIOLATION: { class: "failed", reason: "EXIT_VIOLATION" },
  BACKEND_ERROR: { class: "failed", reason: "EXIT_BACKEND_ERROR" },
  NACK: { class: "rejected", reason: "EXIT_REJECTED" },
};

/** An exit that declares no class means what its reason and the status before it mean together. */
export function endingOf(reason: string | undefined, status: string): Ending {
  if (reason === "COMPLETED" || reason === "HTTP_200") return { class: "completed", reason: "COMPLETED" };
  if (reason?.startsWith("HTTP_") === true) return { class: "failed", reason: `EXIT_${reason}` };
  const said = ownValue(endings, status);
  if (reason !== "FAILED") return said ?? { class: "failed", reason: "GOVERNANCE_VIOLATION" };
  if (said === undefined) return { class: "failed", reason: "EXECUTION_ERROR" };
  return said.class === "completed" ? { class: "failed", reason: said.reason } : said;
}
