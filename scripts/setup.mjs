import "./node-floor.mjs";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run, runNode, say } from "./run.mjs";

const installStamp = "node_modules/.omnibase-setup";
const bundleStamp = "apps/cli/dist/.omnibase-bundle";

/** Makes a fresh clone ready to run: installs and bundles, each only if something changed since the last time. */
export function setup() {
  const steps = [
    [installStamp, installDigest, isInstalled, install],
    [bundleStamp, sourceDigest, () => false, bundle],
  ];
  for (const [stamp, digestOf, isDone, work] of steps) {
    const current = digestOf();
    if (readOrEmpty(stamp) === current) continue;
    const status = isDone() ? 0 : work();
    if (status !== 0) process.exit(status);
    mkdirSync(join(root, dirname(stamp)), { recursive: true });
    writeFileSync(join(root, stamp), current);
  }
}

function install() {
  say("setup: installing what package-lock.json names (once)");
  // What npm prints is progress, so its stdout becomes our stderr.
  const status = run("npm", ["ci", "--no-audit", "--no-fund"], ["ignore", 2, 2]);
  if (status !== 0) say("setup: npm ci failed; the lines above say why");
  return status;
}

function bundle() {
  say("setup: bundling the command line");
  return runNode(["scripts/bundle.mjs"]);
}

const installDigest = () =>
  digest([readFileSync(join(root, "package-lock.json"), "utf8"), process.version, process.platform, process.arch]);

/** npm notes what it installed. If that is what the lockfile wants, someone has run `npm ci` by hand. */
function isInstalled() {
  const noted = readOrEmpty("node_modules/.package-lock.json");
  if (noted === "") return false;
  const present = JSON.parse(noted).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { integrity, optional }]) =>
      integrity === undefined || present[path]?.integrity === integrity || (optional && !(path in present)),
  );
}

/** Sizes and times instead of contents: a hundred times cheaper, and a touched file costs only one bundle. */
function sourceDigest() {
  const files = ["packages", "apps"]
    .flatMap((area) => readdirSync(join(root, area)).map((name) => join(area, name)))
    .flatMap((folder) => [join(folder, "package.json")].concat(filesIn(join(folder, "src"))))
    .filter((path) => !path.includes(".test."))
    .concat(filesIn("contracts"), "scripts/bundle.mjs", "scripts/library.mjs", "package-lock.json");
  return digest(files.map(describe).toSorted(byText));
}

const byText = (left, right) => (left < right ? -1 : 1);

const filesIn = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path))
    : [];

function describe(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  return stat?.isFile() ? `${path} ${stat.size} ${stat.mtimeMs}` : path;
}

function digest(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function readOrEmpty(path) {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) setup();
