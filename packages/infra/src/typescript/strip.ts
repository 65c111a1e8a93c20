import * as nodeModule from "node:module";
import { tracingOf, type Tracing } from "./source-map.ts";

/** The file is no TypeScript that only needs its types taken out. */
export class NotErasable extends Error {
  override readonly name = "NotErasable";
}

/** Code without its types, and the way back. */
export interface Stripped {
  readonly code: string;
  readonly trace: Tracing;
}

/** TypeScript that is more than types, and would be another program where it is only stripped. */
const NOT_ERASABLE = /^[\t ]*(?:export\s+)?(?:declare\s+)?(?:const\s+)?(?:enum|namespace|module)\s+[\w$]+\s*\{/m;

/** Takes the types out. Nothing else is changed, so what is executed is what was written. */
export async function stripped(source: string): Promise<Stripped> {
  if (NOT_ERASABLE.test(source)) throw new NotErasable("it has code that is not erased with the types");
  const stripOfNode: unknown = Reflect.get(nodeModule, "stripTypeScriptTypes");
  return typeof stripOfNode === "function" ? byNode(source, stripOfNode) : byOxc(source);
}

/** Blanks stand where the types stood, so everything stays in its place. */
function byNode(source: string, strip: Function): Stripped {
  try {
    return { code: String(strip(source, { mode: "strip" })), trace: (at) => at };
  } catch (error) {
    throw new NotErasable(error instanceof Error ? error.message : String(error));
  }
}

/** Loaded where the platform cannot do it itself. */
async function byOxc(source: string): Promise<Stripped> {
  const { transformSync } = await import("oxc-transform");
  const { code, errors, map } = transformSync("transform.ts", source, { sourceType: "module", sourcemap: true });
  const [first] = errors;
  if (first !== undefined) throw new NotErasable(first.message);
  return { code, trace: (at) => tracingOf(map?.mappings ?? "")(at) };
}
