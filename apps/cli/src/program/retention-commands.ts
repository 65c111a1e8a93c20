import type { CommandSpec, OptionSpec } from "./command.ts";
import { classes, where } from "./shared-options.ts";

/** One rule by flags; without them the project file says what may go. */
const rule = (): readonly OptionSpec[] => [
  { name: "older-than", value: "DURATION", summary: "what ended so long ago: P30D, PT12H" },
  { name: "keep", value: "N", summary: "all but the last N of each workflow" },
  { name: "class", value: "CLASS", summary: "only what ended so", values: classes(), repeat: true },
  { name: "wf", value: "NS::CODE", summary: "only of this workflow", known: "workflow" },
  { name: "archive", value: "DIR", summary: "where what goes is archived to; none: nowhere", file: true },
  { name: "remember", value: "DURATION", summary: "for how long what is gone is remembered (forever)" },
];

/** What stays of what has ended. */
export const retentionCommands: readonly CommandSpec[] = [
  {
    name: "retention plan",
    summary: "Say which executions a policy lets go, why, and how much disk that frees",
    about: "Nothing is changed. Rules are declared under `retention:` in omnibase.yaml; flags take their place.",
    options: [...where(), ...rule()],
    example: "omnibase retention plan --older-than P90D --keep 100",
    load: () => import("../commands/retention-plan.ts"),
  },
  {
    name: "retention apply",
    summary: "Archive and remove what a policy lets go, and give its room back",
    about:
      "A batch is archived whole before any of it is removed. It may be ended at any moment and called again. Executions " +
      "go on meanwhile. It ends with 5 where the log of an execution does not hold; that one stays.",
    options: [...where(), ...rule()],
    example: "omnibase retention apply --older-than P90D --archive ../archive",
    load: () => import("../commands/retention-apply.ts"),
  },
  {
    name: "retention rewrite",
    summary: "Write the file of a store anew, as small as what it holds",
    about:
      "For a store that 0.1.0 made: it uses its room anew and gives none back, until it was rewritten once. It takes as " +
      "much room again while it goes on, and nobody else may own the data root.",
    options: where(),
    example: "omnibase retention rewrite",
    load: () => import("../commands/retention-rewrite.ts"),
  },
];
