import { isObject } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { exampleProject, greetProject } from "../../apps/cli/src/testing/cli.ts";
import { async, greeted, openDoors } from "./doors.ts";

const { door, greeting } = openDoors();

describe("an ingress", () => {
  const member = { "omnibase-principal": "desk::AC_MEMBER_V0 member_id=M-1 name=Ada" };
  const tickets = "POST /api/v0/tickets";

  it("admits what it declares, and says what its egress says", async () => {
    const at = await door(exampleProject("07-actors"));
    const body = { question: "Where is my parcel?" };
    const once = { ...member, "idempotency-key": "t1" };
    const asked = await at.ask(tickets, { body, headers: once });
    expect(asked.status).toBe(201);
    expect(Object.keys(asked.json)).toEqual(["ticket"]);
    expect((await at.ask(tickets, { body, headers: once })).json).toEqual(asked.json);
    const execution = asked.headers.get("location") ?? "";
    expect((await at.ask(`GET ${execution}`)).json).toMatchObject({ workflow: "desk::WF_OPEN_TICKET_V0" });
    const stranger = await at.ask(tickets, { body });
    expect([stranger.status, Object.keys(stranger.json)]).toEqual([403, ["why"]]);
    const other = await at.ask(tickets, { body: { question: "Else?" }, headers: once });
    expect([other.status, other.json["code"]]).toEqual([409, "IDEMPOTENCY_MISMATCH"]);
    const later = await at.ask(tickets, { body, headers: { ...member, ...async } });
    expect([202, 201]).toContain(later.status);
    const before = await at.ask("GET /v1/executions");
    const unfit = await at.ask(tickets, { body: { question: "?", more: 1 }, headers: member });
    expect([unfit.status, unfit.json["nack"]]).toMatchObject([400, [{ field: "more", code: "UNDECLARED" }]]);
    expect((await at.ask("GET /v1/executions")).json).toEqual(before.json);
    expect((await at.ask("GET /api/v0/tickets")).status).toBe(405);
    expect((await at.ask("GET /v1/workflows")).text).toContain('"path":"/api/v0/tickets"');
  });
});

describe("a stream of records", () => {
  const order = {
    workflow: "cafe::WF_ORDER_V0",
    input: { cups: 2, ready_at: "2026-01-01T00:00:00Z" },
    execution: "e1",
  };

  it("tells each once as it is committed, from where the reader was, and ends with the execution", async () => {
    const at = await door(exampleProject("10-wait"));
    await at.ask("POST /v1/executions", { body: order, headers: async });
    const following = at.ask("GET /v1/executions/e1/events");
    await at.ask("POST /v1/executions/e1/signals", { body: { name: "PAID", value: { cents: 1 } } });
    const all = await following;
    expect(all.headers.get("content-type")).toBe("text/event-stream");
    const ids = [...all.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(all.text).toMatch(/event: Completed\ndata: \{.*\}\n\n$/);
    const log = await at.ask("GET /v1/executions/e1/log");
    expect([...all.text.matchAll(/^data: (.*)$/gm)].map(([, line]) => line)).toEqual(log.text.trimEnd().split("\n"));
    const rest = await at.ask("GET /v1/executions/e1/events", { headers: { "last-event-id": String(ids.length - 1) } });
    expect([...rest.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual([ids.length]);
    const plain = await at.ask("GET /v1/executions/e1/events", { headers: { accept: "application/x-ndjson" } });
    expect(plain.text).toBe(log.text);
    const over = { headers: { "last-event-id": String(ids.length) } };
    expect((await at.ask("GET /v1/executions/e1/events", over)).status).toBe(204);
    const unfit = await at.ask("GET /v1/executions/e1/events", { headers: { "last-event-id": "x" } });
    expect(unfit.json["code"]).toBe("HEADER_INVALID");
    const picture = await at.ask("GET /v1/executions/e1/events", { headers: { accept: "image/png" } });
    expect([picture.status, picture.json["code"]]).toEqual([406, "NOT_ACCEPTABLE"]);
    expect(at.door.load.streams).toBe(0);
  });

  it("says to whoever takes nothing that they fell behind, and where to come back", async () => {
    const at = await door(exampleProject("10-wait"), { limits: { lagMsMax: 20, streamsMax: 1 } });
    await at.ask("POST /v1/executions", { body: order, headers: async });
    const headers = { host: "localhost" };
    const response = await at.app.request("/v1/executions/e1/events", { headers });
    const reader = response.body?.getReader();
    const full = await at.ask("GET /v1/executions/e1/events");
    expect([full.status, full.json["code"], full.headers.get("retry-after")]).toEqual([429, "BUSY", "1"]);
    const first = Buffer.from((await reader?.read())?.value ?? []).toString();
    const seen = [...first.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1];
    await expect.poll(() => at.door.load.streams).toBe(0);
    const last = Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(last).toContain('"code":"WATCH_LAGGED"');
    expect(last).toContain(`"last_event_id":"${String(seen)}"`);
    expect((await reader?.read())?.done).toBe(true);
    expect((await at.ask("GET /metrics")).text).toContain("omnibase_streams_lagged_total 1");
  });

  it("gives a sign of life where nothing happens, and is let go by whoever leaves", async () => {
    const at = await door(exampleProject("10-wait"), { limits: { heartbeatMs: 20 } });
    await at.ask("POST /v1/executions", {
      body: { ...order, input: { ...order.input, ready_at: "2099-01-01T00:00:00Z" } },
    });
    const response = await at.app.request("/v1/executions/e1/events", { headers: { host: "localhost" } });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(": nothing new\n\n");
    await reader?.cancel();
    expect(at.door.load.streams).toBe(0);
  });
});

describe("a door that closes", () => {
  it("answers whoever waits with what stands, and lets nobody else in", async () => {
    const at = await door(exampleProject("10-wait"));
    const order = {
      workflow: "cafe::WF_ORDER_V0",
      input: { cups: 2, ready_at: "2026-01-01T00:00:00Z" },
      execution: "e1",
    };
    await at.ask("POST /v1/executions", { body: order, headers: async });
    const following = at.ask("GET /v1/executions/e1/events");
    const waiting = at.ask("GET /v1/executions/e1", { headers: { prefer: "wait=60" } });
    await expect.poll(() => at.door.load.streams).toBe(1);
    at.leave();
    expect((await waiting).json["status"]).toBe("WAITING");
    expect((await following).text).toContain('"code":"OWNER_LEAVING"');
    for (const what of ["GET /readyz", "GET /v1/tasks"]) {
      const late = await at.ask(what);
      expect([late.status, late.json["code"], late.headers.get("retry-after")]).toEqual([503, "OWNER_LEAVING", "1"]);
    }
    expect((await at.ask("GET /livez")).status).toBe(200);
  });
});

describe("a door that is full", () => {
  it("says so at once, and answers those whom it let in", async () => {
    const at = await door(greetProject(), { limits: { commandsMax: 2 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => greeted(at)));
    const full = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(full).toHaveLength(18);
    expect(full[0]?.json["code"]).toBe("BUSY");
    expect(full[0]?.headers.get("retry-after")).toBe("1");
    expect((await greeted(at)).status).toBe(200);
    expect(at.door.load).toEqual({ requests: 0, commands: 0, streams: 0 });
  });
});

describe("the log of a door", () => {
  it("has a line for each request, with its trace, and nothing that was sent", async () => {
    const at = await door(greetProject());
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const { headers, json } = await greeted(at, { traceparent, "x-request-id": "r-1", authorization: "Bearer x" });
    expect(headers.get("x-request-id")).toBe("r-1");
    await at.ask("GET /nowhere/secret", { headers: { traceparent: "00-0-0-01", "x-request-id": "a b" } });
    expect(at.said).toMatchObject([
      {
        level: "info",
        msg: "request",
        request_id: "r-1",
        method: "POST",
        route: "startExecution",
        status: 200,
        execution: json["execution"],
        trace_id: "0af7651916cd43dd8448eb211c80319c",
        parent_id: "b7ad6b7169203331",
      },
      { route: "nowhere", status: 404, code: "ROUTE_NOT_FOUND" },
    ]);
    expect(Object.keys(at.said[1] ?? {})).not.toContain("trace_id");
    expect(JSON.stringify(at.said)).not.toMatch(/Ada|secret|Bearer|a b/);
  });
});

describe("a fault", () => {
  it("is told by its code, and in full to the log alone", async () => {
    const at = await door(greetProject());
    await at.closeStore();
    const failed = await at.ask("GET /v1/executions");
    expect([failed.status, failed.json["code"]]).toEqual([503, "STORE_FAILED"]);
    expect(failed.text).not.toContain("store.db");
    expect(at.said.at(-1)).toMatchObject({ level: "error", detail: expect.stringContaining("store.db") });
  });
});

describe("the document of a door", () => {
  it("describes every route that is served, and no two by one name", async () => {
    const { json } = await (await greeting()).ask("GET /openapi.json");
    expect(json["openapi"]).toBe("3.1.0");
    const operations = JSON.stringify(json["paths"]).match(/"operationId":"\w+"/g) ?? [];
    expect(new Set(operations).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThan(20);
    const referred = new Set(JSON.stringify(json).match(/#\/components\/schemas\/\w+/g));
    const { components } = json;
    const known = isObject(components) && isObject(components["schemas"]) ? Object.keys(components["schemas"]) : [];
    expect([...referred].map((one) => one.split("/").at(-1) ?? "").filter((name) => !known.includes(name))).toEqual([]);
  });

  it("asks for the token where the door does", async () => {
    const at = await door(greetProject(), { tokens: [{ token: "0123456789abcdef" }] });
    const { json } = await at.ask("GET /openapi.json", { headers: { authorization: "Bearer 0123456789abcdef" } });
    expect(JSON.stringify(json)).toContain('"security":[{"token":[]}]');
  });
});
