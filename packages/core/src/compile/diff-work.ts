import type { AdmitWork, EffectWork, LoopWork, MapWork, TaskWork, TransformWork, Work } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import { ownValue } from "../value/present.ts";
import { anyone } from "./compiled.ts";
import { fieldChanges, type Allows } from "./diff-fields.ts";
import { effectText } from "./reach.ts";

/** What became of a bound of work that is called the same. */
export interface BoundChange {
  readonly kind: "bound";
  readonly allows: Allows;
  readonly message: string;
}

const said =
  (allows: Allows) =>
  (message: string): BoundChange => ({ kind: "bound", allows, message });
const [more, less, unknown] = [said("more"), said("less"), said("unknown")];

export function workText(work: Work): string {
  switch (work.kind) {
    case "admit":
      return "admission";
    case "transform":
      return `${work.capability} by ${work.implementation}`;
    case "operate":
      return `${work.operation} on ${work.store}`;
    case "effect":
      return effectText(work);
    case "wait":
      return work.signal === undefined ? "waiting" : `waiting for ${work.signal}`;
    case "task":
      return `the task ${JSON.stringify(work.summary)}`;
    case "child":
      return `the workflow ${work.workflow}`;
    case "map":
    case "loop":
      return `a ${work.kind} of ${work.body}`;
  }
}

export function workChanges(was: Work, is: Work): readonly BoundChange[] {
  if (was.kind === "admit" && is.kind === "admit") return ofAdmit(was, is);
  if (was.kind === "transform" && is.kind === "transform") return ofMolecule(was, is);
  if (was.kind === "effect" && is.kind === "effect") return ofEffect(was, is);
  if (was.kind === "wait" && is.kind === "wait") return ofTime(was.forMs, is.forMs, "waits", forever);
  if (was.kind === "task" && is.kind === "task") return ofTask(was, is);
  if (was.kind === "map" && is.kind === "map") return ofMap(was, is);
  return was.kind === "loop" && is.kind === "loop" ? ofLoop(was, is) : [];
}

const ofFields = (...sides: Parameters<typeof fieldChanges>): readonly BoundChange[] =>
  fieldChanges(...sides).map(({ allows, message }) => ({ kind: "bound", allows, message }));

/** Whoever may send it in both may have to say something else of themselves. */
function ofAdmit(was: AdmitWork, is: AdmitWork): readonly BoundChange[] {
  const { actors: before = { [anyone]: {} } } = was;
  const { actors: after = { [anyone]: {} } } = is;
  return [
    ...newAmong(Object.keys(before), Object.keys(after)).map((one) => more(`may be sent by ${one}`)),
    ...newAmong(Object.keys(after), Object.keys(before)).map((one) => less(`may not be sent by ${one} any more`)),
    ...Object.entries(after).flatMap(([actor, fields]) => ofFields(ownValue(before, actor) ?? fields, fields, actor)),
    ...ofFields(was.fields, is.fields),
  ];
}

/** Whether the same comes of other steps only a person can tell. */
const ofMolecule = ({ molecule: was }: TransformWork, { molecule: is }: TransformWork): readonly BoundChange[] =>
  JSON.stringify(was) === JSON.stringify(is) ? [] : [unknown("is made of other steps")];

function ofEffect(was: EffectWork, is: EffectWork): readonly BoundChange[] {
  const [before, after] = [waitsOf(was), waitsOf(is)];
  return [
    ...(was.idempotent === is.idempotent
      ? []
      : [is.idempotent ? more("may be repeated now") : less("may not be repeated any more")]),
    ...ofCount(was.retry.attemptsMax, is.retry.attemptsMax, "attempts"),
    ...(before === after ? [] : [unknown(`waits ${after} and waited ${before}`)]),
    ...(canonical(was.configuration) === canonical(is.configuration)
      ? []
      : [unknown(`is told ${canonical(is.configuration)} and was told ${canonical(was.configuration)}`)]),
  ];
}

const waitsOf = ({ retry: { backoffMs, backoffMaxMs, factor }, timeoutMs }: EffectWork): string =>
  `${String(timeoutMs)} ms, then ${String(backoffMs)} × ${String(factor)} ms up to ${String(backoffMaxMs)} ms`;

function ofTask(was: TaskWork, is: TaskWork): readonly BoundChange[] {
  const [before, after] = [actorsOf(was), actorsOf(is)];
  return [
    ...newAmong(before, after).map((one) => more(`may be done by ${one}`)),
    ...newAmong(after, before).map((one) => less(`may not be done by ${one} any more`)),
    ...ofFields(was.fields, is.fields),
    ...ofTime(was.timeoutMs, is.timeoutMs, "is open", forever),
  ];
}

/** Where anyone may, nobody is new. */
export const newAmong = (before: readonly string[], after: readonly string[]): readonly string[] =>
  before.includes(anyone) ? [] : after.filter((one) => !before.includes(one));

const actorsOf = ({ actors }: TaskWork): readonly string[] => (actors.length === 0 ? [anyone] : actors);

const ofMap = (was: MapWork, is: MapWork): readonly BoundChange[] => [
  ...ofCount(was.itemsMax, is.itemsMax, "items"),
  ...ofCount(was.parallel, is.parallel, "rounds at once"),
  ...ofWords(was.succeeds, is.succeeds, "succeeds with"),
  ...(was.stops === is.stops
    ? []
    : [is.stops ? less("stops at the first that fails now") : more("goes on after one that fails now")]),
];

const ofLoop = (was: LoopWork, is: LoopWork): readonly BoundChange[] => [
  ...ofCount(was.roundsMax, is.roundsMax, "rounds"),
  ...ofWords(was.again, is.again, "goes on with"),
  ...ofTime(was.everyMs, is.everyMs, "pauses", "not at all"),
];

const ofCount = (was: number, is: number, what: string): readonly BoundChange[] =>
  was === is ? [] : [(is > was ? more : less)(`${what} ${String(was)} became ${String(is)}`)];

const ofWords = (was: readonly string[], is: readonly string[], does: string): readonly BoundChange[] =>
  canonical(was) === canonical(is) ? [] : [unknown(`${does} ${is.join(", ")} and not with ${was.join(", ")}`)];

const forever = "without end";

function ofTime(was: number | undefined, is: number | undefined, does: string, none: string): readonly BoundChange[] {
  const text = (ms: number | undefined): string => (ms === undefined ? none : `${String(ms)} ms`);
  return was === is ? [] : [unknown(`${does}: ${text(is)}, and it was ${text(was)}`)];
}
