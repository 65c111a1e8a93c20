import { canonical } from "@omnibase/core";
import type { Json, PureTransform } from "@omnibase/core";
import { sha256 } from "../shared/sha256.ts";
import { javascriptOf } from "./read-transform.ts";

/**
 * Makes a file executable, if its digest still is the sealed one. `undefined`: it is another file.
 *
 * It is executed in this process, without a bound on time or memory. What goes in and out is copied, so it cannot change
 * what others hold.
 */
export async function loadTransform(source: string, digest: string): Promise<PureTransform | undefined> {
  if (`sha256:${sha256(source)}` !== digest) return undefined;
  const javascript = await javascriptOf(source);
  if (!javascript.ok) return undefined;
  const encoded = Buffer.from(javascript.value).toString("base64");
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
