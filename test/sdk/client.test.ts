import { cpSync } from "node:fs";
import { join } from "node:path";
import { createClient, type Client, type ClientOptions } from "@omnibase/sdk";
import { expect, expectTypeOf, it } from "vitest";
import { folderWith } from "../../apps/cli/src/testing/cli.ts";
import type { DoorAsked, TestDoor } from "../serve/door.ts";
import { openDoors } from "../serve/doors.ts";
import { order } from "./cafe/omnibase.ts";

const doors = openDoors();

interface Opened {
  readonly client: Client;
  readonly door: TestDoor;
}

/** A client of a door in this process. */
async function opened(options: Partial<ClientOptions> = {}, asked: DoorAsked = {}): Promise<Opened> {
  const folder = folderWith({ "omnibase.yaml": "namespace: cafe\n" });
  cpSync(join(import.meta.dirname, "cafe/omnibase.ts"), join(folder, "omnibase.ts"));
  const door = await doors.door(folder, asked);
  const client = createClient({ url: "http://127.0.0.1:7070", namespace: "cafe", fetch: into(() => door), ...options });
  return { door, client };
}

type Fetch = NonNullable<ClientOptions["fetch"]>;

/** What the platform says of itself, a call in this process has to say. */
const into =
  (door: () => TestDoor): Fetch =>
  async (url, init) =>
    door().app.request(url, { ...init, headers: { ...init.headers, host: new URL(url).host } });

it("starts, says what is waited for, and reads what came of it, as the definition says", async () => {
  const { client } = await opened();
  const execution = await client.start(order, { cups: 2 }, { key: "first" });
  expect((await client.start(order, { cups: 2 }, { key: "first" })).id).toBe(execution.id);
  expect(await execution.result()).toMatchObject({ status: "WAITING", outcome: null });
  await execution.signal("PAID", { cents: 450 }, { key: "paid" });
  const tasks = [];
  for await (const task of client.tasks({ execution: execution.id })) tasks.push(task);
  expect(tasks).toMatchObject([{ place: "TASTE", outcomes: expect.arrayContaining(["GOOD", "BAD"]) }]);
  const result = await execution.complete("TASTE", { outcome: "GOOD", output: { note: "strong" } });
  if (result.outcome !== "SERVED") throw new Error(String(result.outcome));
  expectTypeOf(result.outputs).toEqualTypeOf<{ readonly cents: number; readonly note: string }>();
  expect(result).toMatchObject({ class: "completed", outputs: { cents: 450, note: "strong" } });
  expect(await client.execution(order, execution.id).ended()).toMatchObject({ outcome: "SERVED" });
});

it("follows the records to the end, each once, however often the connection breaks", async () => {
  let asked = 0;
  const whole = into(() => made.door);
  const breaking: Fetch = async (url, init) => {
    if (!url.endsWith("/events")) return whole(url, init);
    asked += 1;
    if (asked === 2) throw new TypeError("the line is dead");
    const response = await whole(url, init);
    if (asked > 2 || response.body === null) return response;
    // The first stream breaks after what it brings at once.
    const { value = new Uint8Array() } = await response.body.getReader().read();
    return new Response(value, response);
  };
  const made = await opened({ fetch: breaking });
  const execution = await made.client.start(order, { cups: 1 });
  const seen: string[] = [];
  for await (const { revision, type } of execution.events()) {
    seen.push(`${String(revision)} ${type}`);
    if (revision === 1) await execution.cancel("enough");
  }
  expect(seen.map((one) => one.split(" ")[0])).toEqual(seen.map((_, index) => String(index + 1)));
  expect(seen.at(-1)).toMatch(/Cancelled$/);
  expect(asked).toBeGreaterThan(2);
  for await (const event of execution.events({ after: seen.length })) throw new Error(event.type);
});

it("stops listening when it is told to", async () => {
  const { client } = await opened();
  const execution = await client.start(order, { cups: 1 });
  const patience = new AbortController();
  const listening = async (): Promise<void> => {
    for await (const _ of execution.events({ signal: patience.signal })) patience.abort();
  };
  await expect(listening()).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  await execution.cancel("enough");
});

it("throws what did not come about, with its code and whether it may be asked again", async () => {
  const { client } = await opened();
  await client.start(order, { cups: 1 }, { key: "one" });
  await expect(client.start(order, { cups: 2 }, { key: "one" })).rejects.toThrow(
    expect.objectContaining({ name: "ClientFault", code: "IDEMPOTENCY_MISMATCH", status: 409, retryable: false }),
  );
  await expect(client.execution(order, "00000000-0000-7000-8000-00000000000a").result()).rejects.toThrow(
    expect.objectContaining({ code: "EXECUTION_NOT_FOUND", status: 404 }),
  );
  const away = createClient({ url: "http://127.0.0.1:1", namespace: "cafe" });
  await expect(away.start(order, { cups: 1 })).rejects.toThrow(
    expect.objectContaining({ code: "NO_ANSWER", status: 0, retryable: true }),
  );
  const nowhere = createClient({ url: "http://127.0.0.1:1" });
  await expect(nowhere.start(order, { cups: 1 })).rejects.toThrow("WF_ORDER_V0 is in no namespace");
});

it("says who asks, with a token where one is needed", async () => {
  const token = "a token of some length".replaceAll(" ", "-");
  const { client } = await opened({ token, as: "ada" }, { tokens: [{ token }] });
  const execution = await client.start(order, { cups: 1 });
  for await (const { body } of execution.events()) {
    expect(body).toMatchObject({ principal: "ada" });
    break;
  }
  const { client: stranger } = await opened({}, { tokens: [{ token }] });
  await expect(stranger.start(order, { cups: 1 })).rejects.toThrow(expect.objectContaining({ status: 401 }));
});
