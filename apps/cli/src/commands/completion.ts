import { err, ok, printable } from "@omnibase/core";
import { withStore } from "../data/read-data.ts";
import { tenant } from "../data/layout.ts";
import { documentOf } from "../edge/report.ts";
import { completionScripts, shells } from "../program/completion.ts";
import type { Command, Context, Given, Known } from "../program/command.ts";
import { beginning, wantedAt, type Wanted, type Word } from "../program/words.ts";
import { declaredIn } from "../project/declared.ts";
import { openPlace, type Place } from "../project/open.ts";
import { templateNames } from "../project/templates.ts";
import { codeNames, explanationOf } from "../text/codes.ts";

/** A script for the shell, and the answers to what it asks. */
export const command: Command = async (given, context) => {
  const [asked = "", ...typed] = given.args;
  if (asked === "words") return wordsFor(typed, context);
  const shell = shells.find((one) => one === asked);
  if (shell === undefined || typed.length > 0) {
    return err({ exit: 2, code: "USAGE_TOO_MANY_ARGUMENTS", message: "a shell is all that a script is made for" });
  }
  const script = completionScripts[shell];
  return ok({ exit: 0, document: documentOf("omnibase-completion/1", { shell, script }), text: script });
};

/** A line for each word, with what it means behind a tab; or that a file may stand there. */
async function wordsFor(typed: readonly string[], context: Context): ReturnType<Command> {
  const wanted = wantedAt(
    typed,
    context.sections.flatMap(({ commands }) => commands),
  );
  const isFile = wanted.kind === "files";
  const all = wanted.kind === "words" ? wanted.words : isFile ? [] : await knownWords(wanted, context);
  const words = beginning(all, typed.at(-1) ?? "");
  const lines = words.map(({ says, word }) => (says === "" ? word : `${word}\t${says}`));
  const document = documentOf("omnibase-words/1", { files: isFile, words });
  return ok({ exit: 0, document, text: isFile ? ":files" : lines.join("\n") });
}

/** Nothing, where there is nobody to ask: whoever is typing is not to be interrupted. */
async function knownWords(
  { given, known, prefix }: Extract<Wanted, { readonly kind: "known" }>,
  context: Context,
): Promise<readonly Word[]> {
  if (known === "code") return codeNames.map((word) => ({ word, says: explanationOf(word)?.says ?? "" }));
  if (known === "template") return templateNames().map((word) => ({ word: `${prefix}${word}`, says: "" }));
  try {
    const place = await openPlace(given, context);
    const words = place.ok ? await wordsAt(place.value, known, given) : [];
    return words.map(({ says, word }) => ({ word: `${prefix}${printable(word)}`, says: printable(says) }));
  } catch {
    return [];
  }
}

async function wordsAt(place: Place, known: Known, given: Given): Promise<readonly Word[]> {
  switch (known) {
    case "execution":
      return executionsAt(place);
    case "signal":
    case "task-outcome":
    case "incident-outcome": {
      const { tellable } = await import("../data/tellable.ts");
      return tellable(place, { kind: known, execution: given.args[0] ?? "", at: given.text("place") });
    }
    case "code":
    case "command":
    case "template":
      return [];
    case "actor":
    case "event":
    case "ingress":
    case "transform":
    case "workflow":
      return (await declaredIn(place))[known].map((word) => ({ word, says: "" }));
  }
}

const executionsMax = 50;

async function executionsAt(place: Place): Promise<readonly Word[]> {
  const rows = await withStore(place, [], (store) => store.list({ tenant, limit: executionsMax }));
  return rows.map(({ execution, status, workflow }) => ({ word: execution, says: `${status} ${workflow}` }));
}
