import { err, ok, printable } from "@omnibase/core";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { helpDocument, helpText, topicAt } from "../program/help.ts";
import { alike } from "../text/alike.ts";

/** What the program can do, from the very tree that is executed: on a terminal, as Markdown, or as a page for `man`. */
export const command: Command = async (given, { sections }) => {
  const manual = given.text("manual");
  if (manual !== undefined) {
    const { markdownManual, roffManual } = await import("../text/manual.ts");
    const text = manual === "man" ? roffManual(sections) : markdownManual(sections);
    return ok({ exit: 0, document: documentOf("omnibase-manual/1", { manual, text }), text: text.trimEnd() });
  }
  const topic = topicAt(given.args, sections);
  if (topic !== undefined) return ok({ exit: 0, document: helpDocument(topic), text: helpText(topic) });
  const asked = given.args.join(" ");
  const names = sections.flatMap(({ commands }) => commands.map(({ name }) => name));
  const near = alike(asked, names);
  const hint = near.length === 0 ? "`omnibase help` lists them" : `did you mean ${near.join(" or ")}?`;
  return err({ exit: 3, code: "COMMAND_UNKNOWN", message: `there is no command ${printable(asked)}`, hint });
};
