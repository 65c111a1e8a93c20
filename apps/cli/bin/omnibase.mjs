#!/usr/bin/env node
// Plain enough for an old Node to parse, so that it is told what it lacks instead of a syntax error.
import { existsSync } from "node:fs";

const [major, minor] = process.versions.node.split(".").map(Number);
const bundle = new URL("../dist/omnibase.js", import.meta.url);

if (major < 20 || (major === 20 && minor < 20)) {
  process.stderr.write("omnibase needs Node >= 20.20; this is " + process.versions.node + "\n");
  process.exitCode = 2;
} else if (existsSync(bundle)) {
  void import(bundle.href);
} else {
  process.stderr.write("omnibase is not built yet: npm run build\n");
  process.exitCode = 2;
}
