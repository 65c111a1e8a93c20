import * as nodeModule from "node:module";

/** The file is no TypeScript that only needs its types taken out. */
export class NotErasable extends Error {
  override readonly name = "NotErasable";
}

/** Takes the types out. Nothing else is changed, so what is executed is what was written. */
export async function stripTypes(source: string): Promise<string> {
  const stripOfNode: unknown = Reflect.get(nodeModule, "stripTypeScriptTypes");
  return typeof stripOfNode === "function" ? byNode(source, stripOfNode) : byOxc(source);
}

function byNode(source: string, strip: Function): string {
  try {
    return String(strip(source, { mode: "strip" }));
  } catch (error) {
    throw new NotErasable(error instanceof Error ? error.message : String(error));
  }
}

/** Loaded where the platform cannot do it itself. */
async function byOxc(source: string): Promise<string> {
  const { transformSync } = await import("oxc-transform");
  const { code, errors } = transformSync("transform.ts", source, { sourceType: "module" });
  const [first] = errors;
  if (first !== undefined) throw new NotErasable(first.message);
  return code;
}
