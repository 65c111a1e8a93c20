import type { Located, LocatedEntry, LocatedMap, Position } from "@omnibase/core";
import type { Literal } from "@omnibase/infra/typescript";
import type { Declared, DefinitionKind } from "./definition.ts";
import { entry, located, mapOf, schemaDocument, textAt, type Locating } from "./locate.ts";
import { sealedRun, type SealedRun } from "./sealed-run.ts";
import { isStandardSchema } from "./standard-schema.ts";

/** The call of a builder, as its file has it. */
export interface Called extends Locating {
  readonly at: Position;
  /** The argument, as it is written. */
  readonly literal: Literal | undefined;
  readonly source: string;
}

export interface Artifacts {
  readonly documents: readonly Located[];
  readonly code: readonly SealedRun[];
}

/** What a builder was given, as the artifacts that a file would hold. */
export function artifactsFor(declared: Declared, context: Called): Artifacts {
  if (declared.kind === "transform") return transform(declared, context);
  if (declared.kind === "workflow") return alone(workflow(declared, context));
  return alone(artifact(codeKeys[declared.kind], located(declared.value, context, context), context));
}

const alone = (document: Located): Artifacts => ({ documents: [document], code: [] });

const codeKeys: Readonly<Record<Exclude<DefinitionKind, "workflow" | "transform">, string>> = {
  contract: "cc_code",
  "side-effect": "cs_code",
  event: "ev_code",
  actor: "ac_code",
  entity: "entity_code",
  structure: "structure_code",
  "runtime-binding": "rb_code",
  ingress: "ti_code",
  egress: "te_code",
};

/** What stands beside `core`. Everything else is in it, where its reader says what it does not know. */
const envelope: ReadonlySet<string> = new Set(["code", "version", "namespace", "governed_by"]);

function artifact(key: string, said: Located, { at }: Called, beside: readonly LocatedEntry[] = []): LocatedMap {
  const entries = entriesOf(said);
  const core = entries.filter((one) => !envelope.has(one.key));
  return mapOf([...envelopeOf(key, entries, at), entry("core", mapOf(core, at)), ...beside], at);
}

/** The version is that of the code, unless it is said. */
function envelopeOf(key: string, entries: readonly LocatedEntry[], at: Position): readonly LocatedEntry[] {
  const own = entries.filter((one) => envelope.has(one.key));
  const code = own.find((one) => one.key === "code")?.value;
  const version = /_V(\d+)$/.exec(code?.kind === "scalar" ? String(code.value) : "")?.[1] ?? "0";
  const said = own.some((one) => one.key === "version") ? [] : [entry("version", textAt(`v${version}`, at))];
  return [...own.map((one) => (one.key === "code" ? called(one, key) : one)), ...said];
}

const called = ({ keyAt, value }: LocatedEntry, key: string): LocatedEntry => ({ key, keyAt, value });

const valued = ({ key, keyAt }: LocatedEntry, value: Located): LocatedEntry => ({ key, keyAt, value });

const entriesOf = (said: Located): readonly LocatedEntry[] => (said.kind === "map" ? said.entries : []);

const renamed = (said: Located, names: Readonly<Record<string, string>>): Located =>
  said.kind === "map" ? { ...said, entries: said.entries.map((one) => called(one, names[one.key] ?? one.key)) } : said;

/** `input` and `output` declare, everywhere; artifacts call it `inputs` and `outputs`. */
const declaring = { input: "inputs", output: "outputs" } as const;

function transform({ value }: Declared, context: Called): Artifacts {
  const { at } = context;
  const { cases, outcomes, run: _, ...rest } = value;
  const name = String(value["code"]);
  const closed = ["SUCCESS", ...(Array.isArray(outcomes) ? outcomes.filter((one) => one !== "SUCCESS") : [])];
  const said = renamed(located({ ...rest, outcomes: closed }, context, context), declaring);
  const running = { ...context, name, saysOutcome: outcomes !== undefined };
  const code = [sealedRun(running, context)];
  const implementation = entry("implementation", mapOf([entry("typescript", textAt(name, at))], at));
  const documents = [artifact("ct_code", said, context, [implementation])];
  const tested = cases === undefined ? [] : [testData(name, { cases, rest }, context)];
  return { documents: [...documents, ...tested], code };
}

const ofCase = { input: "bindings", output: "expected", outcome: "expected_outcome" } as const;

function testData(
  name: string,
  { cases, rest }: { readonly cases: unknown; readonly rest: Readonly<Record<string, unknown>> },
  context: Called,
): Located {
  const { namespace, version } = rest;
  const all = located({ code: `TEST_DATA_${name}`, namespace, version, transform: name, cases }, context, context);
  const entries = entriesOf(all).map((one) => {
    if (one.key !== "cases") return one;
    const inside = entriesOf(one.value).map((each) => valued(each, renamed(each.value, ofCase)));
    return valued(one, mapOf(inside, one.value.at));
  });
  return artifact("test_data_code", mapOf(entries, all.at), context);
}

/** A workflow in one file. */
function workflow({ value }: Declared, context: Called): Located {
  const { intent } = value;
  const input: unknown = typeof intent === "object" && intent !== null ? Reflect.get(intent, "input") : undefined;
  // A schema is said by itself below, in the words of its library.
  const without = isStandardSchema(input) ? { ...value, intent: { ...Object(intent), input: {} } } : value;
  const said = located(without, context, context);
  const entries = entriesOf(said).flatMap((one): readonly LocatedEntry[] => {
    if (envelope.has(one.key)) return [];
    if (one.key === "intent") return [valued(one, intentOf(one.value, input, context))];
    if (one.key !== "nodes") return [one];
    const nodes = entriesOf(one.value).map((node) =>
      isTask(node.value) ? valued(node, renamed(node.value, declaring)) : node,
    );
    return [valued(one, mapOf(nodes, one.value.at))];
  });
  return mapOf([...envelopeOf("workflow", entriesOf(said), context.at), ...entries], context.at);
}

const isTask = (node: Located): boolean =>
  entriesOf(node).some(({ key, value }) => key === "type" && value.kind === "scalar" && value.value === "TASK");

/** The schema of a library enters a workflow as JSON Schema, which has a place of its own there. */
function intentOf(intent: Located, input: unknown, context: Called): Located {
  const entries = entriesOf(intent).flatMap((one): readonly LocatedEntry[] => {
    if (one.key !== "input") return [one];
    if (!isStandardSchema(input)) return [called(one, "inputs")];
    const schema = schemaDocument(input, one.value.at, context);
    return schema === undefined ? [] : [valued(called(one, "schema"), schema)];
  });
  return mapOf(entries, intent.at);
}
