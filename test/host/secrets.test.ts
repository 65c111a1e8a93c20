import { decodeRecord, digestOf, entropyHandler } from "@omnibase/core";
import type { CallPlace, Edge, Fields, Graph, Place, Work } from "@omnibase/core";
import { sealingUnder, sha256, systemEntropy } from "@omnibase/infra/crypto";
import { memoryStore } from "@omnibase/infra/memory";
import type { Answer, Entropy, Store } from "@omnibase/spi";
import { describe, expect, it } from "vitest";
import { accounts, done, key, openWorld, settle, start, workflow } from "./world.ts";
import type { TestWorld, WorldOptions } from "./world.ts";

const pin = { pin: { type: "string", required: true, secret: true } } as const satisfies Fields;
const drawn = { entropy_bytes: { type: "string", required: true, secret: true } } as const satisfies Fields;

const call = (work: Work, edges: { readonly [outcome: string]: Edge }, more: Partial<CallPlace> = {}): Place => ({
  kind: "call",
  work,
  inputs: {},
  required: [],
  outcomes: Object.keys(edges),
  edges,
  ...more,
});

const effect = (handler: string): Work => ({
  kind: "effect",
  capability: "std::CT_PURE_GENERATE_ENTROPY_V0",
  handler,
  operation: "DRAW",
  configuration: {},
  idempotent: true,
  timeoutMs: 1_000,
  retry: { attemptsMax: 1, backoffMs: 0, factor: 1, backoffMaxMs: 0 },
});

/** Takes a secret, draws another, keeps what is none, and tells a handler both. */
const graph = (bits = 128): Graph => ({
  format: "omnibase-graph/1",
  workflow,
  start: "IN",
  scopes: {},
  places: {
    IN: call(
      { kind: "admit", fields: { name: { type: "string", required: true }, ...pin } },
      {
        ACK: { to: "DRAW" },
        NACK: { to: "EXIT" },
      },
    ),
    DRAW: call(
      effect(entropyHandler),
      { SUCCESS: { to: "KEEP" }, VIOLATION: { to: "EXIT" } },
      {
        inputs: { entropy_bits: { kind: "literal", value: bits } },
        answers: drawn,
      },
    ),
    KEEP: call(
      { kind: "operate", capability: "CS", operation: "registry.REGISTER", store: accounts },
      { SUCCESS: { to: "TELL" } },
      { inputs: { key: { kind: "payload", path: ["name"] } } },
    ),
    TELL: call(
      effect("pay"),
      { SUCCESS: { to: "LOOK" } },
      {
        inputs: {
          entropy: { kind: "result", of: "DRAW", path: ["entropy_bytes"] },
          pin: { kind: "payload", path: ["pin"] },
        },
        answers: {},
      },
    ),
    LOOK: call({ kind: "task", summary: "look", actors: [], fields: pin }, { SEEN: { to: "EXIT" } }),
    EXIT: { kind: "exit", class: "completed", reason: "COMPLETED", outcome: "DONE", outputs: {} },
  },
});

const sealing = sealingUnder(Buffer.alloc(32, 1), systemEntropy);
/** Draws what tells how often it was asked. */
const counting = (): Entropy & { count: number } => ({
  count: 0,
  draw(bytes) {
    this.count += 1;
    return new Uint8Array(bytes).fill(this.count);
  },
});

const input = { name: "Ada", pin: "what nobody shall read" };
const world = (options: Partial<WorldOptions> = {}): TestWorld =>
  openWorld({ answer: done, graph: graph(), sealing, entropy: counting(), ...options });

/** Whatever a store says to whoever asks. */
async function everythingIn(store: Store): Promise<string> {
  return JSON.stringify([
    await store.read(key("a")),
    await store.find(key("a")),
    await store.entities("default", accounts),
    await store.journal("default", accounts),
    await store.tasks({ tenant: "default", limit: 10 }),
    await store.secrets(key("a")),
  ]);
}

describe("an execution with secrets", () => {
  it("hands them to whom they are meant for, and leaves nothing of them that can be read", async () => {
    const { calls, host, store } = world();
    await host.start(start("a", input));
    await host.wait(key("a"));
    const entropy = `0x${"01".repeat(16)}`;
    expect(calls.map((request) => request.input)).toEqual([{ pin: input.pin, entropy }]);
    await host.settleTask({ ...key("a"), by: "ada", outcome: "SEEN", value: { pin: "said by a person" } });
    const kept = await everythingIn(store);
    for (const secret of [input.pin, entropy.slice(2), "said by a person"]) expect(kept).not.toContain(secret);
    expect(kept).toContain("sealed:");
  });

  it("draws once, and reads what was drawn from its record when it is taken up again", async () => {
    const store = memoryStore();
    const entropy = counting();
    const silent = world({ store, entropy, answer: () => new Promise<Answer>(() => undefined) });
    await silent.host.start(start("a", input));
    await settle();
    const [told] = silent.calls;
    const later = world({ store, entropy });
    await later.host.recovered;
    await later.host.wait(key("a"));
    expect(entropy.count).toBe(1);
    expect(later.calls.map((request) => request.input)).toEqual([told?.input]);
  });

  it("goes nowhere with a size that cannot be drawn", async () => {
    const { host, store } = world({ graph: graph(100) });
    await host.start(start("a", input));
    await host.wait(key("a"));
    const outcomes = (await store.read(key("a"))).map((line) => decodeRecord(line).event);
    expect(outcomes).toContainEqual(expect.objectContaining({ type: "Settled", outcome: "VIOLATION", value: {} }));
  });

  it("is not begun by a host that cannot seal, and stands where it draws at one without chance", async () => {
    const { sealing: _, ...unsealing } = { answer: done, graph: graph(), sealing };
    const refused = await openWorld(unsealing).host.start(start("a", input));
    expect(refused).toMatchObject({ ok: false, error: { code: "SNAPSHOT_REFUSED", reason: "NOT_SEALING" } });
    const { host } = openWorld({ answer: done, graph: graph(), sealing });
    await host.start(start("a", input));
    expect(await host.wait(key("a"))).toMatchObject({ value: { status: "incident" } });
  });

  it("is the same start again, and with another secret it is another", async () => {
    const { host } = world();
    expect(await host.start(start("a", input))).toMatchObject({ value: { existed: false } });
    await host.wait(key("a"));
    expect(await host.start(start("a", input))).toMatchObject({ value: { existed: true } });
    const other = await host.start(start("a", { ...input, pin: "another" }));
    expect(other).toMatchObject({ error: { code: "IDEMPOTENCY_MISMATCH" } });
    const task = { ...key("a"), by: "ada", outcome: "SEEN", place: "LOOK", value: { pin: "1" } };
    expect(await host.settleTask(task)).toMatchObject({ ok: true });
    expect(await host.settleTask(task)).toMatchObject({ ok: true });
    expect(await host.settleTask({ ...task, value: { pin: "2" } })).toMatchObject({ error: { code: "NOT_RUNNING" } });
  });

  it("loses them when they are erased, once it has ended, and nothing else", async () => {
    const { host, store } = world();
    expect(await host.eraseSecrets(key("a"))).toMatchObject({ error: { code: "EXECUTION_NOT_FOUND" } });
    await host.start(start("a", input));
    await host.wait(key("a"));
    expect(await host.eraseSecrets(key("a"))).toMatchObject({ error: { code: "NOT_ENDED" } });
    const task = { ...key("a"), by: "ada", outcome: "SEEN", place: "LOOK", value: { pin: "1" } };
    await host.settleTask(task);
    const lines = await store.read(key("a"));
    expect(await host.eraseSecrets(key("a"))).toMatchObject({ ok: true, value: { status: "ended" } });
    expect(await store.secrets(key("a"))).toBeUndefined();
    expect(await store.read(key("a"))).toEqual(lines);
    expect(await host.start(start("a", input))).toMatchObject({ error: { code: "SECRET_ERASED" } });
    expect(await host.settleTask(task)).toMatchObject({ error: { code: "SECRET_ERASED" } });
    expect(await host.wait(key("a"))).toMatchObject({ ok: true, value: { status: "ended" } });
    const head = digestOf(sha256, lines.at(-1) ?? "");
    const removal = { key: key("a"), head, records: lines.length, removedMs: 2, policy: "" };
    expect(await host.remove({ removals: [removal] })).toEqual({ ok: true, value: ["removed"] });
    for (const again of [input, { ...input, pin: "another" }]) {
      const error = { code: "EXECUTION_REMOVED", execution: "a", head };
      expect(await host.start(start("a", again))).toEqual({ ok: false, error });
    }
  });

  it("is damaged where a box was changed, or taken from another", async () => {
    const store = memoryStore();
    const forged: Store = {
      ...store,
      secrets: async (of) => {
        const secrets = await store.secrets(of);
        return (
          secrets && {
            ...secrets,
            boxes: secrets.boxes.map(({ pointer, revision }) => ({ pointer, revision, box: secrets.key })),
          }
        );
      },
    };
    const { host } = world({ store, answer: () => new Promise<Answer>(() => undefined) });
    await host.start(start("a", input));
    await settle();
    const later = world({ store: forged });
    expect(await later.host.cancel({ ...key("a"), by: "ada", reason: "x" })).toMatchObject({
      error: { code: "LOG_DAMAGED", revision: 1 },
    });
  });
});
