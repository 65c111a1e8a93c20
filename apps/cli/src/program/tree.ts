import type { CommandSpec, Section } from "./command.ts";
import { evidenceCommands } from "./evidence-commands.ts";
import { executionCommands } from "./execution-commands.ts";
import { helpCommands } from "./help-commands.ts";
import { peopleCommands } from "./people-commands.ts";
import { projectCommands } from "./project-commands.ts";
import { retentionCommands } from "./retention-commands.ts";

export const sections: readonly Section[] = [
  { title: "Projects", commands: projectCommands },
  { title: "Executions", commands: executionCommands },
  { title: "People", commands: peopleCommands },
  { title: "Evidence", commands: evidenceCommands },
  { title: "Retention", commands: retentionCommands },
  { title: "Help", commands: helpCommands },
];

/** Every command of the program. */
export const tree: readonly CommandSpec[] = sections.flatMap(({ commands }) => commands);
