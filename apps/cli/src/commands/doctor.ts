import { ok, printable } from "@omnibase/core";
import { systemClock } from "@omnibase/infra/clock";
import { dataFindings } from "../doctor/data.ts";
import type { Finding } from "../doctor/finding.ts";
import { isolationFinding, libraryFindings, nodeFinding } from "../doctor/platform.ts";
import { projectFindings, refusedFinding, secretFindings } from "../doctor/project.ts";
import { counted } from "../edge/counted.ts";
import { documentOf } from "../edge/report.ts";
import type { Command } from "../program/command.ts";
import { openPlace } from "../project/open.ts";
import { paintFor, type Paint } from "../text/frame.ts";

/** Tries what everything rests on, and says what to do about what does not hold. It mends nothing. */
export const command: Command = async (given, context) => {
  const findings: Finding[] = [nodeFinding(), ...libraryFindings()];
  const place = await openPlace(given, context);
  if (place.ok) {
    const { config } = place.value;
    findings.push(await isolationFinding(config.trustsImplementations === true));
    findings.push(...(await projectFindings(place.value)));
    findings.push(...(await secretFindings(place.value, context.io)));
    const told = context.progress.working("reading the whole store");
    findings.push(...(await dataFindings(place.value, systemClock().nowMs())));
    told.done();
  } else findings.push(await isolationFinding(false), refusedFinding(place.error));
  const failed = findings.filter(({ state }) => state === "fail").length;
  const warned = findings.filter(({ state }) => state === "warn").length;
  const paint = paintFor(context.io.outColor);
  const summary = `${counted(findings.length, "check")}: ${String(failed)} failed, ${String(warned)} to look at`;
  const text = [...findings.flatMap((finding) => linesOf(finding, paint)), "", summary].join("\n");
  const document = documentOf("omnibase-doctor/1", { healthy: failed === 0, checks: findings });
  return ok({ exit: failed === 0 ? 0 : 1, document, text });
};

function linesOf({ check, hint, says, state }: Finding, paint: Paint): readonly string[] {
  const tint = { ok: paint.dim, warn: paint.warn, fail: paint.bad }[state];
  const line = `${tint(state.padEnd(5))} ${check.padEnd(10)} ${printable(says, 1_000)}`;
  return hint === undefined ? [line] : [line, `                 ${paint.dim("hint:")} ${printable(hint, 1_000)}`];
}
