import type { ExecutionRefusal } from "@omnibase/core";
import type { OwnerRefusal } from "@omnibase/spi";
import type { ExitCode, Refused } from "../edge/report.ts";

/** What an owner of a data root refused, as a sentence and an exit code. The only home of both. */
export function refusedByOwner(refusal: OwnerRefusal): Refused {
  const { code, ...facts } = refusal;
  const { exit, hint, message } = sentenceOf(refusal);
  return {
    exit,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    facts,
  };
}

interface Sentence {
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint?: string;
}

const againstRules = (message: string, hint?: string): Sentence => ({
  exit: 4,
  message,
  ...(hint === undefined ? {} : { hint }),
});

function sentenceOf(refusal: OwnerRefusal): Sentence {
  switch (refusal.code) {
    case "IDEMPOTENCY_MISMATCH":
      return againstRules(
        `execution ${refusal.execution} was started with another workflow or another payload`,
        "use a new key for new work; `omnibase show` tells what the old one did",
      );
    case "EXECUTION_NOT_FOUND":
    case "EXECUTION_REMOVED":
    case "SECRET_ERASED":
    case "NOT_ENDED":
      return notThere(refusal);
    case "NO_TASK":
      return againstRules(`no task is open in ${refusal.execution}`, "`omnibase task list` says where one is");
    case "PLACE_AMBIGUOUS":
      return againstRules(`more than one is open: ${refusal.places.join(", ")}`, "--place says which");
    case "PLACE_NEEDED":
      return againstRules(
        `you said the same before the incident at ${refusal.place} opened`,
        `--place ${refusal.place} says that this one is meant`,
      );
    case "WORKFLOW_NOT_FOUND":
      return { exit: 3, message: `there is no workflow ${refusal.workflow}` };
    case "SNAPSHOT_REFUSED":
      return snapshotRefused(refusal);
    case "DATA_FILE_DRIFT":
      return {
        exit: 5,
        message: `${refusal.file} was changed since it was written`,
        hint: "--accept-files imports it; or put back what was there",
      };
    case "DATA_FILE_UNREADABLE":
      return { exit: 2, message: `${refusal.file} cannot be imported: ${refusal.detail}` };
    case "LOG_DAMAGED":
      return {
        exit: 5,
        message: `the log of ${refusal.execution} does not hold at revision ${String(refusal.revision)}`,
      };
    case "BUSY":
      return againstRules("too many executions are under way", `try again in ${String(refusal.retryAfterMs)} ms`);
    case "OWNER_LEAVING":
      return againstRules("the owner of the data root is leaving", "the same command again finds the next owner");
    case "ALREADY_STARTED":
    case "NOT_RUNNING":
    case "NOT_WAITING_FOR":
    case "NOT_DUE":
    case "NO_INCIDENT":
    case "UNDECLARED_OUTCOME":
    case "ALREADY_CANCELLING":
    case "ALREADY_ENDING":
    case "SIGNAL_UNKNOWN":
    case "SIGNALS_FULL":
    case "VALUE_REFUSED":
    case "VALUE_TOO_LARGE":
    case "NOT_AN_ACTOR":
      return refusedByMachine(refusal);
  }
}

/** What is gone, and what is still needed. */
function notThere({
  code,
  execution,
}: Extract<
  OwnerRefusal,
  { readonly code: "EXECUTION_NOT_FOUND" | "EXECUTION_REMOVED" | "SECRET_ERASED" | "NOT_ENDED" }
>): Sentence {
  switch (code) {
    case "EXECUTION_NOT_FOUND":
      return { exit: 3, message: `there is no execution ${execution}`, hint: "`omnibase history` lists them" };
    case "EXECUTION_REMOVED":
      return againstRules(
        `execution ${execution} has ended and was removed`,
        "`omnibase show` says when, by which policy, and where its archive is",
      );
    case "SECRET_ERASED": {
      const hint = "its log still verifies; `omnibase verify` and `omnibase show` need no secrets";
      return {
        exit: 3,
        message: `what was secret of ${execution} was erased, or the key of this data root is gone`,
        hint,
      };
    }
    case "NOT_ENDED":
      return againstRules(`${execution} has not ended, and needs its secrets to go on`, "cancel it first");
  }
}

function snapshotRefused({
  detail,
  reason,
  snapshot,
}: Extract<OwnerRefusal, { readonly code: "SNAPSHOT_REFUSED" }>): Sentence {
  const message = `snapshot ${snapshot} is refused: ${reason}, ${detail}`;
  if (reason === "SNAPSHOT_MISSING") return { exit: 3, message };
  return { exit: 5, message, hint: "restore the file, or compile again; `trust` in omnibase.yaml names other keys" };
}

function refusedByMachine(refusal: ExecutionRefusal): Sentence {
  switch (refusal.code) {
    case "ALREADY_STARTED":
      return againstRules("the execution has started already");
    case "NOT_RUNNING":
      return againstRules(
        `the execution is not running: it is ${refusal.phase}`,
        "`omnibase show ID` says how it ended",
      );
    case "NOT_WAITING_FOR":
      return againstRules(
        `nothing is open at ${refusal.place}: the execution stands at ${refusal.at.join(", ")}`,
        "`omnibase show ID` says what it waits for",
      );
    case "NOT_DUE":
      return againstRules(`the timer at ${refusal.place} is not due yet`);
    case "NO_INCIDENT":
      return againstRules(
        `no incident is open${refusal.place === "" ? "" : ` at ${refusal.place}`}`,
        "`omnibase incident show ID` says where one is",
      );
    case "UNDECLARED_OUTCOME":
      return againstRules(
        `${refusal.outcome} is no outcome of ${refusal.place}`,
        `declared are ${refusal.declared.join(", ")}`,
      );
    case "ALREADY_CANCELLING":
      return againstRules("the execution is being cancelled already");
    case "ALREADY_ENDING":
      return againstRules("the execution is ending: what it did is being undone");
    case "SIGNAL_UNKNOWN":
      return againstRules(`the workflow waits for no signal ${refusal.name}`, signalsHint(refusal.declared));
    case "SIGNALS_FULL":
      return againstRules(`more than ${String(refusal.most)} signals were said`, "nobody waits for them yet");
    case "VALUE_REFUSED":
      return againstRules(
        `what was said is not as declared: ${nackText(refusal.nack)}`,
        "correct it and say it again; nothing was recorded",
      );
    case "VALUE_TOO_LARGE":
      return againstRules(`what was said is larger than ${String(refusal.most)} characters`);
    case "NOT_AN_ACTOR":
      return {
        exit: 5,
        message: `the task at ${refusal.place} is for ${refusal.actors.join(", ")}`,
        hint: "--as says as which actor you speak",
      };
  }
}

const signalsHint = (declared: readonly string[]): string =>
  declared.length === 0 ? "it waits for none" : `declared are ${declared.join(", ")}`;

const nackText = (nack: Extract<ExecutionRefusal, { readonly code: "VALUE_REFUSED" }>["nack"]): string =>
  nack.map(({ message }) => message).join("; ");
