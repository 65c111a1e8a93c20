import { isOpaque, isSecret } from "../graph/field.ts";
import type { Field, Fields } from "../graph/field.ts";
import type { Graph, Work } from "../graph/graph.ts";
import { isObject } from "../value/json.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { pointerOf } from "../value/located-value.ts";
import { ownValue } from "../value/present.ts";
import type { ExecutionEvent, PassedStep } from "./events.ts";
import { placeOf } from "./position.ts";

/**
 * What stands in a record in the place of a value that nobody may read. Both ways go the same way: what hides and what
 * opens meet the same pointers, because whatever is hidden leaves something behind that looks the same from outside.
 */
export type Exchange = (pointer: string, value: Json) => Json;

/** Whether anything that executions of a graph record is nobody's business. */
export function hasSecrets({ places, signals = {} }: Graph): boolean {
  const said = Object.values(signals);
  const asked = Object.values(places).flatMap((place) => (place.kind === "call" ? [place] : []));
  return (
    [...said, ...asked.map(({ work }) => fieldsOf(work))].some(holdSecrets) ||
    asked.some(({ answers }) => answers !== undefined)
  );
}

/**
 * A fact with every secret in it exchanged. The structure around secrets stays, and so does `null`: whether there is a
 * value at all is no secret, because where an execution stands may depend on it.
 */
export function exchanged(graph: Graph, event: ExecutionEvent, exchange: Exchange): ExecutionEvent {
  switch (event.type) {
    case "Started":
      return { ...event, input: among(inputOf(graph), event.input, { at: "/input", exchange }) };
    case "Passed":
      return { ...event, steps: event.steps.map((step, index) => stepWith(graph, step, { index, exchange })) };
    case "Settled":
      return { ...event, value: inside(answersOf(graph, event.place), event.value, { at: "/value", exchange }) };
    case "LateAnswer":
      return { ...event, answer: answerWith(answersOf(graph, event.place), event.answer, exchange) };
    case "IncidentResolved": {
      const { place, resolution } = event;
      if (resolution.kind !== "done") return event;
      const value = inside(answersOf(graph, place), resolution.value, { at: "/value", exchange });
      return { ...event, resolution: { ...resolution, value } };
    }
    case "Signalled":
      return {
        ...event,
        value: among(ownValue(graph.signals ?? {}, event.name), event.value, { at: "/value", exchange }),
      };
    case "TaskSettled": {
      const place = ownValue(graph.places, placeOf(event.place));
      const fields = place?.kind === "call" ? fieldsOf(place.work) : undefined;
      return { ...event, value: among(fields, event.value, { at: "/value", exchange }) };
    }
    case "AttemptFailed":
    case "AttemptLost":
    case "AttemptStarted":
    case "CancelRequested":
    case "Cancelled":
    case "Completed":
    case "Imported":
    case "IncidentOpened":
    case "TimerFired":
      return event;
  }
}

/** Whether a place answered with something that nobody may read. */
export function isHeld(answers: Fields, value: Json): boolean {
  let held = false;
  inside(answers, value, {
    at: "",
    exchange: (_, found) => {
      held = true;
      return found;
    },
  });
  return held;
}

/** What is put on record in the place of words of code, or of a handler, that were told secrets. */
export const withheld = "what it said is not recorded, because it was told secrets, or answers with some";

/** What is admitted, of a person's or a program's words. */
function fieldsOf(work: Work): Fields | undefined {
  return work.kind === "admit" || work.kind === "task" ? work.fields : undefined;
}

const inputOf = ({ places }: Graph): Fields | undefined =>
  Object.values(places)
    .map((place) => (place.kind === "call" && place.work.kind === "admit" ? place.work.fields : undefined))
    .find((fields) => fields !== undefined);

const answersOf = ({ places }: Graph, position: string): Fields | undefined => {
  const place = ownValue(places, placeOf(position));
  return place?.kind === "call" ? place.answers : undefined;
};

const holdSecrets = (fields: Fields | undefined): boolean => Object.values(fields ?? {}).some(isSecret);

interface Walk {
  readonly at: string;
  readonly exchange: Exchange;
}

function stepWith(
  graph: Graph,
  step: PassedStep,
  { exchange, index }: Pick<Walk, "exchange"> & { readonly index: number },
): PassedStep {
  const { place, value } = step;
  if (value === undefined) return step;
  return {
    ...step,
    value: inside(answersOf(graph, place), value, { at: pointerOf(["steps", index, "value"]), exchange }),
  };
}

/** What a late answer says beside its value are names. */
function answerWith(answers: Fields | undefined, answer: Json, exchange: Exchange): Json {
  if (!isObject(answer) || answer["value"] === undefined) return answer;
  return { ...answer, value: inside(answers, answer["value"], { at: "/answer/value", exchange }) };
}

/** What people and programs say, where something of it is secret. */
const among = (fields: Fields | undefined, value: Json, walk: Walk): Json =>
  holdSecrets(fields) ? inside(fields, value, walk) : value;

/** Without fields nothing is secret. */
function inside(fields: Fields | undefined, value: Json, walk: Walk): Json {
  if (fields === undefined) return value;
  if (!isObject(value)) return walk.exchange(walk.at, value);
  return membersOf({ type: "object", required: true, fields }, value, walk);
}

function as(field: Field | undefined, value: Json, walk: Walk): Json {
  if (value === null || (field !== undefined && !isSecret(field))) return value;
  if (field !== undefined && isObject(value) && !isOpaque(field)) return membersOf(field, value, walk);
  const { at, exchange } = walk;
  if (field?.items !== undefined && field.secret !== true && isList(value)) {
    return value.map((item, index) => as(field.items, item, { at: at + pointerOf([index]), exchange }));
  }
  return exchange(at, value);
}

/** Of what is not declared nobody has said that it may be read. */
const membersOf = ({ fields = {}, others, secret }: Field, value: JsonObject, { at, exchange }: Walk): Json =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const declared = ownValue(fields, name) ?? others;
      const field = declared !== undefined && secret === true ? { ...declared, secret } : declared;
      return [name, as(field, member, { at: at + pointerOf([name]), exchange })];
    }),
  );

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
