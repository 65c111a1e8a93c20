import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const command = join(root, "apps/cli/bin/omnibase.mjs");

/** A file system of our own, as small as we like, in a namespace of our own: it needs no rights and leaves nothing. */
const isolated = (script: string) =>
  spawnSync("unshare", ["-Urm", "bash", "-euo", "pipefail", "-c", script], { encoding: "utf8", timeout: 100_000 });
const mayMount = isolated("mount -t tmpfs tmpfs /mnt").status === 0;
if (!mayMount) console.warn("skipped: this machine does not let a user mount a file system of their own");

it.skipIf(!mayMount)(
  "says STORE_FULL when the disk is full, loses nothing, and goes on when there is room",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "omnibase-full-"));
    const project = join(root, "examples/01-greet");
    writeFileSync(join(folder, "omnibase"), `#!/bin/sh\nexec ${process.execPath} ${command} "$@"\n`, { mode: 0o755 });
    const { status, stdout, stderr } = isolated(`
    export PATH=${folder}:$PATH
    data=/mnt
    mount -t tmpfs -o size=4m tmpfs $data
    cp -r ${project} ${folder}/project
    cd ${folder}/project
    run() { echo "{\\"name\\":\\"$1\\"}" | omnibase run --wf demo::WF_GREET_V0 --data-root $data --payload - --id "$1" --json; }
    acknowledged=0
    for guest in $(seq 1 20); do
      if run "guest-$guest" > said.json; then acknowledged=$((acknowledged + 1)); else break; fi
      # Somebody else takes what room is left.
      if [ "$guest" = 3 ]; then dd if=/dev/zero of=$data/others bs=4k 2>dd.err || true; fi
    done
    echo "acknowledged $acknowledged"
    cat said.json
    mount -o remount,size=8m $data
    run "guest-$guest" > said.json
    echo "ended $(omnibase history --data-root $data --limit 1000 --status ended | grep -c ended)"
    echo "lines $(wc -l < $data/registry/greeted.jsonl)"
  `);
    rmSync(folder, { recursive: true, force: true });
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(0);
    const acknowledged = Number(/acknowledged (\d+)/.exec(stdout)?.[1]);
    expect(acknowledged).toBeGreaterThan(2);
    expect(stdout).toContain('"code":"STORE_FULL"');
    expect(stdout).toContain(`ended ${String(acknowledged + 1)}`);
    expect(stdout).toContain(`lines ${String(acknowledged + 1)}`);
  },
  120_000,
);
