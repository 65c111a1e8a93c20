import type { Binding } from "../graph/binding.ts";
import { canonical } from "../value/canonical.ts";

type Source = Extract<Binding, { readonly path: readonly string[] }>;

/** As an author would write it, names replaced by what they stand for. `?` is behind what may not be null. */
export function bindingText(binding: Binding): string {
  switch (binding.kind) {
    case "literal":
      return canonical(binding.value);
    case "payload":
    case "received":
    case "result":
    case "round":
      return `${sourceText(binding)}${binding.some === true ? "?" : ""}`;
    case "timestamp":
      return "{{timestamp}}";
    case "object": {
      const fields = Object.entries(binding.fields).map(([name, value]) => `${canonical(name)}:${bindingText(value)}`);
      return `{${fields.join(",")}}`;
    }
    case "list":
      return `[${binding.items.map(bindingText).join(",")}]`;
  }
}

const sourceText = (source: Source): string => ["$", ...rootOf(source), ...source.path].join(".");

function rootOf(source: Source): readonly string[] {
  if (source.kind === "result") return ["results", source.of];
  return source.kind === "round" ? ["rounds", source.of] : [source.kind];
}

/** Everything that a binding reads, however deep. */
export function sourcesOf(binding: Binding | undefined): readonly string[] {
  switch (binding?.kind) {
    case "object":
      return Object.values(binding.fields).flatMap(sourcesOf);
    case "list":
      return binding.items.flatMap(sourcesOf);
    case "payload":
    case "received":
    case "result":
    case "round":
      return [sourceText(binding)];
    case "literal":
    case "timestamp":
    case undefined:
      return [];
  }
}
