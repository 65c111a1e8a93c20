import { createRequire } from "node:module";
import { openIsolation } from "@omnibase/infra/isolation";
import { TransformFault } from "@omnibase/core";
import { version as ours } from "../program/version.ts";
import { broken, doubtful, fine, type Finding } from "./finding.ts";

const floor = [20, 20] as const;

export function nodeFinding(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < floor[0] || (major === floor[0] && minor < floor[1]);
  if (isOld) return broken("node", `Node ${version}`, `install Node ${floor.join(".")} or newer`);
  return fine("node", `omnibase ${ours} on Node ${version}, ${process.platform} ${process.arch}`);
}

interface Optional {
  readonly name: string;
  /** What there is not without it. */
  readonly lacks: string;
  /** Whether this Node does the same by itself. */
  readonly isSpare?: () => boolean;
}

const optional: readonly Optional[] = [
  {
    name: "@photostructure/sqlite",
    lacks: "no store can be opened",
    isSpare: () => process.getBuiltinModule("node:sqlite") !== undefined,
  },
  {
    name: "oxc-transform",
    lacks: "no transform in TypeScript can be read",
    isSpare: () => "stripTypeScriptTypes" in process.getBuiltinModule("node:module"),
  },
  { name: "nodemailer", lacks: "no mail can be sent" },
  { name: "undici", lacks: "HTTP is spoken by the client that Node has" },
  { name: "@resvg/resvg-js", lacks: "no picture can be written as PNG; SVG can" },
];

/** Libraries that are installed where the platform allows, and what is missing without each. */
export function libraryFindings(isHere: (name: string) => boolean = isInstalled): readonly Finding[] {
  return optional.map(({ isSpare, lacks, name }) => {
    if (isHere(name)) return fine("library", name);
    if (isSpare?.() === true) return fine("library", `${name} is not here, and this Node needs none`);
    const hint = `npm install ${name}`;
    return isSpare === undefined
      ? doubtful("library", `${name} is not here: ${lacks}`, hint)
      : broken("library", `${name} is not here: ${lacks}`, hint);
  });
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    // One that can only be imported is here all the same.
    return error instanceof Error && "code" in error && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}

/** Named as texts, so that nothing here is what it asks for. */
const platformNames = ["process", "require", "fetch", "setTimeout", "Date", "WebAssembly", "Function"];
const reaching = `const execute = () => ({ outcome: "SUCCESS", value: { here: [${platformNames
  .map((name) => `typeof ${name} === "undefined" ? "" : "${name}"`)
  .join(", ")}].filter((name) => name !== "") } });`;
const endless = "const execute = () => { for (;;); };";
/** An endless loop is one after a tenth of a second, too. */
const probeMs = 100;

/** Whether what is said of isolation is so on this host: tried, not looked up. */
export async function isolationFinding(isTrusted: boolean): Promise<Finding> {
  if (isTrusted) {
    const says = "omnibase.yaml trusts the code of the project: it is executed in this process, without bounds";
    return doubtful("isolation", says, "leave `trusted: true` out, unless you review it like your own");
  }
  const isolation = openIsolation({ timeMsMax: probeMs, memoryMiBMax: 64 });
  try {
    const { value } = isolation.code("doctor-reaching", reaching)({});
    const here = JSON.stringify(value);
    if (here !== '{"here":[]}') return broken("isolation", `code of others reaches ${here}`, "do not execute it here");
    return isEnded(isolation.code("doctor-endless", endless))
      ? fine("isolation", "code of others runs in a thread without the platform, and is ended when it takes too long")
      : broken("isolation", "an endless loop is not ended", "do not execute code of others here");
  } catch (error) {
    if (!(error instanceof TransformFault)) throw error;
    return doubtful("isolation", `the probe was ended: ${error.message}`, "try again when the machine is less busy");
  } finally {
    await isolation.close();
  }
}

function isEnded(loop: (input: Readonly<Record<string, never>>) => unknown): boolean {
  try {
    loop({});
    return false;
  } catch (error) {
    return error instanceof TransformFault;
  }
}
