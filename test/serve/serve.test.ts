import { afterEach, describe, expect, it } from "vitest";
import { documentIn, exampleProject, greetProject, removeFolders, spawned } from "../../apps/cli/src/testing/cli.ts";
import { ask, serving, type Serving } from "./serving.ts";

const running: Serving[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) {
    one.signal("SIGKILL");
    await one.ended;
  }
  removeFolders();
});

async function served(folder: string): Promise<Serving> {
  const one = await serving(folder);
  running.push(one);
  return one;
}

const order = { workflow: "cafe::WF_ORDER_V0", input: { cups: 2, ready_at: "2026-01-01T00:00:00Z" } };
const later = { prefer: "respond-async" };

describe("a process that serves", () => {
  it("has everything that it acknowledged after it was killed, and drives it on", async () => {
    const folder = exampleProject("10-wait");
    const first = await served(folder);
    const acknowledged: string[] = [];
    const client = async (name: string): Promise<void> => {
      for (let count = 0; ; count += 1) {
        const execution = `${name}-${String(count)}`;
        const answered = await ask(`${first.url}/v1/executions`, { ...order, execution }, later).catch(() => undefined);
        if (answered === undefined) return;
        if (answered.status === 202) acknowledged.push(execution);
      }
    };
    const clients = Promise.all(["a", "b", "c", "d"].map(client));
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(40);
    first.signal("SIGKILL");
    await clients;
    expect(await first.ended).toBe("SIGKILL");
    const second = await served(folder);
    const known = new Set<string>();
    for (let query: string | undefined = "limit=1000"; query !== undefined;) {
      const page: Page = JSON.parse(await (await ask(`${second.url}/v1/executions?${query}`)).text());
      for (const { execution } of page.executions) known.add(execution);
      query = page.next === null ? undefined : `limit=1000&after=${String(page.next)}`;
    }
    expect(acknowledged.filter((execution) => !known.has(execution))).toEqual([]);
    // Nobody asks for them any more, and they go on all the same: to the place where they wait for who pays.
    await expect.poll(async () => waiting(second, acknowledged[0] ?? ""), { timeout: 20_000 }).toContain("PAID");
  });

  it("is the owner that commands of others speak to, and answers whoever is in when it leaves", async () => {
    const folder = exampleProject("10-wait");
    const one = await served(folder);
    await ask(`${one.url}/v1/executions`, { ...order, execution: "e1" }, later);
    const shown = await spawned(["show", "e1", "--json"], { cwd: folder });
    expect(documentIn(shown)["status"]).toBe("WAITING");
    const paid = await spawned(["signal", "e1", "PAID", "--payload", "-", "--json"], {
      cwd: folder,
      stdin: '{"cents":450}',
    });
    expect(documentIn(paid)["outcome"]).toBe("SERVED");
    const soon = { ...order.input, ready_at: new Date(Date.now() + 30_000).toISOString() };
    const brewing = ask(`${one.url}/v1/executions`, { ...order, input: soon, execution: "e2" });
    await expect.poll(async () => waiting(one, "e2")).toContain("WAITING");
    one.signal("SIGTERM");
    const answered = await brewing;
    expect(answered.status).toBe(202);
    expect(await answered.text()).toContain('"status":"WAITING"');
    expect(await one.ended).toBe(0);
    expect(one.said.join("\n")).toMatch(/"msg":"leaving".*\n(?:.*\n)*.*"msg":"closed"/);
  });

  it("ends at once when it is told twice", async () => {
    const one = await served(exampleProject("10-wait"));
    await ask(`${one.url}/v1/executions`, { ...order, execution: "e1" }, later);
    const events = await ask(`${one.url}/v1/executions/e1/events`);
    one.signal("SIGTERM");
    one.signal("SIGTERM");
    expect(["SIGTERM", 0]).toContain(await one.ended);
    await events.body?.cancel().catch(() => undefined);
  });
});

describe("what would be open to all", () => {
  it.each([
    [["--listen", "0.0.0.0:0"], {}, "TOKEN_REQUIRED"],
    [["--listen", "[::]:0"], {}, "TOKEN_REQUIRED"],
    [["--listen", "0.0.0.0:0"], { OMNIBASE_TOKEN: "short" }, "TOKEN_WEAK"],
    [["--token", "0123456789abcdef0123456789abcdef"], {}, "TOKEN_UNREADABLE"],
    [["--token", "secret://NOT_GRANTED"], {}, "SECRET_DENIED"],
    [["--listen", "nowhere"], {}, "USAGE_INVALID_VALUE"],
    [["--listen", "unix:ada.json"], {}, "ADDRESS_TAKEN"],
  ])("is not opened: %j %j", async (args, env, code) => {
    const refused = await spawned(["serve", ...args, "--json"], { cwd: greetProject(), env });
    expect([refused.exit, documentIn(refused)["code"]]).toEqual([2, code]);
  });
});

interface Page {
  readonly executions: readonly { readonly execution: string }[];
  readonly next: number | null;
}

const waiting = async ({ url }: Serving, execution: string): Promise<string> =>
  (await ask(`${url}/v1/executions/${execution}`)).text();
