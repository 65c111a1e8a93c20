import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { burst, open, paced, type Loaded } from "./parts/soak-load.ts";
import { slopeOf, type Sample } from "./parts/soak-memory.ts";
import { hostEnvironment, hostFlags, root } from "./parts/programs.ts";

/**
 * Serves for long, at four fifths of what it was measured to do, and looks at what it needs and what it lost.
 *
 * `npm run soak -- --minutes 3`. With `--plant leak` or `--plant loss` it must end with 1: a check that cannot is none.
 */
const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, plant: { type: "string" } },
});

const minutes = Number(values.minutes);
const share = 0.8;
const measureMs = Math.min(15_000, minutes * 10_000);

/** Of a process at work: what is left after the noise of collections, and so little that a short run cannot tell. */
const slopeMiBPerMinuteMax = 2;
const growthMiBNoise = 3;

interface Oracle {
  readonly acknowledged: number;
  readonly lost: number;
  readonly unended: number;
  readonly broken: number;
}

async function soak(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-soak-"));
  for (const name of ["omnibase.yaml", "contracts"]) {
    cpSync(join(root, "examples/01-greet", name), join(folder, name), { recursive: true });
  }
  const { child, url } = await served(folder);
  const door = open(url, join(folder, "ledger"));
  const samples: Sample[] = [];
  const sampling = setInterval(() => samples.push({ atMs: performance.now(), rssKiB: rssOf(child) }), 1_000);
  try {
    const measured = await burst(door, measureMs);
    const perSecond = measured.answered / (measureMs / 1_000);
    samples.length = 0;
    const load = await paced(door, { perSecond: perSecond * share, ms: minutes * 60_000 });
    clearInterval(sampling);
    return await judged(folder, { perSecond, load, samples, child });
  } finally {
    clearInterval(sampling);
    child.kill("SIGKILL");
    door.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Soaked {
  readonly perSecond: number;
  readonly load: Loaded;
  readonly samples: readonly Sample[];
  readonly child: ChildProcess;
}

async function judged(folder: string, { child, load, perSecond, samples }: Soaked): Promise<boolean> {
  const ledger = readFileSync(join(folder, "ledger"), "utf8").split("\n").length - 1;
  child.kill("SIGTERM");
  const [exit] = await once(child, "close");
  const oracle = oracleOf(folder);
  const memory = slopeOf(samples);
  const rows: readonly (readonly [string, string, boolean])[] = [
    ["throughput, starts that were waited for", `${perSecond.toFixed(0)}/s`, true],
    ["load", `${(load.answered / (load.ms / 1_000)).toFixed(0)}/s for ${(load.ms / 60_000).toFixed(1)} min`, true],
    ["answers that were none", `${String(load.failed)} of ${String(load.answered + load.failed)}`, load.failed === 0],
    ["told BUSY, asked again", `${String(load.busy)}, ${String(load.again)}`, true],
    ["p50, p99", `${load.p50Ms.toFixed(1)} ms, ${load.p99Ms.toFixed(1)} ms`, true],
    [
      "memory",
      `${memory.firstMiB.toFixed(0)} → ${memory.lastMiB.toFixed(0)} MiB, ${memory.perMinuteMiB.toFixed(2)} MiB/min`,
      memory.perMinuteMiB <= slopeMiBPerMinuteMax || memory.lastMiB - memory.firstMiB <= growthMiBNoise,
    ],
    ["acknowledged", `${String(oracle.acknowledged)} (ledger ${String(ledger)})`, oracle.acknowledged > 0],
    ["lost", String(oracle.lost), oracle.lost === 0],
    ["not ended", String(oracle.unended), oracle.unended === 0],
    ["logs that do not hold", String(oracle.broken), oracle.broken === 0],
    ["exit of the server", String(exit), exit === 0],
  ];
  for (const [name, figure, holds] of rows) {
    process.stdout.write(`${holds ? "      " : "WRONG "}${name.padEnd(42)} ${figure}\n`);
  }
  return rows.every(([, , holds]) => holds);
}

/** As it ships, where Node lets it choose its flags; where a leak is planted, with a module that keeps what nobody needs. */
async function served(folder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const planted = values.plant === "leak" ? ["--import", join(root, "bench/parts/soak-leak.mjs")] : [];
  const command = [
    ...hostFlags,
    ...planted,
    join(root, "apps/cli/bin/omnibase.mjs"),
    "serve",
    "--listen",
    "127.0.0.1:0",
  ];
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: { ...hostEnvironment, ...process.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      // Nobody reads on: it is a log, and long.
      if (said.length < 10_000) said += text;
      const address = /"msg":"listening","address":"(.*?)"/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on("close", (exit) => reject(new Error(`serve ended with ${String(exit)}: ${said}`)));
  });
  return { child, url };
}

function rssOf({ pid }: ChildProcess): number {
  const text = readFileSync(`/proc/${String(pid)}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]);
}

/** Who was never told by the server what it did: another process, with the ledger and the files. */
function oracleOf(folder: string): Oracle {
  const program = join(root, "bench/parts/soak-oracle.ts");
  const flags = ["--conditions=@omnibase/source", "--import", "tsx"];
  const plant = values.plant === "loss" ? ["--lose"] : [];
  const { status, stderr, stdout } = spawnSync(process.execPath, [...flags, program, folder, ...plant], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`the oracle ended with ${String(status)}: ${stderr}`);
  const oracle: Oracle = JSON.parse(stdout);
  return oracle;
}

process.exitCode = (await soak()) ? 0 : 1;
