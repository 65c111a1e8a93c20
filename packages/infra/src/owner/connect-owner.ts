import { connect, type Socket } from "node:net";
import type { Owner } from "@omnibase/spi";
import { frameReader } from "./frames.ts";
import { fieldsIn, fieldsOf, requestLine, type Call } from "./protocol.ts";
import { errorOf, OwnerGone } from "./wire-fault.ts";

/** An owner in another process. Every call may throw {@link OwnerGone}, and may then be made again, there or elsewhere. */
export interface RemoteOwner extends Owner {
  close(): void;
}

/** Connects to the owner that listens at a path. Throws {@link OwnerGone} where nobody does. */
export function connectOwner(path: string): Promise<RemoteOwner> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("error", (cause) => {
      reject(new OwnerGone(`nobody listens at ${path}`, { cause }));
    });
    socket.once("connect", () => {
      resolve(remoteOwner(socket));
    });
  });
}

interface Pending {
  readonly answer: (reply: unknown) => void;
  readonly fail: (error: Error) => void;
}

function remoteOwner(socket: Socket): RemoteOwner {
  const pending = new Map<unknown, Pending>();
  let lastId = 0;
  const ask = <T>(call: Call): Promise<T> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed || !socket.writable) throw new OwnerGone("the connection to the owner is closed");
      lastId += 1;
      pending.set(lastId, {
        answer: (reply) => {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the owner is this user's, and answers by its port
          resolve(reply as T);
        },
        fail: reject,
      });
      socket.write(requestLine(lastId, call));
      if (pending.size === 1) socket.ref();
    });
  listen(socket, pending);
  return {
    start: (params) => ask({ method: "start", params }),
    wait: (params) => ask({ method: "wait", params }),
    cancel: (params) => ask({ method: "cancel", params }),
    resolve: (params) => ask({ method: "resolve", params }),
    signal: (params) => ask({ method: "signal", params }),
    settleTask: (params) => ask({ method: "settleTask", params }),
    eraseSecrets: (params) => ask({ method: "eraseSecrets", params }),
    project: (params) => ask({ method: "project", params }),
    remove: (params) => ask({ method: "remove", params }),
    tidy: () => ask({ method: "tidy", params: {} }),
    close: () => socket.destroy(),
  };
}

/** Hands every answer to whoever asked. A connection with no question open does not keep the process alive. */
function listen(socket: Socket, pending: Map<unknown, Pending>): void {
  const fail = (error: Error): void => {
    for (const { fail: tell } of pending.values()) tell(error);
    pending.clear();
    socket.destroy();
  };
  const reader = frameReader({
    frame: (line) => {
      const { fault, id, reply } = fieldsIn(line) ?? {};
      const failure = fieldsOf(fault);
      const asked = pending.get(id);
      if (asked === undefined) {
        fail(failure === undefined ? new OwnerGone("the owner answered what nobody asked") : errorOf(failure));
        return;
      }
      pending.delete(id);
      if (pending.size === 0) socket.unref();
      if (failure === undefined) asked.answer(reply);
      else asked.fail(errorOf(failure));
    },
    tooLong: () => {
      fail(new OwnerGone("the owner's answer has no end"));
    },
  });
  socket.unref();
  socket.on("data", (chunk: Uint8Array) => {
    reader.push(chunk);
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    fail(new OwnerGone("the owner is gone"));
  });
}
