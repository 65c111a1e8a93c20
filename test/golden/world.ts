import { readdirSync, readFileSync } from "node:fs";
import {
  compile,
  decodeSnapshotFile,
  encodeSnapshotFile,
  executionIdOf,
  seal,
  signReceipt,
  type Json,
  type Resolution,
  type Snapshot,
  type SourceDocument,
} from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { memorySnapshots, memoryStore } from "@omnibase/infra/memory";
import { builtinTransforms } from "@omnibase/infra/transforms";
import { openHost, type Host } from "@omnibase/runtime";
import { noFailpoint, type Answer, type Store } from "@omnibase/spi";
import { documentsOf, greetProject, testKey, testOptions } from "@omnibase/testkit";
import { virtualClock, type VirtualClock } from "../../packages/sdk/src/virtual-clock.ts";
import { filesOver, settle } from "../host/world.ts";

const { version }: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

/** The version whose golden executions are made now. */
export const goldenVersion: string = version;

/** Real, and worth nothing outside: everyone can make it. */
export const key = testKey("golden");

/** What one golden execution leaves behind. */
export interface Golden {
  readonly log: readonly string[];
  readonly snapshot: string;
  readonly receipt: string | undefined;
}

/** A world in which time passes when a scenario says so, and the handlers answer what it says. */
export interface Scene {
  readonly clock: VirtualClock;
  /** Answers of the handlers, first come first served; without one the world is silent. */
  readonly answers: Promise<Answer>[];
  readonly files: Map<string, string>;
  /** Begins an execution and lets everything that can happen now happen. */
  start(workflow: string, input: Json): Promise<void>;
  cancel(reason: string): Promise<void>;
  resolve(resolution: Resolution): Promise<void>;
  /** Says something to the execution that the scene is about. */
  say(name: string, value: Json): Promise<void>;
  /** Settles the one task that is open. */
  settle(outcome: string, value: Json): Promise<void>;
  /** From now on the scene is about what the execution asked for, and its log is kept. */
  goToChild(): Promise<void>;
  /** And back to whoever asked for it. */
  goBack(): void;
  /** The process dies, and another one takes over. */
  restart(): Promise<void>;
  /** What the files show of a workflow's stores. */
  shown(workflow: string): Promise<string>;
  /** The execution that was begun last. */
  golden(): Promise<Golden>;
}

const startedMs = Date.UTC(2026, 10, 21, 9);

export function openScene(name: string): Scene {
  const world: World = { store: memoryStore(), clock: hurriedClock(startedMs), answers: [], files: new Map() };
  let host = hostOf(world);
  let count = 0;
  let file = "";
  let child: string | undefined;
  const last = (): { readonly tenant: string; readonly execution: string } => ({
    tenant: "default",
    execution: child ?? executionIdOf("default", `golden/${name}/${String(count)}`, sha256),
  });
  return {
    ...world,
    async start(workflow, input) {
      count += 1;
      const sealed = sealedProject(workflow);
      ({ file } = sealed);
      const snapshot = sealed.snapshot.digest;
      must(await host.start({ ...last(), workflow, snapshot, input, principal: "ada", acceptFiles: false }));
      await settle();
    },
    cancel: (reason) => heard(host.cancel({ ...last(), by: "ada", reason })),
    async resolve(resolution) {
      const told = { ...last(), by: "ada", resolution };
      const reply = await host.resolve(told);
      const again = !reply.ok && reply.error.code === "PLACE_NEEDED" ? reply.error.place : undefined;
      must(again === undefined ? reply : await host.resolve({ ...told, place: again }));
      await settle();
    },
    say: (said, value) => heard(host.signal({ ...last(), by: "bob", id: `${name}/${said}`, name: said, value })),
    settle: (outcome, value) => heard(host.settleTask({ ...last(), by: "golden::AC_BOSS_V0", outcome, value })),
    async goToChild() {
      const [found] = await world.store.list({ tenant: "default", parent: last().execution, limit: 1 });
      child = found?.execution;
    },
    goBack() {
      child = undefined;
    },
    async restart() {
      host = hostOf(world);
      await host.recovered;
      await settle();
    },
    async shown(workflow) {
      must(await host.project({ tenant: "default", snapshot: sealedProject(workflow).snapshot.digest, workflow }));
      return [...world.files.values()].join("");
    },
    async golden() {
      const log = await world.store.read(last());
      const receipt = signReceipt(log, { sha256, signer: key });
      return { log, snapshot: file, receipt: receipt.ok ? receipt.value : undefined };
    },
  };
}

interface World extends Pick<Scene, "answers" | "clock" | "files"> {
  readonly store: Store;
}

async function heard(reply: Promise<Parameters<typeof must>[0]>): Promise<void> {
  must(await reply);
  await settle();
}

function must(reply: { readonly ok: boolean; readonly error?: unknown }): void {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.error)}`);
}

function hostOf({ answers, clock, files, store }: World): Host {
  const handle = (): Promise<Answer> => answers.shift() ?? new Promise(() => undefined);
  return openHost({
    store,
    snapshots: memorySnapshots((digest) => {
      const value = [...sealedProjects.values()].map(({ snapshot }) => snapshot).find((one) => one.digest === digest);
      if (value === undefined) throw new Error(`nobody sealed ${digest}`);
      return value;
    }),
    handlers: new Map(["http", "noop"].map((name) => [name, { name, handle }])),
    transform: (implementation) => builtinTransforms[implementation],
    sha256,
    clock,
    files: filesOver(files),
    failpoint: noFailpoint,
    engine: `omnibase/${goldenVersion}`,
  });
}

/** Whoever looks at how long something took finds that it took too long, so records of pure steps are cut early. */
function hurriedClock(atMs: number): VirtualClock {
  const clock = virtualClock(atMs, settle);
  let looks = 0;
  return { ...clock, monotonicMs: () => clock.monotonicMs() + 20 * (looks += 1) };
}

interface Sealed {
  readonly file: string;
  readonly snapshot: Snapshot;
}

const sealedProjects = new Map<string, Sealed>();

/** The project of a workflow, compiled and signed. */
function sealedProject(workflow: string): Sealed {
  const found = sealedProjects.get(workflow) ?? compiled(workflow);
  sealedProjects.set(workflow, found);
  return found;
}

function compiled(workflow: string): Sealed {
  const result = compile(
    documentsFor(workflow),
    isOfLanguage(workflow) ? { ...testOptions, only: workflow } : testOptions,
  );
  if (result.compiled === undefined) throw new Error(JSON.stringify(result.problems, undefined, 2));
  const file = encodeSnapshotFile(seal(result.compiled, { sha256 }), key);
  const snapshot = decodeSnapshotFile(Buffer.from(file), { sha256, trust: key.trust });
  if (!snapshot.ok) throw new Error(snapshot.error.detail);
  return { file, snapshot: snapshot.value };
}

function documentsFor(workflow: string): readonly SourceDocument[] {
  if (workflow.startsWith("demo::")) return documentsOf(greetProject, "demo");
  const own = /_(PAY|LONG)_/.exec(workflow)?.[1]?.toLowerCase() ?? "language";
  const folder = new URL(`project/${own}/`, import.meta.url);
  const texts = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);
  return documentsOf(Object.fromEntries(texts), "golden");
}

/** Many workflows of one project, of which a snapshot holds what one needs. */
const isOfLanguage = (workflow: string): boolean => /^golden::WF_(?!PAY|LONG)/.test(workflow);
