import { chmodSync, lstatSync, rmSync } from "node:fs";
import { createServer, STATUS_CODES } from "node:http";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import type { Snapshot } from "@omnibase/core";
import { appOf } from "./app.ts";
import type { App } from "./app.ts";
import { boundConnections } from "./connections.ts";
import type { Connections } from "./connections.ts";
import { departure } from "./door.ts";
import type { Door } from "./door.ts";
import { knownToken } from "./guard.ts";
import type { Guard, Token } from "./guard.ts";
import { doorLimits } from "./limits.ts";
import type { DoorLimits } from "./limits.ts";
import { logLine } from "./log.ts";
import type { DoorParts, Refusal, Words } from "./port.ts";
import { problemOf, problemType, refusal, statusOf } from "./problem.ts";
import type { DoorCode } from "./problem.ts";
import { gaugesOf } from "./health.ts";
import { ingressRoutes, reservedRoutes } from "./ingress.ts";
import { openapiOf } from "./openapi.ts";
import { apiRoutes } from "./routes.ts";

/** Where to listen: a port of a host, or a socket in the file system that only this user may open. */
export type Listening =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

export interface DoorOptions {
  readonly listen: Listening;
  /** Whoever sends one of them is let in. None: everybody who can reach the door. */
  readonly tokens: readonly Token[];
  readonly limits?: Partial<DoorLimits>;
}

/** A door that is open to the world. */
export interface OpenDoor {
  /** Where it listens: `http://127.0.0.1:7070`, or `unix:/path`. */
  readonly address: string;
  /** Lets nobody in any more, answers whoever is in, and is closed. */
  close(): Promise<void>;
}

/** A door without a socket, for whoever brings requests otherwise. */
export function doorOn(parts: DoorParts, { limits, listen, tokens }: DoorOptions): Opened {
  const leaving = departure();
  const routes = [...apiRoutes, ...ingressRoutes(parts.snapshot)];
  const guard: Guard = { tokens: tokens.map(knownToken), loopback: isLoopback(listen) };
  const door: Door = {
    parts,
    limits: { ...doorLimits, ...limits },
    openapi: openapiOf(routes, { version: parts.version, guarded: tokens.length > 0 }),
    leaving,
    load: { requests: 0, commands: 0, streams: 0 },
    ends: new Map(),
    imported: new Set(),
  };
  gaugesOf(door);
  return { app: appOf(door, guard, routes), door, leave: leaving.begin };
}

/** Ingresses that stand where the API does, and so could never be reached. */
export const shadowedRoutes = (snapshot: Pick<Snapshot, "routes">): readonly string[] =>
  reservedRoutes(snapshot, apiRoutes);

export interface Opened {
  readonly app: App;
  readonly door: Door;
  readonly leave: () => void;
}

/** Whether nobody but this machine can come. */
export const isLoopback = (listen: Listening): boolean =>
  listen.kind === "tcp" && /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(listen.host);

/** Opens the door. Resolves when it listens. */
export async function openDoor(parts: DoorParts, options: DoorOptions): Promise<OpenDoor> {
  const { app, door, leave } = doorOn(parts, options);
  const { limits } = door;
  const listener = getRequestListener((request, bindings) => app.fetch(request, { incoming: bindings.incoming }), {
    hostname: "localhost",
  });
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytesMax,
      headersTimeout: limits.headersMsMax,
      requestTimeout: limits.requestMsMax,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.slownessLookMs,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  // One more than there may be, so that it is seen that there are too many.
  server.maxHeadersCount = limits.headersMax + 1;
  server.timeout = limits.silenceMsMax;
  server.maxRequestsPerSocket = limits.requestsPerConnectionMax;
  const connections = boundConnections(server, door);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    refuseBytes(socket, error, parts.words);
  });
  server.on("connect", (_, socket) => {
    refuseWith(socket, refusal("METHOD_NOT_ALLOWED", "this is no proxy"), parts.words);
  });
  const address = await listening(server, options.listen);
  logLine(parts, "info", { msg: "listening", address, snapshot: parts.snapshot.digest });
  let closing: Promise<void> | undefined;
  return { address, close: () => (closing ??= close({ connections, door, leave, server })) };
}

function listening(server: Server, listen: Listening): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    if (listen.kind === "unix") {
      const { path } = listen;
      clearWay(path);
      server.listen(path, () => resolve(`unix:${path}`));
      // Bound already, and nobody is let in before this turn of the loop ends.
      chmodSync(path, 0o600);
      return;
    }
    const { host, port } = listen;
    server.listen(port, host, () => {
      const bound = server.address();
      const actual = typeof bound === "object" && bound !== null ? bound.port : port;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${String(actual)}`);
    });
  });
}

/** A socket is what another process left behind when it was killed. A file of somebody's stands in the way, and stays. */
function clearWay(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw Object.assign(new Error(`${path} is no socket`), { code: "EADDRINUSE", path });
  rmSync(path);
}

/** What is no HTTP, or came too slowly, is told so as far as it can be, and then nothing more is heard from there. */
function refuseBytes(socket: Duplex, error: NodeJS.ErrnoException, words: Words): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  refuseWith(socket, refusal(...(framing[error.code ?? ""] ?? badFraming)), words);
}

function refuseWith(socket: Duplex, said: Refusal, words: Words): void {
  const status = statusOf(said.code);
  const text = JSON.stringify(problemOf(said, words));
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}`,
    "Connection: close",
    `Content-Type: ${problemType}`,
    `Content-Length: ${String(Buffer.byteLength(text))}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
}

const badFraming: readonly [DoorCode, string] = ["HTTP_BAD_FRAMING", "what came is no request of HTTP/1.1"];

const framing: Readonly<Record<string, readonly [DoorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ["HTTP_HEADERS_TOO_LARGE", "the headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: ["HTTP_TOO_SLOW", "the request did not arrive in time"],
};

/** What was written to stores is shown as files, as when `run` ends. */
async function showStores({ imported, parts }: Door): Promise<void> {
  const { owner, snapshot, tenant } = parts;
  for (const workflow of imported) {
    const shown = await owner.project({ tenant, snapshot: snapshot.digest, workflow });
    if (!shown.ok) logLine(parts, "warn", { msg: "files not written", workflow, code: shown.error.code });
  }
}

interface Closing {
  readonly connections: Connections;
  readonly door: Door;
  readonly server: Server;
  readonly leave: () => void;
}

/** Whoever waits is answered with what stands; whoever is still there after the time for it is hung up on. */
async function close({ connections, door, leave, server }: Closing): Promise<void> {
  const { clock } = door.parts;
  logLine(door.parts, "info", { msg: "leaving", requests: door.load.requests, streams: door.load.streams });
  leave();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  for (const { requests, socket } of connections.values()) if (requests === 0) socket.destroy();
  const cancel = clock.after(door.limits.drainMsMax, () => server.closeAllConnections());
  await closed;
  cancel();
  await showStores(door);
  logLine(door.parts, "info", { msg: "closed" });
}
