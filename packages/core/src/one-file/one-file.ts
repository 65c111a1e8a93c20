import { identityOf } from "../artifact/fqdn.ts";
import type { SourceDocument } from "../artifact/read-artifact.ts";
import { entriesOf, type Entry } from "../artifact/reader.ts";
import { problemAt, type Report } from "../artifact/spot.ts";
import { entriesIn, entryAt, textAt, valueAt } from "../dialect/reshape.ts";
import type { Located, LocatedEntry, LocatedMap } from "../value/located.ts";
import { present } from "../value/present.ts";
import { capabilitiesIn, capabilityOf, type Capabilities, type Capability } from "./capability.ts";
import { oneFile, type OneFile } from "./form.ts";
import { addressed, anyValue, entry, map, mapOf, originOf, text, textsIn } from "./make.ts";
import { stepNode } from "./step-node.ts";
import { artifactOf, entriesIfAny, namesFor, originAt, type Whole } from "./whole.ts";
import { worldOf } from "./world.ts";

/** The key that says that a document declares a workflow and what it needs. */
const key = "workflow";

/**
 * Documents that declare several artifacts become these artifacts; others stay as they are.
 *
 * Everything keeps the place where its author wrote it, so what the rules say of an artifact points into the one file.
 */
export function takenApart(documents: readonly SourceDocument[], report: Report): readonly SourceDocument[] {
  if (!documents.some(isOneFile)) return documents;
  const known = capabilitiesIn(documents);
  return documents.flatMap((document) => (isOneFile(document) ? partsOf(document, known, report) : [document]));
}

const isOneFile = ({ dialect, located }: SourceDocument): boolean =>
  dialect === undefined && entryAt(located, key) !== undefined;

function partsOf(document: SourceDocument, known: Capabilities, report: Report): readonly SourceDocument[] {
  const located = addressed(document.located, "");
  const read = oneFile({ located, spot: { at: located.at, path: "" }, report });
  if (read === undefined) return [];
  const namespace = textAt(located, "namespace") ?? document.namespace ?? "";
  const names = namesFor(read.workflow.value);
  const whole: Whole = { located, namespace, names, read, known };
  refuseWhatIsMade(read, report);
  const nodes = entriesOf(read.nodes).map((node) => nodeOf(node, whole));
  const contracts = [
    ...nodes.flatMap(({ contract }) => contract ?? []),
    ...entriesIfAny(read.contracts).map((one) => artifactOf("cc", one.key, { ...one, core: one.value }, whole)),
  ];
  const world = worldOf(contracts, whole, report);
  const events = entriesIfAny(read.events);
  const parts = [
    workflowOf(nodes, world, whole),
    intentOf(whole),
    ...contracts,
    ...events.map((one) => artifactOf("ev", one.key, { ...one, core: map({ schema: one.value }, one.value) }, whole)),
    ...world,
  ];
  const { file } = document;
  return parts.map((part) => ({ located: part, file, namespace: document.namespace }));
}

/** Keys of a step that follow from what it calls. */
const ofStep: ReadonlySet<string> = new Set(["step", "outputs", "result_surface", "on_result"]);

/** What is made here cannot be said by the author, too: one of both would not be executed. */
function refuseWhatIsMade({ intent, nodes }: OneFile, report: Report): void {
  const steps = entriesOf(nodes).flatMap(({ value }) => (entryAt(value, "type") === undefined ? entriesIn(value) : []));
  const made = [
    ...entriesIn(intent).filter((one) => one.key === "workflow"),
    ...steps.filter((one) => ofStep.has(one.key)),
  ];
  for (const one of made) {
    const { at, path } = originOf(one);
    report(problemAt({ at, path: present(path) }, "UNKNOWN_KEY", `nothing executes the key ${one.key} here`));
  }
}

interface NodeParts {
  readonly entry: LocatedEntry;
  readonly contract?: LocatedMap;
}

function nodeOf({ key: name, spot, value }: Entry<Located>, whole: Whole): NodeParts {
  const at = { key: name, keyAt: spot.at };
  if (value.kind !== "map" || entryAt(value, "type") !== undefined)
    return { entry: { ...at, value: exitOf(value, whole) } };
  const code = whole.names.contractOf(name);
  const { core, node } = stepNode({ ...at, value }, code, capabilityOf(value, whole.known) ?? unknownTo(whole, name));
  return { entry: { ...at, value: node }, contract: artifactOf("cc", code, { spot, core }, whole) };
}

/** What is not found is taken to be what the document makes of it, so that nothing is found wrong but the reference. */
const unknownTo = ({ located }: Whole, node: string): Capability => ({
  inputs: [],
  outcomes: undefined,
  outputs: [...new Set(textsIn(located).flatMap((one) => nameReadOf(node, one)))].map((name) =>
    entry(name, anyValue(located)),
  ),
});

function nameReadOf(node: string, path: string): readonly string[] {
  const [root, results, of, name] = path.split(".");
  return root === "$" && results === "results" && of === node && name !== undefined ? [name] : [];
}

const reasons: { readonly [meaning: string]: string } = {
  completed: "COMPLETED",
  rejected: "EXITED",
  failed: "FAILED",
};

/** The class of an exit says its reason, and an event that is declared here needs no namespace. */
function exitOf(node: Located, { namespace, read }: Whole): Located {
  if (node.kind !== "map" || textAt(node, "type") !== "EXIT") return node;
  // Without a class that we know the exit is refused, and for that alone.
  const reason = reasons[textAt(node, "class") ?? ""] ?? "FAILED";
  const added = entryAt(node, "reason") === undefined ? [entry("reason", text(reason, node))] : [];
  const entries = node.entries.map((one) => {
    const event = one.key === "emit" && one.value.kind === "scalar" ? String(one.value.value) : "";
    if (read.events?.entries.has(event) !== true) return one;
    return { ...one, value: text(identityOf(namespace, event), one.value) };
  });
  return { ...node, entries: [...entries, ...added] };
}

function workflowOf(nodes: readonly NodeParts[], world: readonly Located[], whole: Whole): LocatedMap {
  const { located, names, namespace, read } = whole;
  const origin = originAt(located, "intent");
  const next = valueAt(read.intent, "next");
  const intent = map({ type: text("IN", origin), code: text(names.intent, origin), next }, read.intent);
  const bindsItself = world.length > 0 ? text(identityOf(namespace, names.binding), read.workflow.spot) : undefined;
  const core = map(
    {
      summary: valueAt(located, "summary"),
      admission: valueAt(located, "admission"),
      start_node: text(names.intent, origin),
      nodes: mapOf([entry(names.intent, intent), ...nodes.map((node) => node.entry)], originAt(located, "nodes")),
    },
    located,
  );
  const { entries, ...artifact } = artifactOf("wf", read.workflow.value, { spot: read.workflow.spot, core }, whole);
  const bound = valueAt(located, "runtime_binding") ?? bindsItself;
  return mapOf(bound === undefined ? entries : [...entries, entry("runtime_binding", bound)], artifact);
}

function intentOf(whole: Whole): LocatedMap {
  const { located, names, read } = whole;
  const origin = originAt(located, "intent");
  const own = entriesIn(read.intent).filter((one) => one.key !== "next");
  const serves = entry("workflow", text(read.workflow.value, read.workflow.spot));
  const core = read.intent.kind === "map" ? mapOf([serves, ...own], read.intent) : read.intent;
  return artifactOf("in", names.intent, { spot: { path: "", ...origin }, core }, whole);
}
