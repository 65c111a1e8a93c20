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
    about:
      "Everything that is declared in the workspaces becomes one file, addressed by its content and signed with the key of the project, which is made on first use. The same files give the same bytes. Where anything is wrong nothing is written, and it ends with 4.",
    options: [
      ...where(),
      ...wanted(),
      { name: "out", value: "FILE", summary: "also write the snapshot to FILE", file: true },
      findingsFormat(),
    ],
    example: "omnibase compile --workspace examples/01-greet",
    examples: ["omnibase compile --out released.snapshot"],
    load: () => import("../commands/compile.ts"),
  },
  {
    name: "check",
    summary: "Say everything that is wrong with the project, and write nothing",
    about:
      "Problems stand with file, line, column, a code, the line itself and what to do; all at once. It makes no key and writes nothing. Ends with 4 where anything is wrong.",
    options: [...where(), ...wanted(), findingsFormat()],
    example: "omnibase check --workspace examples/01-greet",
    examples: ["omnibase check --format github", "omnibase check --format sarif > findings.sarif"],
    load: () => import("../commands/check.ts"),
  },
  {
    name: "test",
    summary: "Execute the cases of transforms, and say what came of each",
    about:
      "A case says what a transform is given and what must come back. Nothing is sealed whose cases do not hold, so this only says more of what `check` says. Ends with 1 where a case fails.",
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
    about:
      "Hosts, secrets, stores, people and other workflows, by workflow and place, with the gates that every way there passes. Of a snapshot file, verified, or of what the project compiles to.",
    args: [snapshotFile()],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase authority --workspace examples/01-greet",
    load: () => import("../commands/authority.ts"),
  },
  {
    name: "diff",
    summary: "Say what one snapshot can do that another cannot, or in what two executions differ",
    about:
      "Each side is a snapshot file or a folder that is compiled: `+` allows more, `?` only a person can tell, `-` allows less, and it ends with 0 where nothing does more. Or both are executions: the first difference in input, path, inputs, answers, result and time; it ends with 0 where they differ in time alone.",
    args: [
      { name: "A", summary: "a snapshot file, a folder to compile, or an execution", required: true },
      { name: "B", summary: "the same; the project as it stands if absent", required: false },
    ],
    options: [...where(), ...wanted(), keyOption()],
    example: "omnibase diff released.snapshot",
    examples: [
      "omnibase diff released.snapshot candidate.snapshot --json",
      "omnibase diff 019aa5d2-7c00-7000-8000-000000000001 019aa5d2-7c00-7000-8000-000000000002",
    ],
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
    about:
      "Of what the project compiles to, or of a file. With --key no project is needed, and no other key counts. Ends with 5 where it does not hold.",
    args: [snapshotFile()],
    options: [...where(), keyOption()],
    example: "omnibase snapshot verify greet.snapshot --key key.pub.pem",
    load: () => import("../commands/snapshot-verify.ts"),
  },
];
