#!/usr/bin/env node
// Plain enough for an old Node to parse, so that it is told what it lacks instead of a syntax error.
import { existsSync } from "node:fs";
import { hostEnvironment, hostFlags } from "./host-flags.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
const bundle = new URL("../dist/omnibase.js", import.meta.url);

if (major < 20 || (major === 20 && minor < 20)) {
  process.stderr.write("omnibase needs Node >= 20.20; this is " + process.versions.node + "\n");
  process.exitCode = 2;
} else if (existsSync(bundle)) {
  // Where a process can become another, the commands that host executions for long become one with the flags of a host.
  if (["serve", "resume"].includes(process.argv[2]) && process.execve && !process.execArgv.includes(hostFlags[0])) {
    const flags = hostFlags.concat(process.execArgv);
    const environment = Object.assign({}, hostEnvironment, process.env);
    process.execve(process.execPath, [process.execPath].concat(flags, process.argv.slice(1)), environment);
  }
  void import(bundle.href);
} else {
  process.stderr.write("omnibase is not built yet: npm run build\n");
  process.exitCode = 2;
}
