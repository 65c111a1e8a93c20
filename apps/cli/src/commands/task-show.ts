import { canonical, ok, printable, type Fields } from "@omnibase/core";
import { askedWithGraph } from "../data/asked-execution.ts";
import { taskDocument, taskIn } from "../data/tasks.ts";
import type { Command } from "../program/command.ts";
import { typed, whereGiven } from "../text/result-text.ts";

/** All that it takes to do a task, and to say what came of it. */
export const command: Command = async (given, context) => {
  const asked = await askedWithGraph(given, context);
  if (!asked.ok) return asked;
  const found = taskIn(asked.value.record, asked.value.graph, given.text("place"));
  if (!found.ok) return found;
  const { alone, task } = found.value;
  const { actors, due_at, execution, fields, inputs, outcomes, place: position, summary, workflow } = task;
  const table: readonly (readonly [string, string])[] = [
    ["task", summary],
    ["at", position],
    ["inputs", canonical(inputs)],
    ["outcomes", outcomes.join(", ")],
    ["with", fieldsText(fields)],
    ["for", actors.length === 0 ? "everyone" : actors.join(", ")],
    ["until", due_at ?? "somebody does it"],
    ["execution", execution],
    ["workflow", workflow],
  ];
  const shown = table.map(([name, value]) => `${name.padEnd(10)} ${printable(value, 2_000)}`);
  const said = [
    `  omnibase task complete ${execution}${whereGiven(given)}`,
    alone ? "" : ` --place ${typed(position)}`,
    ` --outcome ${outcomes.join("|")}`,
    Object.keys(fields).length === 0 ? "" : " --output FILE",
    actors[0] === undefined ? "" : ` --as ${actors[0]}`,
  ];
  const text = [...shown, "", "Whoever has done it says so:", said.join("")].join("\n");
  return ok({ exit: 0, document: taskDocument(task), text });
};

const fieldsText = (fields: Fields): string => {
  const named = Object.entries(fields).map(
    ([name, { required, type }]) => `${name}: ${type}${required ? "" : ", if there is any"}`,
  );
  return named.length === 0 ? "nothing but the outcome" : named.join("; ");
};
