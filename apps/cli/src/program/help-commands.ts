import type { CommandSpec } from "./command.ts";

/** What the program tells of itself. */
export const helpCommands: readonly CommandSpec[] = [
  {
    name: "explain",
    summary: "Explain a code that a problem or an error has",
    args: [{ name: "CODE", summary: "as it was printed", required: true }],
    example: "omnibase explain OUTCOME_WITHOUT_EDGE",
    load: () => import("../commands/explain.ts"),
  },
  {
    name: "schema",
    summary: "Print the JSON Schema of a kind of artifact, for editors; without one, list the kinds",
    args: [{ name: "KIND", summary: "contract, workflow, one-file, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write them into this folder, a file for each", file: true }],
    example: "omnibase schema contract",
    load: () => import("../commands/schema.ts"),
  },
  {
    name: "reference",
    summary: "Print what a capability of the standard library takes and gives; without one, list them",
    args: [{ name: "CAPABILITY", summary: "CS_REGISTRY_V0, CT_PURE_LOOKUP_V0, …", required: false }],
    options: [{ name: "out", value: "DIR", summary: "write the pages into this folder", file: true }],
    example: "omnibase reference CS_SEND_EMAIL_V0",
    load: () => import("../commands/reference.ts"),
  },
  {
    name: "completion",
    summary: "Print a script that completes commands and options in a shell",
    args: [{ name: "SHELL", summary: "bash, zsh or fish", required: true, values: ["bash", "zsh", "fish"] }],
    example: "omnibase completion bash > ~/.local/share/bash-completion/completions/omnibase",
    load: () => import("../commands/completion.ts"),
  },
];
