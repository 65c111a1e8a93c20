import { setImmediate as turn } from "node:timers/promises";
import { resultOf, type ExecutionResult, type Json, type Resolution } from "@omnibase/core";
import { sealingUnder, sha256 } from "@omnibase/infra/crypto";
import { memorySnapshots, memoryStore } from "@omnibase/infra/memory";
import { openHost, type Host } from "@omnibase/runtime";
import { noFailpoint, type Entropy, type Reply, type Standing, type Store } from "@omnibase/spi";
import { millisecondsIn, type Executable } from "./compile-definitions.ts";
import { stubs, type Stubs, type Told } from "./stubs.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";

/** Something that happens, without the types of any workflow. */
export type AnyStep =
  | { readonly start: unknown; readonly as?: string }
  | { readonly signal: string; readonly value?: unknown; readonly as?: string }
  | { readonly task: string; readonly outcome: string; readonly output?: unknown; readonly as?: string }
  | { readonly advance: string }
  | { readonly answer: string; readonly with: Told }
  | { readonly cancel: string; readonly as?: string }
  | { readonly resolve: string; readonly with: Resolution; readonly as?: string };

export interface AnyEvent {
  readonly event: string;
  readonly fields: { readonly [name: string]: Json };
}

/** One execution in a world of its own. */
export interface Scenario {
  readonly stubs: Stubs;
  /** Why it was refused; \`undefined\`: it was not. */
  step(step: AnyStep): Promise<string | undefined>;
  emitted(events: readonly AnyEvent[]): Promise<void>;
  result(): Promise<ExecutionResult | undefined>;
  /** What a store shows in its file: lines as a list, an object as one. */
  records(store: string): Promise<Json>;
}

export interface Setting {
  readonly workflow: string;
  readonly beginMs: number;
  /** Store → what its file says when it begins. */
  readonly records: Readonly<Record<string, unknown>>;
}

interface World {
  readonly host: Host;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly files: Map<string, string>;
  readonly setting: Setting;
  readonly executable: Executable;
  readonly stubs: Stubs;
}

const key = { tenant: "default", execution: "00000000-0000-7000-8000-000000000001" } as const;
const somebody = "somebody";

/** A host as every other, over a store in memory, whose clock and whose world a test holds in its hand. */
export function openScenario(executable: Executable, setting: Setting): Scenario {
  const { snapshot, transform } = executable;
  const inner = memoryStore();
  let commits = 0;
  const store: Store = {
    ...inner,
    commit: (commit) => {
      commits += 1;
      return inner.commit(commit);
    },
  };
  const clock = virtualClock(setting.beginMs, () => settled(() => commits));
  const files = new Map(
    Object.entries(setting.records).map(([name, value]) => [fileOf(executable, name), shown(value)]),
  );
  const told = stubs(["http", "mail"]);
  const host = openHost({
    store,
    snapshots: memorySnapshots(() => snapshot),
    handlers: told.handlers,
    transform,
    sha256,
    clock,
    files: {
      read: (file) => Promise.resolve(files.get(file)),
      write: (file, text) => Promise.resolve(void files.set(file, text)),
      list: (ending) => Promise.resolve([...files.keys()].filter((file) => file.endsWith(ending)).toSorted()),
    },
    failpoint: noFailpoint,
    engine: "omnibase/test",
    entropy: countedEntropy(),
    sealing: sealingUnder(new Uint8Array(32), countedEntropy()),
  });
  const world: World = { host, store, clock, files, setting, executable, stubs: told };
  return {
    stubs: told,
    step: (step) => take(world, step),
    emitted: (events) => emitted(world, events),
    result: () => resultIn(world),
    records: (name) => recordsIn(world, name),
  };
}

/** The same in every scenario, and never the same twice in one: chance that a test can tell. */
function countedEntropy(): Entropy {
  let draws = 0;
  return {
    draw(bytes) {
      draws += 1;
      return Buffer.from(sha256(`draw ${String(draws)}`), "hex").subarray(0, bytes);
    },
  };
}

/** Until nothing is committed any more by whatever could still go on. A runner that fakes timers does not reach these turns. */
async function settled(commits: () => number): Promise<void> {
  for (let [quiet, before] = [0, commits()]; quiet < quietTurns; quiet += 1) {
    await turn();
    if (commits() !== before) [quiet, before] = [0, commits()];
  }
}

const quietTurns = 5;

async function take(world: World, step: AnyStep): Promise<string | undefined> {
  const refused = await said(world, step);
  await world.clock.pass(0);
  return refused;
}

async function said(
  { clock, executable, host, setting, store, stubs: told }: World,
  step: AnyStep,
): Promise<string | undefined> {
  const by = "as" in step ? (step.as ?? somebody) : somebody;
  if ("start" in step) {
    const { snapshot } = executable;
    const request = {
      ...key,
      workflow: setting.workflow,
      snapshot: snapshot.digest,
      input: json(step.start),
      acceptFiles: false,
      principal: by,
    };
    return refusalIn(await host.start(request));
  }
  if ("signal" in step) {
    // Every signal is a record, so no two have one id.
    const id = `signal ${String((await store.read(key)).length)}`;
    return refusalIn(await host.signal({ ...key, by, id, name: step.signal, value: json(step.value ?? {}) }));
  }
  if ("task" in step) {
    const { outcome, output = {}, task } = step;
    return refusalIn(await host.settleTask({ ...key, by, place: task, outcome, value: json(output) }));
  }
  if ("advance" in step) {
    await clock.pass(millisecondsIn(step.advance));
    return undefined;
  }
  if ("answer" in step) {
    told.tell(step.answer, step.with);
    return undefined;
  }
  if ("cancel" in step) return refusalIn(await host.cancel({ ...key, by, reason: step.cancel }));
  return refusalIn(await host.resolve({ ...key, by, place: step.resolve, resolution: step.with }));
}

const refusalIn = (reply: Reply<Standing> | Reply<unknown>): string | undefined =>
  reply.ok ? undefined : reply.error.code;

/** What was emitted by others before. */
async function emitted({ clock, store }: World, events: readonly AnyEvent[]): Promise<void> {
  if (events.length === 0) return;
  const atMs = clock.nowMs();
  const create = { workflow: "test::BEFORE", snapshot: "", request: "", startedMs: atMs, principal: somebody };
  await store.commit({
    key: { ...key, execution: "before" },
    expected: 0,
    records: [],
    create,
    status: "ended",
    end: { class: "completed", outcome: "BEFORE", endedMs: atMs },
    emitted: events.map(({ event, fields }) => ({ atMs, event, fields })),
  });
}

async function resultIn({ executable, setting, store }: World): Promise<ExecutionResult | undefined> {
  const [first, ...others] = await store.read(key);
  const graph = executable.snapshot.graphs[setting.workflow];
  return first === undefined || graph === undefined
    ? undefined
    : resultOf({ graph, lines: [first, ...others], sha256 });
}

async function recordsIn(world: World, name: string): Promise<Json> {
  const { executable, files, host, setting } = world;
  const { snapshot } = executable;
  await host.project({ tenant: key.tenant, snapshot: snapshot.digest, workflow: setting.workflow });
  const file = fileOf(executable, name);
  const text = files.get(file);
  if (text === undefined) return null;
  if (!file.endsWith(".jsonl")) return parsed(text);
  return text.split("\n").slice(0, -1).map(parsed);
}

/** Stores are named by their structure, \`test::STRUCTURE_X_V0/NAME\`. */
function fileOf({ snapshot }: Executable, name: string): string {
  const found = Object.entries(snapshot.authority.stores).find(
    ([store]) => store.endsWith(`/${name}`) || store === name,
  );
  if (found === undefined) throw new Error(`no step of it operates on a store ${name}`);
  return found[1].file;
}

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => `${JSON.stringify(one)}\n`).join("") : JSON.stringify(value);

function parsed(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

/** Only what can be sent: whoever gives something else is told so by what comes of it. */
const json = (value: unknown): Json => parsed(JSON.stringify(value ?? null));
