import {
  err,
  executionIdAt,
  executionIdOf,
  limits,
  ok,
  parseIdentifier,
  playerOf,
  type Json,
  type Result,
} from "@omnibase/core";
import { randomBytes } from "node:crypto";
import { systemClock } from "@omnibase/infra/clock";
import { sha256 } from "@omnibase/infra/crypto";
import type { StartRequest } from "@omnibase/spi";
import type { Driver } from "../data/drive.ts";
import { isStored, startBeside } from "../data/detach.ts";
import { entryTo, isEntered } from "../data/door.ts";
import { tenant } from "../data/layout.ts";
import { goesOn } from "../data/drive-on.ts";
import { readPayload } from "../data/payload.ts";
import { outcomeOf } from "../data/outcome.ts";
import { traceAfter } from "../data/tracing.ts";
import { withDriver } from "../data/with-driver.ts";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { setting } from "../program/variables.ts";
import { build } from "../project/build.ts";
import { openProject, type Project } from "../project/open.ts";
import { refusedByOwner } from "../text/refusals.ts";
import { checkSaysWhich, startedText, whereGiven } from "../text/result-text.ts";

/** Starts an execution of what the project declares now, and waits for its end. */
export const command: Command = async (given, context) => {
  const began = systemClock().monotonicMs();
  const asked = askedFor(given, context);
  if (!asked.ok) return asked;
  const isNamed = isEntered(given);
  if (!isNamed.ok) return isNamed;
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const told = context.progress.working("compiling");
  const built = await build(project.value, { workflow: given.text("wf"), ingress: given.text("ti") });
  told.done();
  if (!built.ok) return built;
  const input = await readPayload(given.text("payload") ?? "-", context.io);
  if (!input.ok) return input;
  const entry = entryTo(given, input.value, { built: built.value, project: project.value });
  if (!entry.ok) return entry;
  if ("exit" in entry.value) return ok(entry.value);
  const { replies, ...what } = entry.value;
  if (!built.value.fresh) context.progress.say(`compiled ${built.value.digest}`);
  if (built.value.warnings > 0) context.warn(checkSaysWhich(built.value.warnings, "warning"));
  const request = requestFor(asked.value, { ...what, snapshot: built.value.digest });
  if (given.flag("detach")) return briefly(given, request, await detached(project.value, request, { given, context }));
  const ended = await withDriver(project.value, context, async (driver) => {
    await driver.keep(built.value);
    return waited(driver, request, context);
  });
  if (!ended.ok) return ended;
  const ms = Math.round((systemClock().monotonicMs() - began) * 1_000) / 1_000;
  const outcome = await outcomeOf(project.value, request.execution, {
    files: ended.value,
    ms,
    replies,
    where: whereGiven(given),
    writeTrace: traceAfter(given, project.value, context),
  });
  return briefly(given, request, outcome);
};

/** `--id` alone asks for the one word that the next command needs. */
function briefly(given: Given, { execution }: StartRequest, said: Result<Report, Refused>): Result<Report, Refused> {
  if (!said.ok || !given.flag("id")) return said;
  const { document, exit } = said.value;
  return ok({ exit, document, text: execution });
}

interface Asked {
  readonly execution: string;
  readonly principal: string;
  readonly acceptFiles: boolean;
}

function askedFor(given: Given, { io }: Pick<Context, "io">): Result<Asked, Refused> {
  const execution = executionFor(given);
  if (!execution.ok) return execution;
  const principal = principalFor(given, io);
  if (!principal.ok) return principal;
  return ok({ execution: execution.value, principal: principal.value, acceptFiles: given.flag("accept-files") });
}

function executionFor(given: Given): Result<string, Refused> {
  const [id, key] = [given.text("id"), given.text("idempotency-key")];
  if (id !== undefined && key !== undefined) {
    const message = "--id and --idempotency-key both name the execution";
    return err({ exit: 2, code: "USAGE_CONFLICT", message, hint: "give one of them" });
  }
  if (id === undefined && key === undefined) {
    return ok(executionIdAt(systemClock().nowMs(), randomBytes(10).toString("hex")));
  }
  const parsed = parseIdentifier(id ?? key ?? "", id === undefined ? "idempotency-key" : "execution");
  if (!parsed.ok) return err({ exit: 2, ...parsed.error });
  return ok(id === undefined ? executionIdOf(tenant, parsed.value, sha256) : parsed.value);
}

/** Who asks, as the log says for ever: by a name, or as an actor. Both are one text, and nothing else is made of them. */
export function principalFor(given: Given, io: Context["io"]): Result<string, Refused> {
  const [name, actor] = [given.text("principal"), given.text("as")];
  if (name !== undefined && actor !== undefined) {
    const message = "--principal and --as both say who asks";
    return err({ exit: 2, code: "USAGE_CONFLICT", message, hint: "give one of them" });
  }
  if (actor !== undefined && playerOf(actor) === undefined) {
    const hint = `write it like --as 'demo::AC_BUYER_V0 buyer_id=B-7 name="Ada Lovelace"'`;
    return err({ exit: 2, code: "ACTOR_UNREADABLE", message: "--as does not say as which actor", hint });
  }
  const variable = setting("OMNIBASE_PRINCIPAL", io);
  if (!variable.ok) return variable;
  const principal = actor ?? name ?? variable.value ?? "local";
  const { principalCharsMax: most } = limits;
  const isFit = principal.length > 0 && principal.length <= most && principal.isWellFormed();
  if (isFit) return ok(principal);
  return err({ exit: 2, code: "ID_LENGTH", message: `a principal has 1 to ${String(most)} characters` });
}

function requestFor(
  { acceptFiles, execution, principal }: Asked,
  what: { readonly workflow: string; readonly snapshot: string; readonly input: Json },
): StartRequest {
  return { tenant, execution, principal, acceptFiles, ...what };
}

async function detached(
  project: Project,
  request: StartRequest,
  { context, given }: { readonly context: Context; readonly given: Given },
): Promise<Result<Report, Refused>> {
  const existed = await isStored(project, request);
  const started = existed
    ? await startAgain(project, request, context)
    : await startBeside(project, request, context.io);
  if (!started.ok) return started;
  const { execution, workflow, snapshot } = request;
  const document = documentOf("omnibase-started/1", { execution, workflow, snapshot, existed });
  return ok({ exit: 0, document, text: startedText(execution, existed, whereGiven(given)) });
}

/** Only whether it is the same start: nothing is begun. */
const startAgain = (project: Project, request: StartRequest, context: Context): Promise<Result<undefined, Refused>> =>
  withDriver(project, context, async ({ owner }) => {
    const started = await owner.start(request);
    return started.ok ? ok(undefined) : err(refusedByOwner(started.error));
  });

/** Waits, shows the stores, and says which files. */
async function waited(
  { owner }: Driver,
  request: StartRequest,
  context: Context,
): Promise<Result<readonly string[], Refused>> {
  const started = await owner.start(request);
  if (!started.ok) return err(refusedByOwner(started.error));
  context.progress.say(
    `execution ${request.execution} ${started.value.existed ? "was started before" : "is under way"}`,
  );
  const told = context.progress.waiting(goesOn);
  const standing = await owner.wait(request);
  told.done();
  // An owner that leaves has kept everything: what stands in the log is the answer.
  if (!standing.ok && standing.error.code !== "OWNER_LEAVING") return err(refusedByOwner(standing.error));
  if (!standing.ok) return ok([]);
  const files = await owner.project(request);
  if (!files.ok && files.error.code === "OWNER_LEAVING") return ok([]);
  return files.ok ? ok(files.value) : err(refusedByOwner(files.error));
}
