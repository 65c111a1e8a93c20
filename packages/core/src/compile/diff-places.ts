import type { Binding, Bindings } from "../graph/binding.ts";
import type { Fields } from "../graph/field.ts";
import type { CallPlace, ExitPlace, Graph, Place, PlaceName, ScopeExit, When, Work } from "../graph/graph.ts";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";
import { clauseChanges, isGate } from "./diff-clauses.ts";
import { bindingText, sourcesOf } from "./binding-text.ts";
import { fieldChanges, type Allows } from "./diff-fields.ts";
import { workChanges, workText } from "./diff-work.ts";

/** What became of one place that stands in both graphs. */
export interface PlaceChange {
  readonly kind: "bound" | "data" | "gate" | "step";
  readonly allows: Allows;
  readonly place: PlaceName;
  readonly message: string;
}

type Said = Omit<PlaceChange, "place">;

/** Places are known by their names. What work on the world stands in one graph only is told by what can be reached. */
export const placeChanges = (before: Graph, after: Graph): readonly PlaceChange[] =>
  [...new Set([...Object.keys(before.places), ...Object.keys(after.places)])].flatMap((place) => {
    const [was, is] = [ownValue(before.places, place), ownValue(after.places, place)];
    return ofPlace(was, is).map(({ allows, kind, message }) => ({ kind, allows, place, message }));
  });

/** What may be said to an execution, and in which form. */
export function signalChanges(before: Graph, after: Graph): readonly Omit<PlaceChange, "place">[] {
  const [was, is] = [before.signals ?? {}, after.signals ?? {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted().flatMap((name) => {
    const [earlier, later] = [ownValue(was, name), ownValue(is, name)];
    if (earlier === undefined) return [more("bound", `may be told ${name}`)];
    if (later === undefined) return [less("bound", `may not be told ${name} any more`)];
    return fieldChanges(earlier, later).map(({ allows, message }) => said(allows)("bound", `${name}: ${message}`));
  });
}

/** How a contract is left: what it returns then, and where that leads. */
export const scopeChanges = (before: Graph, after: Graph): readonly PlaceChange[] =>
  Object.entries(before.scopes).flatMap(([scope, { code, exits }]) => {
    const is = ownValue(after.scopes, scope);
    if (is === undefined) return [];
    const renamed = is.code === code ? [] : [unknown("step", `is ${is.code} and was ${code}`)];
    const left = Object.entries(exits).flatMap(([outcome, was]) =>
      ofScopeExit(outcome, was, ownValue(is.exits, outcome)),
    );
    return [...renamed, ...left].map(({ allows, kind, message }) => ({ kind, allows, place: scope, message }));
  });

function ofScopeExit(outcome: string, was: ScopeExit, is: ScopeExit | undefined): readonly Said[] {
  if (is === undefined) return [unknown("step", `does not end with ${outcome} any more`)];
  const [before, after] = [wayText(was), wayText(is)];
  const led = before === after ? [] : [unknown("step", `${outcome} leads to ${after} and led to ${before}`)];
  const returned = bindingChanges(was.outputs, is.outputs, "returns");
  return [...led, ...returned.map(({ allows, kind, message }) => ({ kind, allows, message: `${outcome} ${message}` }))];
}

const wayText = (exit: ScopeExit): string =>
  "back" in exit ? "the next round" : [exit.to, ...(exit.also ?? [])].join(" and ");

function ofPlace(was: Place | undefined, is: Place | undefined): readonly Said[] {
  if (was === undefined || is === undefined) {
    const only = present(was ?? is);
    if (touches(only)) return [];
    return [unknown("step", `${nounOf(only)} that is ${was === undefined ? "new" : "gone"}`)];
  }
  const said = was.kind === "exit" || is.kind === "exit" ? ofExit(was, is) : ofCall(was, is);
  if (said.length > 0 || canonical(plain(was)) === canonical(plain(is))) return said;
  return [unknown("step", "leads elsewhere, or is asked for otherwise")];
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plain data, but an interface has no index signature
const plain = (place: Place): Json => place as unknown as Json;

const said =
  (allows: Allows) =>
  (kind: Said["kind"], message: string): Said => ({ kind, allows, message });
const [more, less, unknown] = [said("more"), said("less"), said("unknown")];

const touching: ReadonlySet<Work["kind"]> = new Set(["effect", "operate", "task", "child"]);
const touches = (place: Place): boolean => place.kind === "call" && touching.has(place.work.kind);

function ofExit(was: Place, is: Place): readonly Said[] {
  if (was.kind !== "exit" || is.kind !== "exit") {
    return [unknown("step", `is ${nounOf(is)} and was ${nounOf(was)}`)];
  }
  const [before, after] = [meaningOf(was), meaningOf(is)];
  const meaning = before === after ? [] : [unknown("step", `ends as ${after} and ended as ${before}`)];
  return [...meaning, ...ofEvent(was.event, is.event), ...bindingChanges(was.outputs, is.outputs, "returns")];
}

/** The machine looks at an event where types do not show that it is as declared. */
function ofEvent(was: Fields | undefined, is: Fields | undefined): readonly Said[] {
  if (was !== undefined && is !== undefined) {
    return fieldChanges(was, is).map(({ allows, message }) => ({ kind: "bound", allows, message }));
  }
  if (was === is) return [];
  return [unknown("bound", is === undefined ? "looks no more at what it emits" : "looks at what it emits now")];
}

const nounOf = ({ kind }: Place): string => (kind === "exit" ? "an exit" : "a step");
const meaningOf = ({ class: meaning, outcome, reason }: ExitPlace): string => `${meaning} ${reason} ${outcome}`;

function ofCall(was: CallPlace, is: CallPlace): readonly Said[] {
  if (isGate(was) && isGate(is))
    return clauseChanges(was, is).map(({ allows, message }) => ({ kind: "gate", allows, message }));
  const [before, after] = [workText(was.work), workText(is.work)];
  const work = before === after ? workChanges(was.work, is.work) : [unknown("step", `does ${after} and did ${before}`)];
  const inputs = bindingChanges(was.inputs, is.inputs, touches(is) ? "sends" : "reads");
  return [...work, ...ofWhen(was.when, is.when), ...inputs, ...ofAnswers(was.answers, is.answers)];
}

/** What is sealed no more stands in every log from then on. Without fields nothing was, or is, sealed. */
function ofAnswers(was: Fields | undefined, is: Fields | undefined): readonly Said[] {
  if (was === undefined)
    return is === undefined ? [] : [less("data", "records sealed what is not declared public now")];
  if (is === undefined) return [more("data", "records all that it answers for everybody to read")];
  return fieldChanges(was, is).map(({ allows, message }) => said(allows)("data", `answers ${message}`));
}

/** A field that decides no more lets through whatever it was. */
function ofWhen(was: When | undefined, is: When | undefined): readonly Said[] {
  if (was === undefined) return is === undefined ? [] : [less("gate", `decides by ${whenText(is)} now`)];
  if (is === undefined) return [more("gate", `decides by ${whenText(was)} no more`)];
  const [before, after] = [whenText(was), whenText(is)];
  return before === after ? [] : [unknown("gate", `decides by ${after} and decided by ${before}`)];
}

const whenText = ({ outcomes, path }: When): string => `${path.join(".")} ${canonical(outcomes)}`;

/** A source that was not read before is new to whoever gets it; a value that changed may mean anything. */
function bindingChanges(before: Bindings, after: Bindings, verb: "sends" | "reads" | "returns"): readonly Said[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    const [was, is] = [ownValue(before, name), ownValue(after, name)];
    if (textOf(was) === textOf(is)) return [];
    const known = sourcesOf(was);
    const added = sourcesOf(is).filter((source) => !known.some((one) => `${source}.`.startsWith(`${one}.`)));
    if (verb !== "reads" && added.length > 0) return [more("data", `${verb} ${added.join(", ")} as ${name}`)];
    const tell = verb !== "reads" && is === undefined ? less : unknown;
    return [tell("data", `${verb} ${name} as ${textOf(is)} and not as ${textOf(was)}`)];
  });
}

const textOf = (binding: Binding | undefined): string => (binding === undefined ? "absent" : bindingText(binding));
