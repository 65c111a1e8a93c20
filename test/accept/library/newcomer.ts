import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { ran, ranNode, root } from "../judge/programs.ts";
import { strangerOf } from "../judge/stranger.ts";
import type { Verdict } from "../judge/verdict.ts";
import { said, type Said } from "./greeted.ts";

const minutesMax = 15;

/**
 * As a new user would: from a clone to a service over HTTP of a workflow of one's own, with the trace and the picture of what
 * came of a question, and a receipt that a stranger's verifier accepts.
 */
export async function judgeNewcomer(): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "omnibase-newcomer-"));
  const began = performance.now();
  try {
    const clone = join(folder, "omnibase");
    const proof = join(folder, "proof");
    const started =
      ran("git", ["clone", "--quiet", root, clone]).status === 0 && ran("npm", ["start"], { cwd: clone }).status === 0;
    const served = started
      ? await serveOne({ command: join(clone, "apps/cli/bin/omnibase.mjs"), folder, proof })
      : none;
    const minutes = (performance.now() - began) / 60_000;
    const { controls, says } = strangerOf(proof, "When is it open?", "When is it shut?");
    const { picture, service, trace } = served;
    return {
      pass: [service, trace, picture].every((part) => part === "ok") && says !== "refuses" && minutes <= minutesMax,
      facts: { start: said(started), ...served, stranger: says, seconds: Math.round(minutes * 60) },
      controls,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Served {
  readonly service: Said;
  readonly trace: Said;
  readonly picture: Said;
}

const none: Served = { service: "failed", trace: "failed", picture: "failed" };

interface Newcomer {
  readonly command: string;
  readonly folder: string;
  readonly proof: string;
}

/** Begins with a template, makes it one's own, serves it, asks it, and keeps what proves the answer. */
async function serveOne({ command, folder, proof }: Newcomer): Promise<Served> {
  const home = join(folder, "questions");
  const called = (...args: readonly string[]): boolean => ranNode([command, ...args], { cwd: home }).status === 0;
  if (ranNode([command, "init", home, "--template", "service"], { cwd: folder }).status !== 0) return none;
  const door = spawn(process.execPath, [command, "serve", "--listen", "127.0.0.1:0"], {
    cwd: home,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(door, "exit");
  try {
    const address = await addressIn(createInterface(door.stderr));
    const answer = await fetch(`${address}/questions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: readFileSync(join(home, "payload.json"), "utf8"),
    });
    const execution = answer.headers.get("location")?.split("/").at(-1) ?? "";
    const proven = called("trace", execution, "--format", "all") && called("receipt", execution, "--out", proof);
    door.kill("SIGTERM");
    const [exit]: (number | null)[] = await ended;
    const parts = ["jsonl", "md", "svg", "png"].map((name) => join(home, "traces", execution, `${execution}.${name}`));
    const [jsonl = "", md = "", svg = "", png = ""] = parts.map((file) => (existsSync(file) ? bytesIn(file) : ""));
    return {
      service: said(answer.status === 201 && proven && exit === 0),
      trace: said(jsonl !== "" && ["KEEP", "EXIT_ASKED"].every((place) => md.includes(place))),
      picture: said(["<svg", "KEEP", "EXIT_ASKED"].every((part) => svg.includes(part)) && png.startsWith("\x89PNG")),
    };
  } finally {
    door.kill("SIGKILL");
  }
}

/** Each byte as one character. */
const bytesIn = (file: string): string => readFileSync(file, "latin1");

/** Where it listens, as the first line of its log says. */
async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const { address, msg }: { readonly address?: string; readonly msg?: string } = JSON.parse(line);
    if (msg === "listening" && address !== undefined) return address;
  }
  throw new Error("the service ended before it listened");
}
