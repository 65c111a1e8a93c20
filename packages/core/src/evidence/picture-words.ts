import type { Graph, Place, PlaceName, ScopeName, WaitWork, Work } from "../graph/graph.ts";
import { printable } from "../value/display.ts";
import { ownValue, present } from "../value/present.ts";

/** What a place is called where its group is seen. */
export const titleOf = (name: PlaceName, place: Place): string => {
  const scope = place.kind === "call" ? place.scope : undefined;
  return shown(scope !== undefined && name.startsWith(`${scope}/`) ? name.slice(scope.length + 1) : name);
};

const charsMax = 48;
const shown = (text: string): string => printable(text, charsMax);

/** Codes are told apart by their names; in which namespace they lie the lists say. */
const codeIn = (identity: string): string => shown(identity.replace(/^.*::/, ""));

/** What is done at a place, in a few words. */
export function detailOf(place: Place): string {
  if (place.kind === "call") return workText(place.work);
  const undoes = place.undoes === true ? ", undoes" : "";
  return shown(`${place.class}${undoes} · ${place.outcome}`);
}

function workText(work: Work): string {
  switch (work.kind) {
    case "admit":
      return "intent";
    case "transform":
      return codeIn(work.capability);
    case "operate":
    case "effect":
      return shown(`${codeIn(work.capability)} · ${work.operation.slice(work.operation.lastIndexOf(".") + 1)}`);
    case "wait":
      return shown(waitText(work));
    case "task":
      return shown(`task · ${work.summary}`);
    case "child":
      return shown(`workflow · ${codeIn(work.workflow)}`);
    case "map":
      return `each item, ${String(work.parallel)} at once`;
    case "loop":
      return `again, at most ${work.roundsMax === 1 ? "once" : `${String(work.roundsMax)} times`}`;
  }
}

const waitText = ({ forMs, signal }: WaitWork): string =>
  signal === undefined
    ? forMs === undefined
      ? "waits until a time"
      : `waits ${String(forMs)} ms`
    : `signal · ${signal}`;

/** What a group was lowered from. */
export const groupDetailOf = ({ scopes }: Graph, scope: ScopeName): string =>
  codeIn(present(ownValue(scopes, scope)).code);
