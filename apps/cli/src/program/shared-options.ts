import type { ArgSpec, OptionSpec } from "./command.ts";

/** What several commands take, said once. */
export function where(): readonly OptionSpec[] {
  return [
    { name: "workspace", value: "DIR", summary: "a folder of the project (here)", repeat: true, file: true },
    { name: "implementations", value: "DIR", summary: "a folder of transforms (as omnibase.yaml says)", file: true },
    { name: "data-root", value: "DIR", summary: "where the data is (as omnibase.yaml says)", file: true },
  ];
}

export function execution(): ArgSpec {
  return { name: "ID", summary: "the id of an execution", required: true, known: "execution" };
}

export function place(): OptionSpec {
  return { name: "place", value: "PLACE", summary: "which place, where several are open" };
}

export function snapshotFile(): ArgSpec {
  return { name: "FILE", summary: "a snapshot; that of the project if absent", required: false };
}

export function keyOption(): OptionSpec {
  return { name: "key", value: "KEY", summary: "trust this public key and no other", file: true };
}

export function principal(): readonly OptionSpec[] {
  return [
    { name: "principal", value: "NAME", summary: "who asks, for the log (local)" },
    { name: "as", value: "ACTOR", summary: "the same as an actor: 'NS::AC_CODE name=value'", known: "actor" },
  ];
}

export function wanted(): readonly OptionSpec[] {
  return [
    {
      name: "wf",
      value: "NS::CODE",
      summary: "of published artifacts, only what this workflow needs",
      known: "workflow",
    },
    { name: "strict", summary: "refuse published artifacts for what their own engine let through" },
  ];
}

/** Whoever finds problems can tell them to other tools, too. */
export function findingsFormat(): OptionSpec {
  const values = ["human", "json", "yaml", "sarif", "github"];
  return { name: "format", value: "FORMAT", summary: "human, json, yaml, sarif 2.1.0 or github annotations", values };
}

export function statuses(): readonly string[] {
  return ["open", "parked", "incident", "ended"];
}

export function classes(): readonly string[] {
  return ["completed", "rejected", "failed", "cancelled"];
}

export function mode(): OptionSpec {
  const values = ["runtime", "authoring"];
  return { name: "mode", value: "MODE", summary: "how much a trace says (authoring)", values };
}

/** What is left behind of an execution that this process drove until it ended or rests. */
export function tracing(): readonly OptionSpec[] {
  const values = ["none", "text", "all"];
  return [{ name: "trace", value: "WHAT", summary: "what is written of it afterwards (text)", values }, mode()];
}

/** Which files; `human` and `json` say how to tell which were written, as everywhere. */
export function traceFormat(): OptionSpec {
  const values = ["text", "all", "jsonl", "md", "svg", "png", "human", "json", "yaml"];
  return {
    name: "format",
    value: "FORMAT",
    summary: "text (jsonl and md), all, or one of jsonl, md, svg, png",
    values,
  };
}

export function theme(): OptionSpec {
  const values = ["auto", "light", "dark"];
  return {
    name: "theme",
    value: "THEME",
    summary: "of a picture: light, dark, or as the reader prefers (auto)",
    values,
  };
}

export function open(): OptionSpec {
  const values = ["path", "all", "none"];
  return {
    name: "open",
    value: "WHICH",
    summary: "contracts whose steps are shown: all, none, or those on the path (path)",
    values,
  };
}

export function pictureFormat(): OptionSpec {
  const values = ["text", "mermaid", "dot", "svg", "png", "human", "json", "yaml"];
  return { name: "format", value: "FORMAT", summary: "text, mermaid, dot, svg, png, or json", values };
}

export function archive(): OptionSpec {
  return { name: "archive", value: "DIR", summary: "look into this archive, and not at the data", file: true };
}
