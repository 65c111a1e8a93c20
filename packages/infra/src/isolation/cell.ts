/**
 * What the thread executes, as text: it is no module of ours, so no bundler and no test runner changes a word of it.
 *
 * Each transform has a context of its own, with what the language has and nothing of the platform: no process, no files,
 * no network, no timers; no clock and no chance; no code from texts. The file is evaluated anew for each call, so nothing
 * in it outlives one. Only copies go in and out.
 */
export const cell: string = String.raw`
"use strict";
const { workerData } = require("node:worker_threads");
const { isNativeError } = require("node:util").types;
const vm = require("node:vm");
const { port, signal } = workerData;

const ambient = [
  "Atomics", "Date", "FinalizationRegistry", "Intl", "Promise", "Proxy", "Reflect", "SharedArrayBuffer", "WeakRef",
  "WebAssembly", "console", "eval", "Function", "Iterator", "Temporal", "ShadowRealm",
];
const exact = new Set(
  "abs ceil clz32 E floor fround imul LN10 LN2 LOG10E LOG2E max min PI round sign sqrt SQRT1_2 SQRT2 trunc".split(" "),
);
const strip = "for (const name of " + JSON.stringify(ambient) + ") delete globalThis[name];" +
  "for (const name of Object.getOwnPropertyNames(Math)) if (!" + JSON.stringify([...exact]) + ".includes(name)) delete Math[name];";

// What was sent is read in there, too: an object from out here would lead to whatever made it.
const opened = "\n; return (text) => execute(JSON.parse(text)); })()";

const scripts = new Map();

function executeOf({ name, source }) {
  let script = scripts.get(name);
  if (script === undefined) {
    const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
    vm.runInContext(strip, context);
    script = { code: new vm.Script('(() => { "use strict";' + source + opened), context };
    scripts.set(name, script);
  }
  return script.code.runInContext(script.context);
}

function answerTo(question) {
  try {
    const answer = executeOf(question)(question.input);
    if (typeof answer !== "object" || answer === null) return { threw: "a transform answers with an object" };
    const { outcome, value } = answer;
    if (typeof outcome !== "string") return { threw: "a transform names its outcome" };
    return { outcome, value: value === undefined || value === null ? {} : value };
  } catch (error) {
    return { threw: isNativeError(error) ? String(error.message) : undefined };
  }
}

/** What cannot even be copied has no canonical form either. */
function strangeIn(value) {
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const key of Object.keys(value).sort()) {
    const strange = strangeIn(value[key]);
    if (strange !== undefined) return strange;
  }
  return undefined;
}

function say(answer) {
  try {
    port.postMessage(answer);
  } catch {
    port.postMessage({ threw: "impossible: " + strangeIn(answer.value) + " has no canonical form" });
  }
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

port.on("message", (question) => say(answerTo(question)));
say("ready");
`;
