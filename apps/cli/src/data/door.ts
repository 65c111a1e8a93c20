import { admit, err, ok, printable, refusedAt, type Json, type Replies, type Result, type Said } from "@omnibase/core";
import { documentOf, type Refused, type Report } from "../edge/report.ts";
import type { Given } from "../program/command.ts";
import type { Built } from "../project/build.ts";
import type { Project } from "../project/open.ts";
import { ingressNamed, workflowNamed } from "../text/workflow-name.ts";
import { decodedSnapshot } from "./snapshot-view.ts";

/** What is to be executed, with what, and what is said to whoever came in by a door. */
export interface Entry {
  readonly workflow: string;
  readonly input: Json;
  readonly replies?: Replies;
}

/** By name, or by a door: one of them. */
export function isEntered(given: Given): Result<undefined, Refused> {
  const [workflow, ingress] = [given.text("wf"), given.text("ti")];
  if ((workflow === undefined) !== (ingress === undefined)) return ok(undefined);
  if (workflow !== undefined) {
    const message = "--wf and --ti both say what to execute";
    return err({ exit: 2, code: "USAGE_CONFLICT", message, hint: "give one of them" });
  }
  const hint = "name a workflow with --wf, or a door with --ti";
  return err({ exit: 2, code: "USAGE_MISSING_OPTION", message: "nothing says what to execute", hint });
}

/** Into what was compiled. Whoever a door does not let in is told so, and nothing begins. */
export function entryTo(
  given: Given,
  input: Json,
  { built, project }: { readonly built: Built; readonly project: Project },
): Result<Entry | Report, Refused> {
  const named = given.text("ti");
  if (named === undefined) {
    const workflow = workflowNamed(given.text("wf") ?? "", built.workflows);
    return workflow.ok ? ok({ workflow: workflow.value, input }) : workflow;
  }
  const snapshot = decodedSnapshot(Buffer.from(built.text), project.trust);
  if (!snapshot.ok) return snapshot;
  const { routes = {} } = snapshot.value;
  const ingress = ingressNamed(named, Object.keys(routes));
  if (!ingress.ok) return ingress;
  const route = routes[ingress.value];
  if (route === undefined) throw new Error(`impossible: ${ingress.value} was named and is not there`);
  const { admits, replies, workflow } = route;
  const { nack, payload } = admit(admits, input);
  return ok(nack.length === 0 ? { workflow, input: payload, replies } : refusedReport(refusedAt(nack)));
}

const refusedReport = (said: Said): Report => ({
  exit: 1,
  document: replyDocument(null, said),
  text: replyText(said),
});

/** What a door says, for programs and for people. */
export const replyDocument = (execution: string | null, { body, status }: Said): Json =>
  documentOf("omnibase-reply/1", { execution, status, body });

export const replyText = ({ body, status }: Said): string =>
  `${"reply".padEnd(10)} ${String(status)} ${printable(JSON.stringify(body), 2_000)}`;
