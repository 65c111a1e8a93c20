import type { Change } from "@omnibase/core";

const marks: { readonly [A in Change["allows"]]: string } = { more: "+", unknown: "?", less: "-" };

/** What one snapshot can do that another cannot, in a line. */
export function changeLine({ allows, kind, message, place, workflow }: Change): string {
  const where = [workflow, place].filter((part) => part !== undefined).join(" ");
  return `${marks[allows]} ${kind.padEnd(9)}  ${where === "" ? "" : `${where}: `}${message}`;
}
