import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A copy of the example project, with one workflow more that takes any value. */
export interface Home {
  readonly path: string;
  /** What lies in the data root, by path. */
  data(): ReadonlyMap<string, string>;
  remove(): void;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const artifacts = fileURLToPath(new URL("artifacts/", import.meta.url));

export function openHome(files: Readonly<Record<string, string | Uint8Array>> = {}): Home {
  const base = mkdtempSync(join(tmpdir(), "omnibase-hostile-"));
  const path = join(base, "project");
  for (const declared of ["omnibase.yaml", "contracts"]) {
    cpSync(join(root, "examples/01-greet", declared), join(path, declared), { recursive: true });
  }
  cpSync(artifacts, join(path, "contracts"), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return {
    path,
    data: () => digestsIn(join(path, "data")),
    remove: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function digestsIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(
    files.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );
}

export const differences = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
