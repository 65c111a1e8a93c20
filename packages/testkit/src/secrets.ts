import type { Field, Fields, Graph, Place, Sealer, Work } from "@omnibase/core";
import { sha256 } from "./keys.ts";

/** Seals so that a test can tell, and nobody else is kept from reading: under a key that is a text. */
export const testSealer = (key: string): Sealer => ({
  close: (where, text) => ({ commitment: sha256(`${key}\n${where}\n${text}`), box: Buffer.from(text).toString("hex") }),
  open(where, { box, commitment }) {
    const text = Buffer.from(box, "hex").toString("utf8");
    return sha256(`${key}\n${where}\n${text}`) === commitment ? text : undefined;
  },
});

const open: Field = { type: "any", required: false };
const secret: Field = { ...open, secret: true };

/** What transforms and handlers of the test world answer, if what they are told is to stay a secret. */
const answers: Fields = {
  echo: { type: "object", required: false, secret: true, fields: { a: open, b: open, c: open } },
  gate: open,
  items: open,
  n: open,
  weight: open,
};

/**
 * The same graph, whose intent, signals and tasks take secrets, and whose transforms and handlers are told one. Nothing secret leaves by an exit, as
 * the compiler would see to.
 */
export function secretly(graph: Graph): Graph {
  const places = Object.entries(graph.places).map(([name, place]) => [name, knowing(place)] as const);
  const signals = Object.entries(graph.signals ?? {}).map(([name, fields]) => [name, hidden(fields)] as const);
  return { ...graph, places: Object.fromEntries(places), signals: Object.fromEntries(signals) };
}

function knowing(place: Place): Place {
  if (place.kind === "exit") return { ...place, outputs: {} };
  const work = told(place.work);
  if (work.kind !== "transform" && work.kind !== "effect") return { ...place, work };
  return { ...place, work, inputs: { ...place.inputs, a: { kind: "payload", path: ["name"] } }, answers };
}

const told = (work: Work): Work =>
  work.kind === "admit" || work.kind === "task" ? { ...work, fields: hidden(work.fields) } : work;

/** Texts are secret, and so is whatever may be anything, inside of objects as well. */
const hidden = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (field.fields !== undefined) return [name, { ...field, fields: hidden(field.fields) }];
      return [name, field.type === "string" || field.type === "any" ? { ...field, secret: true as const } : field];
    }),
  );

/** A field that is secret, whatever it holds. */
export const secretField: Field = secret;
