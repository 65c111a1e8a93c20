import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, compiledArtifact, parseJson, type Problem, type SourceDocument } from "@omnibase/core";
import { documentsOf, testOptions } from "@omnibase/testkit";
import { listIn, objectIn, textOf, valueAt, type Files } from "./planting.ts";

const shared = join(import.meta.dirname, "../../../shared/conformance");
const findingsFile: string = join(shared, "linter/findings.json");

/** The published defects lie beside the repository, and not everywhere. */
export const isThere: boolean = existsSync(findingsFile);
export const whyNot = `skipped: there is no ${findingsFile}`;

export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly artifact: string;
  /** `node X`, `step X`, or where else. */
  readonly where: string;
  readonly seen_in: readonly string[];
}

export function findings(): readonly Finding[] {
  if (!isThere) return [];
  const { findings: all }: { readonly findings: readonly Finding[] } = JSON.parse(readFileSync(findingsFile, "utf8"));
  return all;
}

/** The texts of all compiled artifacts of the published workspace and of the stand-ins, by their identity. */
export function publishedTexts(): Readonly<Record<string, string>> {
  if (!isThere) return {};
  const found = ["pgs/upstream/pgs_workspace", "pgs/standins"].flatMap((folder) => {
    const root = join(shared, folder, "protocol_snapshot/artifacts");
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    return names.map((name) => readFileSync(join(root, name), "utf8"));
  });
  return Object.fromEntries(found.map((text) => [identityIn(text), text]));
}

const identityIn = (text: string): string => textOf(objectIn(JSON.parse(text))["fqdn_id"]);

/** What the author wrote, by identity: defects and repairs are made in it. */
export const frontmattersIn = (texts: Readonly<Record<string, string>>): Files =>
  Object.fromEntries(
    Object.entries(texts).map(([identity, text]) => [identity, objectIn(objectIn(JSON.parse(text))["frontmatter"])]),
  );

export const textsOf = (files: Files): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(files).map(([identity, frontmatter]) => [
      identity,
      JSON.stringify({ frontmatter, namespace: identity.slice(0, identity.indexOf("::")) }),
    ]),
  );

const foreign = ["CT_PURE_COLLATZ_STEP_V0", "CT_PURE_TERMINATION_CHECK_V0"].flatMap((code) => [
  [code, `${code}@1`],
  [`ai_governance::${code}`, `${code}@1`],
]);
const registry = "pgs_capabilities.registry.name_service.capability_side_effects::CS_NAME_REGISTRY_V0";

const library = documentsOf({});

const known = new Map<string, SourceDocument>();

/** Most of them are the same from one mutant to the next. */
function documentOf(file: string, text: string): SourceDocument {
  const before = known.get(file + text);
  if (before !== undefined) return before;
  const located = parseJson(text, { file, family: "ARTIFACT" });
  if (!located.ok) throw new Error(`${file} cannot be read`);
  const document = compiledArtifact(located.value, file);
  known.set(file + text, document);
  return document;
}

/** With code for everything that the published domains bring, so that nothing else hides a finding. */
export function problemsIn(texts: Readonly<Record<string, string>>, strict: boolean): readonly Problem[] {
  const documents = Object.entries(texts).map(([file, text]) => documentOf(file, text));
  const transforms = { ...testOptions.transforms, ...Object.fromEntries(foreign) };
  const handlers = { ...testOptions.handlers, [registry]: "name-registry@1" };
  return compile([...library, ...documents], { ...testOptions, transforms, handlers, strict }).problems;
}

/** Where a finding stands, as the beginning of a pointer. */
export function pointerTo({ artifact, where }: Finding, files: Files): string {
  const [kind = "", name = ""] = where.split(" ");
  if (kind === "node") return `/core/nodes/${name}`;
  if (kind !== "step") return `/${where.replaceAll(".", "/")}`;
  const steps = listIn(valueAt(files[artifact], ["core", "pipeline"])).map((step) => objectIn(step)["step"]);
  return `/core/pipeline/${String(steps.indexOf(name))}`;
}

export const isAt = (pointer: string, { path = "" }: Problem): boolean =>
  path === pointer || path.startsWith(`${pointer}/`);
