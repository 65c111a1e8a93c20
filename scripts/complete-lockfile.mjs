// After `npm install` of something new: names the platform binaries that the registry at hand does not hold.
//
// npm leaves such optional packages out of the lockfile, and then `npm ci` refuses the lockfile for lacking them. Named
// with their platform they are passed over where they do not fit, and fetched (without a checksum) where they do.
import "./node-floor.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./run.mjs";

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "arm", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el"];

const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = Object.values(lock.packages)
  .flatMap(({ dev, optionalDependencies = {} }) =>
    Object.entries(optionalDependencies).map(([name, version]) => ({ name, version, dev })),
  )
  .filter(({ name }) => !(`node_modules/${name}` in lock.packages));

for (const { name, version, dev } of missing) {
  lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([left], [right]) => left.localeCompare(right, "en")),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
say(`${missing.length} platform packages added to package-lock.json`);

/** From the name, as in `@scope/binding-linux-arm-gnueabihf`; a name that says no platform is for a person to look at. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined) throw new Error(`${name} is not in the registry and names no platform`);
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return { cpu: [cpu], ...(libc ? { libc: [libc] } : {}), os: [os] };
}
