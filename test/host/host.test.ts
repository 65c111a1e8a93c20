import { decodeRecord } from "@omnibase/core";
import { memoryStore } from "@omnibase/infra/memory";
import { StoreFault } from "@omnibase/spi";
import type { Answer, Store } from "@omnibase/spi";
import { expect, it } from "vitest";
import { done, key, openWorld, settle, start } from "./world.ts";
import type { TestWorld } from "./world.ts";

const typesOf = async ({ store }: TestWorld, execution: string): Promise<readonly string[]> =>
  (await store.read(key(execution))).map((line) => decodeRecord(line).event.type);

const unknown: Answer = { kind: "unknown", failure: { code: "NO_ANSWER", message: "silence" } };
const notDone: Answer = { kind: "not-done", failure: { code: "REFUSED", message: "no" }, retryable: true };
const never = (): Promise<Answer> => new Promise(() => undefined);

it("starts, works and ends, in as few commits as there are effects", async () => {
  const world = openWorld({ answer: done });
  expect(await world.host.start(start("e1"))).toEqual({ ok: true, value: { ...key("e1"), existed: false } });
  expect(await world.host.wait(key("e1"))).toEqual({ ok: true, value: { ...key("e1"), status: "ended" } });
  expect(await typesOf(world, "e1")).toEqual(["Started", "Passed", "Settled", "Settled", "Completed"]);
});

it("takes the same start twice for one", async () => {
  const world = openWorld({ answer: done });
  await world.host.start(start("e1"));
  expect(await world.host.start(start("e1"))).toMatchObject({ ok: true, value: { existed: true } });
  await world.host.wait(key("e1"));
  expect(await world.host.start(start("e1"))).toMatchObject({ ok: true, value: { existed: true } });
  expect(world.calls).toHaveLength(1);
});

it("refuses another payload under the same name", async () => {
  const world = openWorld({ answer: done });
  await world.host.start(start("e1"));
  const refused = await world.host.start(start("e1", { name: "Bob" }));
  expect(refused).toMatchObject({ ok: false, error: { code: "IDEMPOTENCY_MISMATCH" } });
});

it("makes one execution of two hundred equal starts at once", async () => {
  const world = openWorld({ answer: done });
  const replies = await Promise.all(Array.from({ length: 200 }, () => world.host.start(start("e1"))));
  expect(replies.filter((reply) => reply.ok && !reply.value.existed)).toHaveLength(1);
  expect(replies.every((reply) => reply.ok)).toBe(true);
  await world.host.wait(key("e1"));
  expect(world.calls).toHaveLength(1);
});

it("registers a key once, whoever comes first", async () => {
  const world = openWorld({ answer: done });
  const ids = Array.from({ length: 50 }, (_, index) => `e${String(index)}`);
  await Promise.all(ids.map((id) => world.host.start(start(id))));
  await Promise.all(ids.map((id) => world.host.wait(key(id))));
  expect(world.calls).toHaveLength(1);
});

it("tries again after the declared wait, with the same key, and not before", async () => {
  const answers = [unknown, notDone];
  const world = openWorld({
    answer: () => Promise.resolve(answers.shift() ?? { kind: "done", outcome: "SUCCESS", value: {} }),
  });
  await world.host.start(start("e1"));
  await world.clock.pass(199);
  expect(world.calls).toHaveLength(1);
  await world.clock.pass(1);
  expect(world.calls).toHaveLength(2);
  await world.clock.pass(400);
  expect(world.calls).toHaveLength(3);
  expect(new Set(world.calls.map((call) => call.key())).size).toBe(1);
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
});

it("never repeats an unanswered effect that is not idempotent", async () => {
  const world = openWorld({ answer: never, effect: { idempotent: false } });
  await world.host.start(start("e1"));
  await world.clock.pass(30_000);
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "incident" } });
  await world.clock.pass(1_000_000);
  expect(world.calls).toHaveLength(1);
  expect((await typesOf(world, "e1")).slice(-2)).toEqual(["AttemptFailed", "IncidentOpened"]);
});

it("waits for the answer in flight before it cancels", async () => {
  let answer: ((answer: Answer) => void) | undefined;
  const world = openWorld({ answer: () => new Promise((resolve) => (answer = resolve)) });
  await world.host.start(start("e1"));
  expect(await world.host.cancel({ ...key("e1"), by: "ada", reason: "enough" })).toMatchObject({
    value: { status: "open" },
  });
  answer?.({ kind: "done", outcome: "SUCCESS", value: {} });
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect((await typesOf(world, "e1")).slice(-3)).toEqual(["CancelRequested", "Settled", "Cancelled"]);
});

it("gives up on an answer when the deadline of a cancellation passes", async () => {
  const world = openWorld({ answer: never });
  await world.host.start(start("e1"));
  await world.host.cancel({ ...key("e1"), by: "ada", reason: "enough" });
  await world.clock.pass(10_000);
  expect((await typesOf(world, "e1")).slice(-2)).toEqual(["TimerFired", "Cancelled"]);
});

it("keeps an answer that came too late as evidence, and does not route it", async () => {
  const late: ((answer: Answer) => void)[] = [];
  const world = openWorld({
    answer: () => new Promise((resolve) => void late.push(resolve)),
    effect: { timeoutMs: 100 },
  });
  await world.host.start(start("e1"));
  await world.clock.pass(100);
  late[0]?.({ kind: "done", outcome: "SUCCESS", value: {} });
  await settle();
  expect((await typesOf(world, "e1")).slice(-2)).toEqual(["AttemptFailed", "LateAnswer"]);
  await world.clock.pass(200);
  late[1]?.({ kind: "done", outcome: "SUCCESS", value: {} });
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
});

it("takes up what another host left, and counts the attempt as lost", async () => {
  const store = memoryStore();
  const first = openWorld({ answer: never, store });
  await first.host.start(start("e1"));
  await settle();
  const second = openWorld({ answer: done, store });
  expect(await second.host.recovered).toBe(1);
  expect(await second.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect(await typesOf(second, "e1")).toEqual(["Started", "Passed", "Settled", "AttemptLost", "Settled", "Completed"]);
});

it("opens an incident for an effect that ends five processes in a row", async () => {
  const store = memoryStore();
  await openWorld({ answer: never, store }).host.start(start("e1"));
  for (let death = 0; death < 5; death += 1) await openWorld({ answer: never, store }).host.recovered;
  expect(await store.find(key("e1"))).toMatchObject({ status: "incident" });
});

it("fires a timer that came due while nobody was there", async () => {
  const store = memoryStore();
  const first = openWorld({ answer: () => Promise.resolve(notDone), store });
  await first.host.start(start("e1"));
  await settle();
  await first.host.drain();
  const second = openWorld({ answer: done, store, atMs: 2_000_000 });
  await second.clock.pass(1);
  expect(await second.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect((await typesOf(second, "e1")).filter((type) => type === "TimerFired")).toHaveLength(1);
});

it("tries a commit again when the store is full, and loses nothing", async () => {
  const store = memoryStore();
  let full = false;
  const narrow: Store = {
    ...store,
    commit: (commit) =>
      full ? Promise.reject(new StoreFault("STORE_FULL", "no space", { retryable: true })) : store.commit(commit),
  };
  let answer: ((answer: Answer) => void) | undefined;
  const world = openWorld({ store: narrow, answer: () => new Promise((resolve) => (answer = resolve)) });
  await world.host.start(start("e1"));
  full = true;
  answer?.({ kind: "done", outcome: "SUCCESS", value: {} });
  await world.clock.pass(1_000);
  await expect(world.host.start(start("e2", { name: "Bob" }))).rejects.toMatchObject({ code: "STORE_FULL" });
  full = false;
  await world.clock.pass(1_000);
  expect(await world.host.wait(key("e1"))).toMatchObject({ value: { status: "ended" } });
  expect(await world.host.start(start("e2", { name: "Bob" }))).toMatchObject({ ok: true });
});

it("answers everyone with the fault when the store is beyond retrying", async () => {
  const store = memoryStore();
  let broken = false;
  const fault = new StoreFault("STORE_DAMAGED", "a page is gone", { retryable: false });
  const world = openWorld({
    store: { ...store, commit: (commit) => (broken ? Promise.reject(fault) : store.commit(commit)) },
    answer: never,
  });
  await world.host.start(start("e1"));
  const waiting = world.host.wait(key("e1"));
  broken = true;
  await Promise.all([
    expect(waiting).rejects.toBe(fault),
    expect(world.host.cancel({ ...key("e1"), by: "ada", reason: "x" })).rejects.toBe(fault),
  ]);
  await expect(world.host.start(start("e2"))).rejects.toBe(fault);
});

it("takes nothing new once it leaves", async () => {
  const world = openWorld({ answer: done });
  await world.host.drain();
  expect(await world.host.start(start("e1"))).toEqual({ ok: false, error: { code: "OWNER_LEAVING" } });
});

it("shows a store as its file, and refuses to overwrite what was changed by hand", async () => {
  const world = openWorld({ answer: done });
  await world.host.start({ ...start("e1"), acceptFiles: false });
  await world.host.wait(key("e1"));
  const projected = await world.host.project(start("e1"));
  expect(projected).toEqual({ ok: true, value: ["registry/accounts.jsonl"] });
  expect(world.files.get("registry/accounts.jsonl")).toMatch(
    /^\{"address":"ADDR_[0-9a-f]{32}","key":"AC_[0-9a-f]{16}"\}\n$/,
  );

  expect(await world.host.start({ ...start("e2"), acceptFiles: false })).toMatchObject({ ok: true });
  world.files.set("registry/accounts.jsonl", `{"address":"ADDR_1","key":"AC_1"}\n`);
  const drifted = await world.host.start({ ...start("e3"), acceptFiles: false });
  expect(drifted).toMatchObject({ ok: false, error: { code: "DATA_FILE_DRIFT", file: "registry/accounts.jsonl" } });
  expect(await world.host.start({ ...start("e3"), acceptFiles: true })).toMatchObject({ ok: true });
  await world.host.wait(key("e3"));
  expect((await typesOf(world, "e3"))[1]).toBe("Imported");
});

it("shows a document store as one object, and takes in what was changed by hand", async () => {
  const files = new Map([["registry/accounts.jsonl", `{ "old": 1 }`]]);
  const world = openWorld({ answer: done, files, kind: "document" });
  await world.host.start({ ...start("e1"), acceptFiles: false });
  await world.host.wait(key("e1"));
  await world.host.project(start("e1"));
  const shown = files.get("registry/accounts.jsonl") ?? "";
  expect(shown).toMatch(/^\{\n"AC_[0-9a-f]{16}":\{"name":"Ada"\},\n"old":1\n\}\n$/);

  files.set("registry/accounts.jsonl", shown.replace('"old":1', '"old":2'));
  const drifted = await world.host.start({ ...start("e2"), acceptFiles: false });
  expect(drifted).toMatchObject({ ok: false, error: { code: "DATA_FILE_DRIFT" } });
  files.set("registry/accounts.jsonl", "{ torn");
  const torn = await world.host.start({ ...start("e2"), acceptFiles: true });
  expect(torn).toMatchObject({
    ok: false,
    error: { code: "DATA_FILE_UNREADABLE", detail: expect.stringContaining("line 1") },
  });
  files.set("registry/accounts.jsonl", " \n");
  expect(await world.host.start({ ...start("e2", { name: "Bob" }), acceptFiles: true })).toMatchObject({ ok: true });
  await world.host.wait(key("e2"));
  await world.host.project(start("e2"));
  expect(files.get("registry/accounts.jsonl")).toMatch(/^\{\n"AC_[0-9a-f]{16}":\{"name":"Bob"\}\n\}\n$/);
});

it("imports a file that was there before the store, once", async () => {
  const files = new Map([["registry/accounts.jsonl", `{"address":"ADDR_1","key":"AC_1"}\n`]]);
  const world = openWorld({ answer: done, files });
  await world.host.start({ ...start("e1"), acceptFiles: false });
  await world.host.start({ ...start("e2"), acceptFiles: false });
  await world.host.wait(key("e1"));
  await world.host.wait(key("e2"));
  expect((await typesOf(world, "e1")).includes("Imported")).toBe(true);
  expect((await typesOf(world, "e2")).includes("Imported")).toBe(false);
});

it("lets a damaged log harm its own execution and no other", async () => {
  const store = memoryStore();
  const first = openWorld({ answer: never, store });
  await first.host.start(start("e1"));
  await first.host.start(start("e2", { name: "Bob" }));
  await settle();
  const torn: Store = {
    ...store,
    read: async (execution, after) => (execution.execution === "e1" ? ["{}"] : store.read(execution, after)),
  };
  const second = openWorld({ answer: done, store: torn });
  expect(await second.host.recovered).toBe(1);
  expect(await second.host.wait(key("e2"))).toMatchObject({ value: { status: "ended" } });
  expect(await second.host.wait(key("e1"))).toMatchObject({ ok: false, error: { code: "LOG_DAMAGED", revision: 1 } });
});

it("tells whoever waits of the end, where a start is asked for again meanwhile", async () => {
  const { again, second } = await startedAgain(done);
  expect(await second.host.wait(key("e1"))).toMatchObject({ ok: true, value: { status: "ended" } });
  expect(await again).toMatchObject({ ok: true, value: { existed: true } });
});

it("cancels what was under way, where a start is asked for again meanwhile", async () => {
  const { again, second } = await startedAgain(never);
  expect(await second.host.cancel({ ...key("e1"), by: "ada", reason: "no more" })).toMatchObject({ ok: true });
  expect(await again).toMatchObject({ ok: true, value: { existed: true } });
  await second.clock.pass(30_000);
  expect(await second.host.wait(key("e1"))).toMatchObject({ ok: true, value: { status: "ended" } });
});

/** What one host left is started again at the next one, before that has looked around. */
async function startedAgain(answer: () => Promise<Answer>): Promise<{
  readonly again: ReturnType<TestWorld["host"]["start"]>;
  readonly second: TestWorld;
}> {
  const first = openWorld({ answer: never });
  await first.host.start(start("e1"));
  const second = openWorld({ answer, store: unhurried(first.store) });
  const again = second.host.start(start("e1"));
  await turn();
  return { again, second };
}

it("leaves to the other what another host has announced, where two write one log", async () => {
  const answers = [notDone];
  const effect = { idempotent: false };
  const one = openWorld({ answer: () => Promise.resolve(answers.shift()).then((given) => given ?? never()), effect });
  await one.host.start(start("e1"));
  await settle();
  const other = openWorld({ answer: never, effect, store: one.store });
  void other.host.wait(key("e1"));
  await settle();
  await one.clock.pass(200);
  expect(one.calls).toHaveLength(2);
  expect(await other.host.cancel({ ...key("e1"), by: "ada", reason: "no more" })).toMatchObject({ ok: true });
  expect(other.calls).toHaveLength(0);
});

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Commits as slowly as a disk, and says late what is under way. */
const unhurried = (store: Store): Store => ({
  ...store,
  commit: async (commit) => {
    await settle();
    return store.commit(commit);
  },
  open: async (after, limit) => {
    await settle();
    return store.open(after, limit);
  },
});
