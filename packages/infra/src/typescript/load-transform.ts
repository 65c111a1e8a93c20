import { canonical } from "@omnibase/core";
import type { Json, PureTransform } from "@omnibase/core";
import { sha256 } from "../shared/sha256.ts";
import { javascriptOf } from "./read-transform.ts";

/** What is executed of a file, if its digest still is the sealed one. `undefined`: it is another file. */
export async function sealedJavascript(source: string, digest: string): Promise<string | undefined> {
  if (`sha256:${sha256(source)}` !== digest) return undefined;
  const javascript = await javascriptOf(source);
  return javascript.ok ? javascript.value : undefined;
}

/**
 * Makes code executable in this process, without a bound on time or memory: only for code that is trusted. What goes in
 * and out is copied, so it cannot change what others hold.
 */
export async function loadTransform(javascript: string): Promise<PureTransform | undefined> {
  const encoded = Buffer.from(javascript).toString("base64");
  const loaded: unknown = await import(/* @vite-ignore */ `data:text/javascript;base64,${encoded}`);
  const execute: unknown = typeof loaded === "object" && loaded !== null ? Reflect.get(loaded, "execute") : undefined;
  if (typeof execute !== "function") return undefined;
  return (input) => {
    const answer: unknown = Reflect.apply(execute, undefined, [copied(input)]);
    if (typeof answer !== "object" || answer === null) throw new TypeError("a transform answers with an object");
    const outcome: unknown = Reflect.get(answer, "outcome");
    if (typeof outcome !== "string") throw new TypeError("a transform names its outcome");
    return { outcome, value: copied(Reflect.get(answer, "value") ?? {}) };
  };
}

/** Only what JSON can say exactly; anything else throws, and that is the outcome ERROR. */
function copied(value: Json): Json & { readonly [name: string]: Json } {
  return JSON.parse(canonical(value));
}
