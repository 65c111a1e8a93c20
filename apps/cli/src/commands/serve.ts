import { randomBytes } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import { err, executionIdAt, ok, type Result, type Snapshot } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import {
  heard,
  isLoopback,
  openDoor,
  openMetrics,
  shadowedRoutes,
  type DoorParts,
  type Heard,
  type Listening,
  type Metrics,
  type OpenDoor,
} from "@omnibase/server";
import type { Store } from "@omnibase/spi";
import type { Driver } from "../data/drive.ts";
import { evidenceOf } from "../data/evidence.ts";
import { secretsFor } from "../data/handlers.ts";
import { tenant } from "../data/layout.ts";
import { decodedSnapshot } from "../data/snapshot-view.ts";
import { withDriver } from "../data/with-driver.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { version } from "../program/version.ts";
import { setting } from "../program/variables.ts";
import { build, type Built } from "../project/build.ts";
import { openProject, type Project } from "../project/open.ts";
import { explanationOf } from "../text/codes.ts";
import { refusedFault } from "../text/faults.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { warningsText } from "../text/result-text.ts";

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
  if (built.value.warnings > 0) context.warn(`${warningsText(built.value.warnings)}; \`omnibase check\` says which`);
  return served(project.value, built.value, { context, listen: listen.value, tokens: tokens.value });
};

interface Serving {
  readonly context: Context;
  readonly listen: Listening;
  readonly tokens: readonly string[];
}

async function served(project: Project, built: Built, serving: Serving): ReturnType<Command> {
  const { context, listen, tokens } = serving;
  const snapshot = decodedSnapshot(Buffer.from(built.text), project.trust);
  if (!snapshot.ok) return snapshot;
  const shadowed = shadowedRoutes(snapshot.value);
  if (shadowed.length > 0) return err(reserved(shadowed));
  const { io } = context;
  const metrics = openMetrics();
  const over = new AbortController();
  let told: Heard | undefined;
  let door: OpenDoor | undefined;
  const driving = {
    io,
    lasting: true,
    through: (own: Store) => (told = heard(own, { clock: systemClock(), metrics })).store,
    first: async () => {
      await door?.close();
      over.abort();
    },
  };
  const ended = await withDriver(project, driving, async (driver) => {
    if (told === undefined) throw new Error("impossible: the owner of a data root has no store");
    await driver.keep(built);
    const opened = { context, driver, metrics, snapshot: snapshot.value, told };
    door = await openDoor(partsFor(project, opened), { listen, tokens });
    await aborted(over.signal);
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

interface Opened {
  readonly context: Context;
  readonly driver: Driver;
  readonly metrics: Metrics;
  readonly snapshot: Snapshot;
  readonly told: Heard;
}

function partsFor(project: Project, { context, driver, metrics, snapshot, told }: Opened): DoorParts {
  const clock = systemClock();
  return {
    owner: driver.owner,
    store: told.store,
    commits: told.commits,
    metrics,
    evidence: evidenceOf(project, told.store),
    words: {
      refusal: refusedByOwner,
      fault: refusedFault,
      title: (code) => explanationOf(code)?.says,
    },
    snapshot,
    tenant,
    version,
    publicKeyPem: project.key.publicKeyPem,
    clock,
    sha256,
    newId: () => executionIdAt(clock.nowMs(), randomBytes(10).toString("hex")),
    say: (line) => context.io.err(`${line}\n`),
  };
}

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
async function tokensFor(given: Given, { io }: Context, project: Project): Promise<Result<readonly string[], Refused>> {
  const variable = setting("OMNIBASE_TOKEN", io);
  if (!variable.ok) return variable;
  const tokens = variable.value === undefined ? [] : [variable.value];
  const secrets = secretsFor({ ...project, env: io.env });
  for (const named of given.list("token")) {
    const name = /^secret:\/\/(\w{1,100})$/.exec(named)?.[1];
    if (name === undefined) {
      const hint = "write --token secret://NAME, and grant NAME in omnibase.yaml";
      return err({ exit: 2, code: "TOKEN_UNREADABLE", message: "--token names a secret, and is none itself", hint });
    }
    const secret = await secrets.resolve(name);
    if (!secret.ok) return err({ exit: 2, code: secret.error.code, message: secret.error.message });
    tokens.push(secret.value.reveal());
  }
  const isShort = tokens.some((token) => !/^\S{16,1000}$/.test(token));
  if (!isShort) return ok(tokens);
  const hint = "for example: openssl rand -hex 32";
  return err({ exit: 2, code: "TOKEN_WEAK", message: "a token has 16 to 1,000 characters, and no blank", hint });
}
