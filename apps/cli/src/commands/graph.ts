import { resolve } from "node:path";
import { err, ok, type Graph, type PictureSource, type Result } from "@omnibase/core";
import { askedWithGraph } from "../data/asked-execution.ts";
import { declared, drawn, executed, type PictureForm, type Subject } from "../data/pictures.ts";
import { decodedSnapshot } from "../data/snapshot-view.ts";
import { putFile } from "../data/trace-files.ts";
import { themeAsked } from "../data/tracing.ts";
import { documentOf, type Refused } from "../edge/report.ts";
import type { Command, Context, Given } from "../program/command.ts";
import { build } from "../project/build.ts";
import { openProject } from "../project/open.ts";
import { shownPath } from "../text/result-text.ts";

/** A workflow as it is declared, or with the path that an execution took. */
export const command: Command = async (given, context) => {
  const form = forms.find((one) => one === given.text("format")) ?? "text";
  const out = given.text("out");
  if (form === "png" && out === undefined) {
    const message = "a PNG is written into a file";
    return err({ exit: 2, code: "USAGE_MISSING_OPTION", message, hint: "name it with --out" });
  }
  const subject = given.args[0] === undefined ? await ofProject(given, context) : await ofExecution(given, context);
  if (!subject.ok) return subject;
  const content = await drawn(form, subject.value, {
    theme: themeAsked(given),
    color: out === undefined && context.io.color,
  });
  const { captions, picture } = subject.value;
  if (out === undefined) {
    const text = String(content).trimEnd();
    return ok({ exit: 0, document: documentOf("omnibase-picture/1", { ...picture, captions }), text });
  }
  const file = resolve(context.io.cwd(), out);
  putFile(file, typeof content === "string" && !content.endsWith("\n") ? `${content}\n` : content);
  const document = documentOf("omnibase-picture-file/1", { workflow: picture.workflow, file });
  return ok({ exit: 0, document, text: `file       ${shownPath(file)}` });
};

const forms: readonly PictureForm[] = ["text", "mermaid", "dot", "svg", "png"];

type Open = NonNullable<PictureSource["open"]>;
const ways: readonly Open[] = ["path", "all", "none"];
const openAsked = (given: Given): Open => ways.find((way) => way === given.text("open")) ?? "path";

async function ofExecution(given: Given, context: Context): Promise<Result<Subject, Refused>> {
  const asked = await askedWithGraph(given, context);
  if (!asked.ok) return asked;
  const { graph, record } = asked.value;
  return ok(executed(graph, record.lines, openAsked(given)));
}

async function ofProject(given: Given, context: Context): Promise<Result<Subject, Refused>> {
  const project = await openProject(given, context);
  if (!project.ok) return project;
  const built = await build(project.value, { workflow: given.text("wf") });
  if (!built.ok) return built;
  const snapshot = decodedSnapshot(Buffer.from(built.value.text), project.value.trust);
  if (!snapshot.ok) return snapshot;
  const graph = wantedOf(snapshot.value.graphs, given.text("wf"));
  return graph.ok ? ok(declared(graph.value, openAsked(given))) : graph;
}

/** The one that was named, or the only one. */
function wantedOf(graphs: Readonly<Record<string, Graph>>, wanted: string | undefined): Result<Graph, Refused> {
  const names = Object.keys(graphs);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  const graph = name !== undefined && Object.hasOwn(graphs, name) ? graphs[name] : undefined;
  if (graph !== undefined) return ok(graph);
  const message =
    wanted === undefined ? `there are ${String(names.length)} workflows` : `there is no workflow ${wanted}`;
  return err({
    exit: wanted === undefined ? 2 : 3,
    code: "WORKFLOW_NOT_FOUND",
    message,
    hint: `--wf ${names.join(" or ")}`,
  });
}
