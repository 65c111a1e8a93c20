import { isStructural, printable, type Examined, type Finding } from "@omnibase/core";

/** What a person reads, in the form of the published examiner. */
export interface Shown {
  readonly examined: Examined;
  /** `contracts/WF_GREET_V0.yaml:12:5`, or as much of it as is known. */
  readonly artifact: string;
}

const heavy = "=".repeat(60);
const light = "-".repeat(60);
const by = "[trace-examiner]";

export function examinationText({ artifact, examined }: Shown): string {
  const { cause, verdict } = examined;
  const lines = [
    ...(cause === null || verdict === "clean" ? [] : bannerOf(examined, cause, artifact)),
    ...(verdict === "clean" || verdict === "waiting" ? [quietLine(examined)] : []),
    ...outcomeLines(examined),
    ...listed(
      "WAITS FOR",
      examined.waits.map(({ due_at, for: what, node }) => `${node}: ${what}${dueText(due_at)}`),
    ),
    ...listed(
      "RESOLVED BY A PERSON",
      examined.resolved.map(({ by: who, node, resolution }) => `${node}: ${resolution}, by ${who}`),
    ),
    ...listed(
      "UNDONE",
      examined.undone.map(({ code, node, outcome }) => `${node}: ${code} ${outcome}`),
    ),
    ...listed("ASKED FOR", childLines(examined)),
  ];
  return lines.map((line) => printable(line, lineCharsMax)).join("\n");
}

const lineCharsMax = 2_000;

function bannerOf(
  { execution }: Examined,
  { execution: where, finding, workflow }: NonNullable<Examined["cause"]>,
  artifact: string,
): readonly string[] {
  const structural = isStructural(finding);
  const rule = structural ? heavy : light;
  const facts: readonly (readonly [string, string])[] = [
    ["Trace ID", where === execution ? execution : `${execution}, and in it ${where}`],
    ["Workflow", workflow],
    [structural ? "Failing Node" : "Node", finding.node],
    ...(structural ? [["Failure Class", finding.class] as const] : []),
    ["Reason", finding.reason],
    ["Artifact", artifact],
    ["Fix", fixOf(finding, artifact)],
  ];
  return [
    rule,
    `${by} ${structural ? "STRUCTURAL FAILURE DETECTED" : "BUSINESS VIOLATION (not escalated)"}`,
    rule,
    ...facts.flatMap(([name, value]) => (value === "" ? [] : [`${`${name}:`.padEnd(15)} ${value}`])),
    rule,
  ];
}

const fixOf = ({ hint }: Finding, artifact: string): string => (artifact === "" ? hint : `${hint} — see ${artifact}`);

const quietLine = ({ execution, verdict, workflow }: Examined): string =>
  `${by} ${workflow} — ${execution} — ${verdict === "clean" ? "no structural failures" : "under way"}`;

const outcomeLines = ({ outcomes }: Examined): readonly string[] =>
  listed(
    "SIDE-EFFECT OUTCOMES",
    outcomes.map(({ code, outcome }) => `[${outcome === "SUCCESS" ? "OK" : "FAILED"}] ${code}: ${outcome}`),
  );

const childLines = ({ examined }: Examined): readonly string[] =>
  examined.map(({ execution, verdict, workflow }) => `${workflow} ${execution}: ${verdict}`);

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [light, `${by} ${title}`, light, ...lines.map((line) => `  ${line}`), light];

const dueText = (due: string | null): string => (due === null ? "" : `, until ${due}`);
