import type { CommandSpec } from "./command.ts";
import { where } from "./shared-options.ts";

/** What the program tells of itself. */
export const helpCommands: readonly CommandSpec[] = [
  {
    name: "help",
    summary: "Say what a command takes, with examples; without one, list the commands",
    about: "--manual writes all of it, as docs/cli.md holds it and as a page for man.",
    args: [{ name: "COMMAND", summary: "run, task list, …", required: false, many: true, known: "command" }],
    options: [{ name: "manual", value: "FORM", summary: "the whole manual", values: ["markdown", "man"] }],
    example: "omnibase help task complete",
    examples: ["omnibase help --manual man > omnibase.1"],
    load: () => import("../commands/help.ts"),
  },
  {
    name: "config",
    summary: "Show every setting that counts here, and who said it",
    about:
      "A flag counts more than a variable, a variable more than omnibase.yaml, and that more than what holds by default.",
    options: where(),
    example: "omnibase config --data-root /srv/orders",
    load: () => import("../commands/config.ts"),
  },
  {
    name: "doctor",
    summary: "Try what everything rests on, and say what to do about what does not hold",
    about:
      "Node and its libraries, the isolation of foreign code, the project with its key and secrets, the store, logs, the key that seals secrets, snapshots and their size, the clock, and how fast and how full the disk is. It reads the whole store, beside whoever owns it, and mends nothing. Ends with 1 where a check failed.",
    options: where(),
    example: "omnibase doctor",
    examples: ["omnibase doctor --data-root /srv/orders --json"],
    load: () => import("../commands/doctor.ts"),
  },
  {
    name: "explain",
    summary: "Explain a code that a problem or an error has",
    about: "Every problem, refusal and fault has a code. Codes are stable and never used for something else.",
    args: [{ name: "CODE", summary: "as it was printed", required: true, known: "code" }],
    example: "omnibase explain OUTCOME_WITHOUT_EDGE",
    load: () => import("../commands/explain.ts"),
  },
  {
    name: "schema",
    summary: "Print the JSON Schema of a kind of artifact, for editors; without one, list the kinds",
    about:
      "The schemas are made of the compiler's own readers: what an editor says of the shape of a file is what the compiler says.",
    args: [{ name: "KIND", summary: "contract, workflow, one-file, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write them into this folder, a file for each", file: true }],
    example: "omnibase schema contract",
    examples: ["omnibase schema --out schemas"],
    load: () => import("../commands/schema.ts"),
  },
  {
    name: "reference",
    summary: "Print what a capability of the standard library takes and gives; without one, list them",
    args: [{ name: "CAPABILITY", summary: "CS_REGISTRY_V0, CT_PURE_LOOKUP_V0, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write the pages into this folder", file: true }],
    example: "omnibase reference CS_SEND_EMAIL_V0",
    examples: ["omnibase reference --out docs/reference"],
    load: () => import("../commands/reference.ts"),
  },
  {
    name: "completion",
    summary: "Print a script that completes commands, options and their values in a shell",
    about:
      "The script asks `completion words` what may stand at the cursor: commands, options, the words that an option takes, workflows and transforms of the project, executions of the data root, what one of them may be told (its signals, the outcomes of its tasks and incidents), codes, files.",
    args: [
      {
        name: "SHELL",
        summary: "for which; or `words`, to be asked",
        required: true,
        values: ["bash", "zsh", "fish", "words"],
      },
      { name: "WORD", summary: "with `words`: what was typed, to the cursor", required: false, many: true },
    ],
    example: "omnibase completion bash > ~/.local/share/bash-completion/completions/omnibase",
    examples: [
      'omnibase completion zsh > "${fpath[1]}/_omnibase"',
      "omnibase completion fish > ~/.config/fish/completions/omnibase.fish",
      "omnibase completion words -- run --wf demo::",
    ],
    load: () => import("../commands/completion.ts"),
  },
];
