import type { Json } from "../value/json.ts";
import { keyRefusal } from "../value/key-rule.ts";
import { limits } from "../value/limits.ts";
import { present } from "../value/present.ts";
import { inside, refuse, saying, type Entry, type Here, type Reader, type Table } from "./reader.ts";
import type { Spot } from "./spot.ts";

/** What an author binds to a name: a value, a path to one, the time, or a composition of these. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Json; readonly spot: Spot }
  | PathExpression
  | { readonly kind: "timestamp"; readonly spot: Spot }
  | { readonly kind: "object"; readonly fields: readonly Entry<Expression>[]; readonly spot: Spot }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly spot: Spot };

/** `$.results.CC_KEEP.id` is the root `results` and the path `CC_KEEP`, `id`. */
export interface PathExpression {
  readonly kind: "path";
  readonly root: string;
  readonly path: readonly string[];
  readonly spot: Spot;
}

export type Expressions = Table<Expression>;

/** Any JSON: what is a path or a template in it only its texts say. */
export const expression: Reader<Expression> = saying(() => ({}), read);

function read(here: Here): Expression | undefined {
  const { located, spot } = here;
  switch (located.kind) {
    case "scalar":
      return typeof located.value === "string"
        ? fromText(located.value, here)
        : { kind: "literal", value: located.value, spot };
    case "list": {
      const items = located.items.map((item, index) => read(inside(here, index, item)));
      const sound = items.filter((item) => item !== undefined);
      return sound.length === items.length ? { kind: "list", items: sound, spot } : undefined;
    }
    case "map": {
      const fields = located.entries.flatMap(({ key, keyAt, value }) => {
        const place = inside(here, key, value);
        const found = read(place);
        return found === undefined ? [] : [{ key, spot: { at: keyAt, path: place.spot.path }, value: found }];
      });
      return fields.length === located.entries.length ? { kind: "object", fields, spot } : undefined;
    }
  }
}

function fromText(given: string, here: Here): Expression | undefined {
  const { spot } = here;
  if (given === "{{timestamp}}") return { kind: "timestamp", spot };
  if (/^\{\{\s*secrets?\b.*\}\}$/s.test(given))
    return refuse(here, "CAPABILITY_DENIED", `${given}: ${noSecret}`, secretHint);
  if (/^\{\{.*\}\}$/s.test(given)) return refuse(here, "TEMPLATE_UNKNOWN", `nothing fills in ${given}`);
  return /^\$[.[]/.test(given) ? fromPath(given, here) : { kind: "literal", value: given, spot };
}

const noSecret = "no binding holds a secret";
const secretHint = "name it as secret://NAME in a header of an endpoint, and grant it in omnibase.yaml";

/** Long enough for any name that may be declared, and short enough to be looked at once a place. */
const pathCharsMax = 4_096;

/** Names joined by dots, and nothing that other path languages have: it would be believed and never executed. */
function fromPath(given: string, here: Here): Expression | undefined {
  if (given.length > pathCharsMax) {
    return refuse(here, "EXPR_TOO_LARGE", `a path is at most ${String(pathCharsMax)} characters`);
  }
  const parts = given.slice(2).split(".");
  if (parts.length > limits.depthMax) {
    return refuse(here, "EXPR_TOO_DEEP", `a path has at most ${String(limits.depthMax)} names`);
  }
  const reserved = parts.find((part) => keyRefusal(part)?.code === "KEY_RESERVED");
  if (reserved !== undefined) return refuse(here, "EXPR_KEY_RESERVED", `nothing has the name ${reserved}`);
  // What the published engine read was names and dots, whatever else stood in them.
  if (!here.published && /[[\]()*?@'"]/.test(given)) {
    return refuse(here, "EXPR_UNSUPPORTED", `${given} is more than names joined by dots`);
  }
  if (parts.includes("")) return refuse(here, "PATH_INVALID", `${given} has an empty part`);
  return { kind: "path", root: present(parts[0]), path: parts.slice(1), spot: here.spot };
}

/** Every path in an expression, however deep. */
export function pathsOf(given: Expression): readonly PathExpression[] {
  switch (given.kind) {
    case "path":
      return [given];
    case "object":
      return given.fields.flatMap(({ value }) => pathsOf(value));
    case "list":
      return given.items.flatMap(pathsOf);
    case "literal":
    case "timestamp":
      return [];
  }
}
