import { isAbsolute, resolve } from "node:path";
import { err, ok, type Result } from "@omnibase/core";
import { isLoopback, openDoor, shadowedRoutes, type Listening, type OpenDoor, type Token } from "@omnibase/server";
import { doorParts, openHearing } from "../data/door-parts.ts";
import { secretsFor } from "../data/handlers.ts";
import { decodedSnapshot } from "../data/snapshot-view.ts";
import { withDriver } from "../data/with-driver.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { setting } from "../program/variables.ts";
import { build, type Built } from "../project/build.ts";
import { openProject, type Project } from "../project/open.ts";
import { checkSaysWhich } from "../text/result-text.ts";

/** Owns the data root, drives on what waits there, and lets the world ask over HTTP until a signal comes. */
export const command: Command = async (given, context) => {
  const listen = listeningOf(given, context);
  if (!listen.ok) return listen;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const tokens = await tokensFor(given, context, project.value);
  if (!tokens.ok) return tokens;
  if (tokens.value.length === 0 && listen.value.kind === "tcp" && !isLoopback(listen.value)) return err(openToAll);
  const built = await build(project.value);
  if (!built.ok) return built;
  if (built.value.warnings > 0) context.warn(checkSaysWhich(built.value.warnings, "warning"));
  return served(project.value, built.value, { context, listen: listen.value, tokens: tokens.value });
};

interface Serving {
  readonly context: Context;
  readonly listen: Listening;
  readonly tokens: readonly Token[];
}

async function served(project: Project, built: Built, serving: Serving): ReturnType<Command> {
  const { context, listen, tokens } = serving;
  const snapshot = decodedSnapshot(Buffer.from(built.text), project.trust);
  if (!snapshot.ok) return snapshot;
  const shadowed = shadowedRoutes(snapshot.value);
  if (shadowed.length > 0) return err(reserved(shadowed));
  const { io } = context;
  const hearing = openHearing();
  const over = new AbortController();
  let door: OpenDoor | undefined;
  const driving = {
    io,
    lasting: true,
    listener: hearing.listener,
    first: async () => {
      await door?.close();
      over.abort();
    },
  };
  const ended = await withDriver(project, driving, async (driver) => {
    await driver.keep(built);
    const parts = doorParts(project, { driver, hearing, io, snapshot: snapshot.value });
    door = await openDoor(parts, { listen, tokens });
    await aborted(over.signal);
    // Where the signal came before the door was open, nobody has closed it.
    await door.close();
    return ok(door.address);
  });
  if (!ended.ok) return ended;
  const document = documentOf("omnibase-served/1", { address: ended.value, snapshot: built.digest });
  return ok({ exit: 0, document, text: `${"served".padEnd(10)} ${ended.value}` });
}

const reserved = (ingresses: readonly string[]): Refused => ({
  exit: 4,
  code: "ROUTE_RESERVED",
  message: `${ingresses.join(", ")}: the route is one of the API`,
  hint: "give it a path that does not begin with /v1/",
});

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((pass) => {
    signal.addEventListener("abort", () => pass());
    if (signal.aborted) pass();
  });

const listenUsual = "127.0.0.1:7070";

function listeningOf(given: Given, { io }: Context): Result<Listening, Refused> {
  const said = given.text("listen") ?? listenUsual;
  if (said.startsWith("unix:") || isAbsolute(said)) {
    return ok({ kind: "unix", path: resolve(io.cwd(), said.replace(/^unix:/, "")) });
  }
  const [, v6, name, port = ""] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(said) ?? [];
  const host = v6 ?? name;
  if (host !== undefined && Number(port) <= 65_535) return ok({ kind: "tcp", host, port: Number(port) });
  const message = "--listen is HOST:PORT, or unix:PATH";
  return err({ exit: 2, code: "USAGE_INVALID_VALUE", message, hint: `for example ${listenUsual}` });
}

const openToAll: Refused = {
  exit: 2,
  code: "TOKEN_REQUIRED",
  message: "whoever reaches this address could do everything",
  hint: "name a token with --token secret://NAME or in OMNIBASE_TOKEN, or listen at 127.0.0.1",
};

/** Tokens are named, never written on a command line: everybody on the machine can read that. */
async function tokensFor(given: Given, { io }: Context, project: Project): Promise<Result<readonly Token[], Refused>> {
  const variable = setting("OMNIBASE_TOKEN", io);
  if (!variable.ok) return variable;
  const tokens: Token[] = variable.value === undefined ? [] : [{ token: variable.value }];
  const secrets = secretsFor({ ...project, env: io.env });
  for (const named of given.list("token")) {
    const [, name, principal] = /^secret:\/\/(\w{1,100})(?:=(.+))?$/.exec(named) ?? [];
    if (name === undefined) {
      const hint = "write --token secret://NAME, and grant NAME in omnibase.yaml";
      return err({ exit: 2, code: "TOKEN_UNREADABLE", message: "--token names a secret, and is none itself", hint });
    }
    const secret = await secrets.resolve(name);
    if (!secret.ok) return err({ exit: 2, ...secret.error });
    tokens.push({ token: secret.value.reveal(), ...(principal === undefined ? {} : { principal }) });
  }
  if (tokens.every(({ token }) => /^\S{16,1000}$/.test(token))) return ok(tokens);
  const hint = "for example: openssl rand -hex 32";
  return err({ exit: 2, code: "TOKEN_WEAK", message: "a token has 16 to 1,000 characters, and no blank", hint });
}
