import type { CommandSpec } from "./command.ts";
import { findingsFormat, keyOption, principal, snapshotFile, wanted, where } from "./shared-options.ts";

/** What is done with declared work before anything is executed. */
export const projectCommands: readonly CommandSpec[] = [
  {
    name: "init",
    summary: "Write a project to begin with, and nothing over what is there",
    about:
      "Without NAME it is written here. The namespace is made of the name of the folder. What stands in the way is listed, and then nothing is written.",
    args: [{ name: "NAME", summary: "a new folder; this one if absent", required: false }],
    options: [
      { name: "template", value: "TEMPLATE", summary: "what to begin with (hello)", known: "template" },
      { name: "namespace", value: "NS", summary: "the namespace of what it declares" },
      { name: "list", summary: "list the templates" },
    ],
    example: "omnibase init orders",
    examples: ["omnibase init --list", "omnibase init orders --template approval --namespace shop"],
    load: () => import("../commands/init.ts"),
  },
  {
    name: "dev",
    summary: "Compile and execute again whenever a file is saved",
    about:
      "It says what changed, what that newly allows, and what came of the execution; what does not compile is shown with its lines, and ends nothing. Without --data-root every round begins with empty data that is thrown away. Ctrl-C lets go of what is under way, and ends with 0.",
    options: [
      { name: "wf", value: "NS::CODE", summary: "the workflow to execute", known: "workflow" },
      { name: "ti", value: "NS::CODE", summary: "or the ingress by which to come in", known: "ingress" },
      { name: "payload", value: "FILE", summary: "its input as JSON", file: true },
      ...where(),
      ...principal(),
    ],
    example: "omnibase dev --wf demo::WF_GREET_V0 --payload ada.json",
    examples: ["omnibase dev --workspace examples/01-greet"],
    load: () => import("../commands/dev.ts"),
  },
  {
    name: "compile",
    summary: "Compile the project into a sealed, signed snapshot",
    options: [
      ...where(),
      ...wanted(),
      { name: "out", value: "FILE", summary: "also write the snapshot to FILE", file: true },
      findingsFormat(),
    ],
    example: "omnibase compile --workspace examples/01-greet",
    load: () => import("../commands/compile.ts"),
  },
  {
    name: "check",
    summary: "Say everything that is wrong with the project, and write nothing",
    options: [...where(), ...wanted(), findingsFormat()],
    example: "omnibase check --workspace examples/01-greet",
    load: () => import("../commands/check.ts"),
  },
  {
    name: "test",
    summary: "Execute the cases of transforms, and say what came of each",
    options: [
      ...where(),
      { name: "transform", value: "NS::CODE", summary: "only those of this transform", known: "transform" },
    ],
    example: "omnibase test --transform library::CT_MAY_BORROW_V0",
    load: () => import("../commands/test.ts"),
  },
  {
    name: "authority",
    summary: "Say all that a snapshot may touch, where, and what keeps it back",
    args: [snapshotFile()],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase authority --workspace examples/01-greet",
    load: () => import("../commands/authority.ts"),
  },
  {
    name: "diff",
    summary: "Say what one snapshot can do that another cannot; ends with 1 if anything",
    args: [
      { name: "A", summary: "a snapshot file, or a folder to compile", required: true },
      { name: "B", summary: "the same; the project as it stands if absent", required: false },
    ],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase diff released.snapshot",
    load: () => import("../commands/diff.ts"),
  },
  {
    name: "snapshot show",
    summary: "Show what a snapshot holds and what it may touch",
    args: [snapshotFile()],
    options: [...where(), keyOption()],
    example: "omnibase snapshot show --workspace examples/01-greet",
    load: () => import("../commands/snapshot-show.ts"),
  },
  {
    name: "snapshot verify",
    summary: "Recompute every hash of a snapshot and verify its signature",
    args: [snapshotFile()],
    options: [...where(), keyOption()],
    example: "omnibase snapshot verify greet.snapshot --key key.pub.pem",
    load: () => import("../commands/snapshot-verify.ts"),
  },
];
