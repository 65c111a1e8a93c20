// The main job, from nothing: compiles the first example and runs its workflow twice. What it prints on stdout is what
// happened and how to look into it; whatever it does on the way goes to stderr.
import "./node-floor.mjs";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./run.mjs";
import { setup } from "./setup.mjs";

const workspace = "examples/01-greet";
const workflow = "demo::WF_GREET_V0";
/** Of its own, so that what the README says of the example's data holds before and after. */
const dataRoot = ".omnibase-demo";
const receipts = `${dataRoot}/proof`;
const where = `--workspace ${workspace} --data-root ${dataRoot}`;

setup();
say(`compiling ${workspace}`);
const { snapshot } = omnibase(["compile"]);
say(`snapshot ${snapshot}`);

const name = nextGuest();
say(`greeting ${name}, for the first time and again`);
const [first, second] = [greet(name), greet(name)];
say("signing the receipt of the first");
const { files } = omnibase(["receipt", first.execution, "--out", receipts]);

process.stdout.write(
  `${[...told("the first time", first), "", ...told("again", second), "", ...written(), "", ...next()].join("\n")}\n`,
);

function told(when, { execution, exit_node: exit, outcome, outputs, route, status }) {
  return [
    `${name} ${when}: ${outcome} (${status})`,
    `  path       ${route.map((step) => `${step.node} (${step.outcome})`).join(" → ")}`,
    `  exit       ${exit}, with ${JSON.stringify(outputs)}`,
    `  execution  ${execution}`,
  ];
}

function written() {
  return [
    "Files",
    `  ${dataRoot}/registry/greeted.jsonl`,
    ...files.map((file) => `  ${receipts}/${file.split("/").at(-1)}`),
  ];
}

function next() {
  const id = first.execution;
  return [
    "Examine",
    `  npx omnibase show ${id} ${where}`,
    `  npx omnibase examine ${id} ${where}`,
    `  npx omnibase trace ${id} --format all ${where}`,
    `  npx omnibase history ${where}`,
    "Verify",
    `  npx omnibase verify ${receipts}/receipt.json --log ${receipts}/log.jsonl --key ${receipts}/key.pub.pem`,
    "Replay",
    `  npx omnibase replay ${id} ${where}`,
  ];
}

/** Somebody new each time, so that the first greeting is one, however often this is called. */
function nextGuest() {
  const names = ["Ada", "Grace", "Barbara", "Frances", "Hedy", "Katherine", "Radia", "Sophie"];
  const file = join(root, dataRoot, "registry/greeted.jsonl");
  const known = existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0;
  return names[known] ?? `Guest ${known + 1}`;
}

function greet(guest) {
  return omnibase(["run", "--wf", workflow, "--payload", "-"], JSON.stringify({ name: guest }));
}

/** Calls the command as anybody would, and ends with it where it fails. */
function omnibase(args, input = "") {
  const command = ["apps/cli/bin/omnibase.mjs", ...args, ...where.split(" "), "--json"];
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd: root,
    input,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (status === 0) return JSON.parse(stdout);
  say(`omnibase ${args.join(" ")} ended with ${status}:\n${stdout}`);
  process.exit(status ?? 1);
}
