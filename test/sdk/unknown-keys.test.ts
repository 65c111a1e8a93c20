import { compile, plain, type Located, type LocatedMap, type Problem, type SourceDocument } from "@omnibase/core";
import { documentsOf } from "@omnibase/sdk/documents";
import { describe, expect, it } from "vitest";
import { declaredIn, defined, type Declared } from "../../packages/sdk/src/definition.ts";
import { everyBuilder } from "./every-builder.ts";

const { asked, child, registry, structure, transform, workflow } = everyBuilder;

type Path = readonly (string | number)[];

/** What may be called as its author likes: nobody but its author has to read it. */
const isFree = (path: Path): boolean => /\bpipeline \d+ outputs$|\bTASK inputs$|\bASK inputs$/.test(path.join(" "));

const stranger = "nobody_reads";

function problemsOf(documents: readonly SourceDocument[]): readonly Problem[] {
  const { problems } = compile(documents, {
    transforms: { CT_A_V0: "CT_A_V0@1" },
    handlers: { http: "http@1" },
    grants: { hosts: ["https://example.org"] },
  });
  return problems.filter(({ severity }) => severity === "error");
}

const run = "() => ({ outcome: 'NONE' })";

/** Compiles a definition that says something else, as if a file had a line for each of its keys. */
function problemsIn({ kind, value }: Declared): readonly Problem[] {
  const changed = defined(kind, { ...value, code: String(value["code"]) }, problemsIn);
  const { frame } = declaredBy(changed);
  const named = [asked, registry].filter(({ code }) => code !== value["code"]);
  const { documents, problems } = documentsOf([changed, ...named], {
    namespace: "demo",
    placeOf: (at) => ({ file: at === frame ? "a.ts" : "b.ts", line: 1, column: 1 }),
    sourceOf: (file) => `define(${file === "a.ts" ? written(value) : `{ run: ${run} }`})`,
  });
  return [...problems, ...problemsOf(documents)];
}

const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === "function" ? "RUN" : one), 1).replace('"RUN"', run);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && declaredIn(value) === undefined;

function mapsIn(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => mapsIn(one, [...path, index]));
  if (!isMap(value)) return [];
  return [path, ...Object.entries(value).flatMap(([key, one]) => mapsIn(one, [...path, key]))];
}

function planted(value: unknown, [head, ...rest]: Path, [key, what]: readonly [string, unknown]): unknown {
  if (head === undefined) return { ...Object(value), [key]: what };
  const inside = planted(Reflect.get(Object(value), head), rest, [key, what]);
  return Array.isArray(value)
    ? value.map((one, index) => (index === head ? inside : one))
    : { ...Object(value), [head]: inside };
}

/** Where an unknown key of a builder, at some depth, is not refused. */
function acceptedIn(declared: Declared): readonly string[] {
  return mapsIn(declared.value)
    .filter((path) => !isFree(path))
    .flatMap((path) => {
      const value = { ...Object(planted(declared.value, path, [stranger, 1])) };
      const lines = `define(${written(value)}`.split("\n");
      const line = lines.findIndex((one) => one.includes(stranger)) + 1;
      const found = problemsIn({ ...declared, value }).filter(({ at }) => at.file === "a.ts" && at.line === line);
      return found.length > 0 ? [] : [path.join(" ")];
    });
}

const declaredBy = (definition: unknown): Declared => {
  const declared = declaredIn(definition);
  if (declared === undefined) throw new Error("impossible: no builder made it");
  return declared;
};

describe("a key that nobody reads", () => {
  it.each(Object.entries(everyBuilder))(
    "is refused in %s, wherever it is planted; without it all is well",
    (_, definition) => {
      const declared = declaredBy(definition);
      expect(problemsIn(declared)).toEqual([]);
      expect(acceptedIn(declared)).toEqual([]);
    },
  );

  it.each<readonly [string, unknown, Path, readonly [string, unknown]]>([
    ["the code of a transform stands under run", transform, [], ["implementation", { builtin: "extract" }]],
    ["a workflow is called by its code", child, [], ["workflow", "WF_OTHER_V0"]],
    ["an intent serves its workflow", child, ["intent"], ["workflow", "WF_CHILD_V0"]],
    ["stores lie under the data root", structure, [], ["storage_roots", { base_path: "{{module_data_root}}/x" }]],
    ["a step of a workflow has no name", workflow, ["nodes", "KEEP"], ["step", "other"]],
    ["a step of a workflow returns what its call does", workflow, ["nodes", "STEP"], ["outputs", {}]],
    ["a case has the words of builders, or of artifacts", transform, ["cases", "one"], ["bindings", {}]],
  ])("is also one that follows from others: %s", (_, definition, path, [key, what]) => {
    const declared = declaredBy(definition);
    const value = { ...Object(planted(declared.value, path, [key, what])) };
    const lines = `define(${written(value)}`.split("\n");
    const depth = " ".repeat(path.length + 1);
    const begin = `${depth}"${key}": ${JSON.stringify(what, null, 1).split("\n")[0] ?? ""}`;
    const line = lines.findIndex((one) => one.startsWith(begin)) + 1;
    expect(problemsIn({ ...declared, value })).toContainEqual(expect.objectContaining({ code: "UNKNOWN_KEY" }));
    expect(problemsIn({ ...declared, value }).map(({ at }) => at.line)).toContain(line);
  });

  it("is refused in every artifact, too", () => {
    const { documents } = documentsOf(Object.values(everyBuilder), {
      namespace: "demo",
      placeOf: () => ({ file: "a.ts", line: 1, column: 1 }),
      sourceOf: () => `define({ run: ${run} })`,
    });
    expect(problemsOf(documents)).toEqual([]);
    const accepted = documents.flatMap((document) =>
      mapsIn(plain(document.located))
        .filter((path) => !isFree(path))
        .flatMap((path) => {
          const located = plantedIn(document.located, path);
          const others = documents.filter((one) => one !== document);
          const found = problemsOf([{ ...document, located }, ...others]);
          return found.length > 0 ? [] : [path.join(" ")];
        }),
    );
    expect(accepted).toEqual([]);
  });
});

/** The same in a located document. */
function plantedIn(located: Located, [head, ...rest]: Path): Located {
  if (located.kind === "list") {
    return { ...located, items: located.items.map((item, index) => (index === head ? plantedIn(item, rest) : item)) };
  }
  if (located.kind === "scalar") throw new Error("impossible: no map");
  if (head === undefined) return withStranger(located);
  const entries = located.entries.map((one) =>
    one.key === head ? { ...one, value: plantedIn(one.value, rest) } : one,
  );
  return { ...located, entries };
}

const withStranger = ({ at, entries }: LocatedMap): LocatedMap => ({
  kind: "map",
  at,
  entries: [...entries, { key: stranger, keyAt: at, value: { kind: "scalar", value: 1, at } }],
});
