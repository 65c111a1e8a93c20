import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Door } from "./door.ts";

interface Connection {
  readonly socket: Socket;
  requests: number;
  /** Whether it has asked for anything yet. */
  spoke: boolean;
}

/** In the order in which they were last used: the first is idle for longest. */
export type Connections = Map<Socket, Connection>;

/**
 * Ten thousand that come and say nothing keep nobody out: whoever has never asked for anything makes room for whoever is
 * new, and where there is none, whoever is idle for longest.
 */
export function boundConnections(
  server: Server,
  { limits: { connectionsMax }, parts: { metrics } }: Door,
): Connections {
  const open: Connections = new Map();
  server.on("connection", (socket: Socket) => {
    if (open.size >= connectionsMax) {
      const idle = [...open.values()].filter(({ requests }) => requests === 0);
      const [victim] = idle.filter(({ spoke }) => !spoke).concat(idle);
      metrics.count("omnibase_http_connections_refused_total");
      (victim?.socket ?? socket).destroy();
      if (victim === undefined) return;
      open.delete(victim.socket);
    }
    const connection: Connection = { socket, requests: 0, spoke: false };
    open.set(socket, connection);
    socket.on("close", () => open.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    const connection = open.get(socket);
    if (connection === undefined) return;
    connection.requests += 1;
    connection.spoke = true;
    response.on("close", () => {
      connection.requests -= 1;
      if (open.delete(socket)) open.set(socket, connection);
    });
  });
  return open;
}
