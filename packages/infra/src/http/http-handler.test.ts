import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcp, type Server, type Socket } from "node:net";
import type { Json } from "@omnibase/core";
import type { Answer, HandlerRequest } from "@omnibase/spi";
import { afterEach, describe, expect, it } from "vitest";
import { httpHandler } from "./http-handler.ts";

const open: Server[] = [];
const sockets = new Set<Socket>();

async function listening(server: Server): Promise<string> {
  open.push(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${String(address.port)}`;
}

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A receiver that remembers what came, and answers as told. */
async function receiver(
  answer: (response: ServerResponse, seen: Seen, request: IncomingMessage) => void,
): Promise<{ readonly origin: string; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const origin = await listening(
    createHttp((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        const one = { method: request.method, url: request.url, headers: request.headers, body };
        seen.push(one);
        answer(response, one, request);
      });
    }),
  );
  return { origin, seen };
}

/** A peer that speaks no HTTP but what it is told to say. */
const peer = (talk: (socket: Socket) => void): Promise<string> =>
  listening(
    createTcp((socket) => {
      socket.on("error", () => undefined);
      talk(socket);
    }),
  );

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly outcomes?: Readonly<Record<string, string>>;
  readonly input?: Readonly<Record<string, Json>>;
  readonly timeoutMs?: number;
  readonly grants?: readonly string[];
}

function requestTo(origin: string, call: Call = {}): HandlerRequest {
  const { grants = [origin], input = {}, method = "POST", outcomes = { "2xx": "SUCCESS", "409": "KNOWN" } } = call;
  const { path = "/things", timeoutMs = 2_000 } = call;
  return {
    tenant: "default",
    execution: "e1",
    place: "CC_SEND/send",
    attempt: 1,
    key: () => "the-effect-key",
    operation: "SEND",
    configuration: { method, url: `${origin}${path}`, outcomes },
    input,
    timeoutMs,
    grants,
  };
}

const patient = { aborted: false, addEventListener: (): void => undefined };
const handler = httpHandler();
const ask = (origin: string, call?: Call): Promise<Answer> => handler.handle(requestTo(origin, call), patient);

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
};

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of open.splice(0)) server.close();
});

describe("what is sent", () => {
  it("is the inputs that are left over, in canonical form, under the effect key", async () => {
    const { origin, seen } = await receiver((response) => {
      json(response, 201, `{"id":7}`);
    });
    const input = { z: 1, id: "a b/ü", a: { y: true, x: null }, q: "&=+" };
    expect(await ask(origin, { path: "/things/{id}?q={q}&fixed=1", input })).toEqual({
      kind: "done",
      outcome: "SUCCESS",
      value: { status: 201, body: { id: 7 } },
    });
    expect(seen).toMatchObject([
      {
        method: "POST",
        url: "/things/a%20b%2F%C3%BC?q=%26%3D%2B&fixed=1",
        body: `{"a":{"x":null,"y":true},"z":1}`,
        headers: { "content-type": "application/json", "idempotency-key": "the-effect-key" },
      },
    ]);
  });

  it("comes over one connection when it comes one after the other", async () => {
    const ports = new Set<number | undefined>();
    const { origin } = await receiver((response, _, request) => {
      ports.add(request.socket.remotePort);
      json(response, 200, "{}");
    });
    for (let round = 0; round < 5; round += 1) await ask(origin);
    expect(ports.size).toBe(1);
  });
});

describe("what is refused before anything is sent", () => {
  it("a value that cannot stand in the URL", async () => {
    const { origin, seen } = await receiver((response) => response.end());
    expect(await ask(origin, { path: "/a/{id}/b", input: { id: ".." } })).toMatchObject({
      kind: "not-done",
      failure: { code: "URL_TEMPLATE_VALUE" },
      retryable: false,
    });
    expect(seen).toEqual([]);
  });

  it("an origin that is not granted, however it is spelled", async () => {
    const { origin, seen } = await receiver((response) => response.end());
    for (const grants of [
      [],
      ["http://127.0.0.1"],
      [`${origin}0`],
      [origin.replace("127.0.0.1", "localhost")],
      ["*"],
    ]) {
      expect(await ask(origin, { grants })).toMatchObject({
        kind: "not-done",
        failure: { code: "CAPABILITY_DENIED" },
        retryable: false,
      });
    }
    expect(seen).toEqual([]);
    expect(await ask(origin.replace("127.0.0.1", "0x7f.1"), { grants: [origin] })).toMatchObject({ kind: "done" });
  });

  it.each<[Json]>([
    [null],
    [{ method: "CONNECT", url: "http://a/", outcomes: {} }],
    [{ method: "GET", url: "http://a/" }],
    [{ method: "GET", url: "http://a/", outcomes: { "200": 1 } }],
  ])("a configuration that says nothing: %j", async (configuration) => {
    const request = { ...requestTo(""), configuration };
    expect(await handler.handle(request, patient)).toMatchObject({ failure: { code: "CONFIGURATION_INVALID" } });
  });
});

describe("what comes back", () => {
  it("is followed nowhere, and asked for once", async () => {
    const { origin, seen } = await receiver((response) => {
      response.writeHead(307, { location: "/elsewhere" }).end("ignored");
    });
    expect(await ask(origin)).toMatchObject({ kind: "not-done", failure: { code: "HTTP_307" } });
    expect(seen).toHaveLength(1);
  });

  it("a 1xx is not an answer", async () => {
    const { origin } = await receiver((response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      json(response, 200, "{}");
    });
    expect(await ask(origin)).toMatchObject({ kind: "done", value: { status: 200 } });
  });

  it("an endless body ends at its bound, without an error that escapes", async () => {
    const { origin } = await receiver((response) => {
      response.on("error", () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(16_384)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(await ask(origin)).toMatchObject({ kind: "unknown", failure: { code: "RESPONSE_TOO_LARGE" } });
  });
});

describe("what silence means", () => {
  it("nobody listens: certainly not done, and worth another try", async () => {
    const origin = await peer(() => undefined);
    await new Promise((resolve) => open.splice(0)[0]?.close(resolve));
    expect(await ask(origin)).toMatchObject({ kind: "not-done", failure: { code: "NOT_CONNECTED" }, retryable: true });
  });

  it("nobody has this name: certainly not done", async () => {
    const origin = "http://nobody.invalid";
    expect(await ask(origin)).toMatchObject({ kind: "not-done", failure: { code: "NOT_CONNECTED" }, retryable: true });
  });

  it("no connection in half of the time: certainly not done", async () => {
    const origin = "http://192.0.2.1:9";
    const answer = await ask(origin, { timeoutMs: 100 });
    expect(answer).toMatchObject({ kind: "not-done", failure: { code: "NOT_CONNECTED" }, retryable: true });
  });

  it("a peer that speaks no TLS: certainly not done", async () => {
    const origin = await peer((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 no\r\n\r\n")));
    const secure = origin.replace("http:", "https:");
    expect(await ask(secure)).toMatchObject({ kind: "not-done", failure: { code: "NOT_CONNECTED" } });
  });

  it.each<[string, string, (socket: Socket) => void]>([
    ["closed before it was read", "CONNECTION_LOST", (socket) => socket.end()],
    ["reset after it was read", "CONNECTION_LOST", (socket) => socket.once("data", () => socket.resetAndDestroy())],
    ["answered by another protocol", "RESPONSE_INVALID", (socket) => socket.write("+PONG\r\n")],
    [
      "answered by too many headers",
      "RESPONSE_INVALID",
      (socket) => socket.write(`HTTP/1.1 200 ok\r\n${"a: b\r\n".repeat(20_000)}`),
    ],
    ["answered by half a head", "CONNECTION_LOST", (socket) => socket.once("data", () => socket.end("HTTP/1.1 200 o"))],
    [
      "answered by less than was promised",
      "RESPONSE_INVALID",
      (socket) => socket.once("data", () => socket.end("HTTP/1.1 200 ok\r\ncontent-length: 9\r\n\r\n{}")),
    ],
    [
      "answered by a switch to another protocol",
      "CONNECTION_LOST",
      (socket) => socket.once("data", () => socket.end("HTTP/1.1 101 x\r\nupgrade: y\r\nconnection: upgrade\r\n\r\n")),
    ],
  ])("sent, and %s: unknown", async (_, code, talk) => {
    expect(await ask(await peer(talk))).toMatchObject({ kind: "unknown", failure: { code } });
  });

  it("reset at once: unknown, unless the connection never stood", async () => {
    const answer = await ask(await peer((socket) => socket.resetAndDestroy()));
    expect(["unknown CONNECTION_LOST", "not-done NOT_CONNECTED"]).toContain(
      answer.kind === "done" ? "done" : `${answer.kind} ${answer.failure.code}`,
    );
  });

  it("a refusal whose body breaks off is still a refusal", async () => {
    const origin = await peer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 400 no\r\ncontent-length: 9\r\n\r\n{}"));
    });
    expect(await ask(origin)).toMatchObject({ kind: "not-done", failure: { code: "HTTP_400" } });
  });

  it("a connection that broke off between two requests: unknown, because the second may have been read", async () => {
    let requests = 0;
    const { origin } = await receiver((response, _, request) => {
      requests += 1;
      if (requests === 2) request.socket.resetAndDestroy();
      else json(response, 200, "{}");
    });
    expect(await ask(origin)).toMatchObject({ kind: "done" });
    expect(await ask(origin)).toMatchObject({ kind: "unknown", failure: { code: "CONNECTION_LOST" } });
    expect(await ask(origin)).toMatchObject({ kind: "done" });
  });

  it.each<[string, (socket: Socket) => void]>([
    ["that never answers", () => undefined],
    ["that answers a byte at a time", (socket) => void setInterval(() => socket.write("H"), 20).unref()],
    ["that sends 1xx for ever", (socket) => void setInterval(() => socket.write("HTTP/1.1 102 x\r\n\r\n"), 5).unref()],
    ["whose body never ends", (socket) => socket.write("HTTP/1.1 200 ok\r\ncontent-length: 9\r\n\r\n{")],
  ])("a server %s: unknown, in time", async (_, talk) => {
    const before = performance.now();
    const answer = await ask(await peer(talk), { timeoutMs: 200 });
    expect(answer).toMatchObject({ kind: "unknown" });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it("an abort gives the connection up: unknown once it was sent, and not done before", async () => {
    const abort = new AbortController();
    let closed = false;
    const origin = await peer((socket) => {
      socket.once("data", () => {
        abort.abort();
      });
      socket.once("close", () => {
        closed = true;
      });
    });
    expect(await handler.handle(requestTo(origin), abort.signal)).toMatchObject({ kind: "unknown" });
    expect(await handler.handle(requestTo(origin), abort.signal)).toMatchObject({ kind: "not-done" });
    await expect.poll(() => closed).toBe(true);
  });
});
