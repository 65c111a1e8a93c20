import { chmodSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { StoreFault } from "@omnibase/spi";
import type { Owner } from "@omnibase/spi";
import { frameBytesMax, frameReader } from "./frames.ts";
import { ask, parseRequest, type Request } from "./protocol.ts";
import { frameFault, wireFaultOf, type WireFault } from "./wire-fault.ts";

export interface ServedOwner {
  /** Lets nobody in any more; who is in may go on. Nobody finds the socket after it returns. */
  shut(): void;
  /** Resolves when everything that was asked has been answered, or nobody is there to hear it. */
  close(): Promise<void>;
}

const clientsMax = 1_024;
/** Above it a client is not read until some of its requests were answered. */
const outstandingMax = 256;
/** How long the last answers may take, and a client to fetch them. */
const goodbyeMsMax = 2_000;

/** Lets other processes of this user ask an owner over a Unix socket. Whoever calls has the lock, so an old socket is dead. */
export function serveOwner(owner: Owner, path: string): Promise<ServedOwner> {
  const clients = new Set<Client>();
  const server = createServer((socket) => {
    const client = serveClient(owner, socket);
    clients.add(client);
    socket.on("close", () => clients.delete(client));
  });
  server.maxConnections = clientsMax;
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      reject(notListening(path, error));
    });
    try {
      rmSync(path, { force: true });
      server.listen(path, () => {
        resolve(served(clients, () => server.close()));
      });
      // Bound already, and nobody is let in before this turn of the loop ends.
      chmodSync(path, 0o600);
    } catch (error) {
      server.close();
      reject(notListening(path, error));
    }
  });
}

const notListening = (path: string, cause: unknown): StoreFault =>
  new StoreFault("STORE_FAILED", `cannot listen at ${path}: ${cause instanceof Error ? cause.message : ""}`, {
    retryable: false,
    cause,
  });

function served(clients: ReadonlySet<Client>, stopListening: () => void): ServedOwner {
  let listening = true;
  const shut = (): void => {
    if (listening) stopListening();
    listening = false;
  };
  return {
    shut,
    async close() {
      shut();
      await Promise.all([...clients].map((client) => client.leave()));
    },
  };
}

interface Client {
  /** Hears nothing more, says what is still to be said, and hangs up. */
  leave(): Promise<void>;
}

function serveClient(owner: Owner, socket: Socket): Client {
  const answering = new Set<Promise<void>>();
  let hears = true;
  const refuse = (fault: WireFault): void => {
    hears = false;
    say(socket, { id: null, fault });
    socket.destroySoon();
  };
  const reader = frameReader({
    frame: (line) => {
      if (!hears) return;
      const request = parseRequest(line);
      if (request === undefined) {
        refuse(frameFault("BAD_FRAME", "this line is no request"));
        return;
      }
      const answered = answer(owner, socket, request).finally(() => {
        answering.delete(answered);
        if (answering.size < outstandingMax && !socket.writableNeedDrain) socket.resume();
      });
      answering.add(answered);
      if (answering.size >= outstandingMax || socket.writableNeedDrain) socket.pause();
    },
    tooLong: () => {
      refuse(frameFault("FRAME_TOO_LONG", `a frame has at most ${String(frameBytesMax)} bytes`));
    },
  });
  socket.on("data", (chunk: Uint8Array) => {
    if (hears) reader.push(chunk);
  });
  socket.on("drain", () => socket.resume());
  // A client that goes away is no news: what it asked for is done all the same, and it will ask again.
  socket.on("error", () => socket.destroy());
  return {
    async leave() {
      hears = false;
      const gone = new Promise((resolve) => socket.once("close", resolve));
      if (socket.destroyed) return;
      const timer = setTimeout(() => socket.destroy(), goodbyeMsMax);
      await Promise.race([Promise.all(answering), gone]);
      socket.destroySoon();
      await gone;
      clearTimeout(timer);
    },
  };
}

async function answer(owner: Owner, socket: Socket, request: Request): Promise<void> {
  const { id } = request;
  try {
    say(socket, { id, reply: await ask(owner, request) });
  } catch (error) {
    say(socket, { id, fault: wireFaultOf(error) });
  }
}

function say(socket: Socket, message: object): void {
  if (!socket.destroyed && !socket.writableEnded) socket.write(`${JSON.stringify(message)}\n`);
}
