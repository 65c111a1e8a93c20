import type { Located, Position } from "@omnibase/core";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** A YAML text as a located document, for tests of whatever comes after the reader. The product's reader is in infra. */
export function locatedYaml(text: string, file: string): Located {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.map(String).join("; ")}`);

  const at = (node: { readonly range?: readonly number[] | null | undefined }): Position => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { file, line, column: col };
  };
  const read = (node: unknown): Located => {
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        if (!isScalar(key)) throw new Error(`${file}: a key is not a scalar`);
        return { key: String(key.value), keyAt: at(key), value: value === null ? nothing(at(key)) : read(value) };
      });
      return { kind: "map", entries, at: at(node) };
    }
    if (isSeq(node)) return { kind: "list", items: node.items.map(read), at: at(node) };
    if (isScalar(node)) return { kind: "scalar", value: scalarOf(node.value), at: at(node) };
    return nothing({ file, line: 1, column: 1 });
  };
  return read(document.contents);
}

const nothing = (at: Position): Located => ({ kind: "scalar", value: null, at });

function scalarOf(value: unknown): null | boolean | number | string {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  throw new Error("a scalar of a foreign type");
}
