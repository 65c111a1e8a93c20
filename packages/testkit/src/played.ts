import { apply, compile, machineOf } from "@omnibase/core";
import type {
  Compiled,
  CompileOptions,
  ExecutionCommand,
  ExecutionRequest,
  Graph,
  Json,
  PureTransform,
  SourceDocument,
} from "@omnibase/core";
import { sha256 } from "./keys.ts";
import { newOwner } from "./owner.ts";
import type { Owner } from "./owner.ts";
import { testOptions } from "./project.ts";
import { testWorld } from "./test-world.ts";

/** A workflow as it was declared, and a world that it is executed in. */
export interface Play {
  readonly documents: readonly SourceDocument[];
  readonly workflow: string;
  readonly input: Json;
  readonly options?: CompileOptions;
  readonly transform?: (implementation: string) => PureTransform | undefined;
  /** What the world says to a request; nothing: it says nothing. It is asked again after whatever happens. */
  readonly says?: (request: ExecutionRequest, atMs: number) => ExecutionCommand | undefined;
  /** What people say, one after the other, each when nothing else goes on. */
  readonly later?: readonly ExecutionCommand[];
}

export interface Played {
  readonly compiled: Compiled;
  readonly graph: Graph;
  readonly lines: readonly [string, ...string[]];
}

const turnsMax = 1_000;

/** Executes a workflow for as long as it can go on: own stores begin empty, and a millisecond passes with each turn. */
export function played({
  documents,
  input,
  options = testOptions,
  says,
  later = [],
  transform,
  workflow,
}: Play): Played {
  const { compiled, problems } = compile(documents, options);
  const graph = compiled?.graphs[workflow];
  if (compiled === undefined || graph === undefined) throw new Error(JSON.stringify(problems));
  const owner = newOwner(machineOf(graph, { ...testWorld, ...(transform === undefined ? {} : { transform }) }));
  const rows = new Map<string, Json>();
  const reader = { get: (key: string) => rows.get(key), keys: () => [...rows.keys()].toSorted() };
  const facts = { engine: "omnibase/test", execution: "e1", principal: "ada", tenant: "default" };
  const snapshot = `sha256:${sha256("a snapshot")}`;
  owner.hear({ type: "Start", atMs: 1_000, ...facts, input, snapshot, workflow });
  const left = [...later];
  for (let turn = 1; turn < turnsMax; turn += 1) {
    const { requests } = owner.now();
    const atMs = 1_000 + turn;
    const [asked] = requests;
    if (asked?.kind === "advance") owner.hear({ type: "Advance" });
    else if (asked?.kind === "operate") {
      const { outcome, value, writes } = apply(asked.operation, reader, atMs);
      for (const write of writes) rows.set(write.key, write.value ?? null);
      owner.settle({ place: asked.place, attempt: asked.attempt, outcome, value, atMs });
    } else if (!requests.some((request) => isHeard(owner, says?.(request, atMs)))) {
      const command = left.shift();
      if (command === undefined) break;
      owner.hear(command);
    }
  }
  const [first = "", ...others] = owner.lines;
  return { compiled, graph, lines: [first, ...others] };
}

const isHeard = (owner: Owner, command: ExecutionCommand | undefined): boolean =>
  command !== undefined && owner.hear(command) === undefined;
