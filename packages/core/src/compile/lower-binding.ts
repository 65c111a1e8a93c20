import type { Expression, Expressions, PathExpression } from "../artifact/expression.ts";
import type { Binding, Bindings } from "../graph/binding.ts";
import type { Json } from "../value/json.ts";
import { isObject } from "../value/json.ts";
import { ownValue, present } from "../value/present.ts";

/** What a path stands for where it is read. `undefined`: never a value. */
export type Substitute = (path: PathExpression) => Binding | undefined;

/** An expression with every name replaced by what it stands for. Members that never have a value are left out. */
export function lowerBinding(expression: Expression, substitute: Substitute): Binding | undefined {
  switch (expression.kind) {
    case "literal":
      return { kind: "literal", value: expression.value };
    case "timestamp":
      return { kind: "timestamp" };
    case "path":
      return substitute(expression);
    case "object": {
      const fields = expression.fields.flatMap(({ key, value }): readonly (readonly [string, Binding])[] => {
        const binding = lowerBinding(value, substitute);
        return binding === undefined ? [] : [[key, binding]];
      });
      return { kind: "object", fields: Object.fromEntries(fields) };
    }
    case "list": {
      const items = expression.items.map((item) => lowerBinding(item, substitute)).filter((item) => item !== undefined);
      return { kind: "list", items };
    }
  }
}

/** Where every path stands for something. */
export const lowerOne = (name: string, expression: Expression, substitute: Substitute): Bindings => ({
  [name]: present(lowerBinding(expression, substitute)),
});

/** Every entry of a table that has a value at all. */
export function lowerAll({ entries }: Expressions, substitute: Substitute): Bindings {
  const lowered = [...entries.values()].flatMap(({ key, value }): readonly (readonly [string, Binding])[] => {
    const binding = lowerBinding(value, substitute);
    return binding === undefined ? [] : [[key, binding]];
  });
  return Object.fromEntries(lowered);
}

/** Goes on reading inside of what a name stands for. */
export function bindingAt(start: Binding | undefined, path: readonly string[]): Binding | undefined {
  let binding = start;
  for (const [index, name] of path.entries()) {
    if (binding?.kind === "object") binding = ownValue(binding.fields, name);
    else return binding && valueBelow(binding, path.slice(index));
  }
  return binding;
}

function valueBelow(
  binding: Exclude<Binding, { readonly kind: "object" }>,
  path: readonly string[],
): Binding | undefined {
  switch (binding.kind) {
    case "payload":
    case "received":
    case "result":
    case "round":
      return { ...binding, path: [...binding.path, ...path] };
    case "literal": {
      const value = path.reduce<Json | undefined>(
        (at, name) => (isObject(at) ? ownValue(at, name) : undefined),
        binding.value,
      );
      return value === undefined ? undefined : { kind: "literal", value };
    }
    case "timestamp":
    case "list":
      return undefined;
  }
}

export interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/**
 * How large a binding is when it is written out.
 *
 * Bindings share parts, so a few steps that nest each other's outputs twice could grow beyond every bound.
 */
export function sizeOf(binding: Binding, known: Map<Binding, Size>): Size {
  const before = known.get(binding);
  if (before !== undefined) return before;
  const sizes = partsOf(binding).map((part) => sizeOf(part, known));
  const nodes = sizes.reduce((sum, size) => sum + size.nodes, 1);
  const depth = sizes.reduce((most, size) => Math.max(most, size.depth), 0) + 1;
  known.set(binding, { nodes, depth });
  return { nodes, depth };
}

function partsOf(binding: Binding): readonly Binding[] {
  if (binding.kind === "object") return Object.values(binding.fields);
  return binding.kind === "list" ? binding.items : [];
}
