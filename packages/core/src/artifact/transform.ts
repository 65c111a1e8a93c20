import type { Fields } from "../graph/field.ts";
import { code, envelope, type Named } from "./envelope.ts";
import { described, type Describe } from "./schema.ts";
import { fields, plainFields } from "./field.ts";
import { molecule, type MoleculeText } from "./molecule.ts";
import { ignored, list, mapped, name, narrowed, oneOf, optional, refuse, required, shape, text } from "./reader.ts";
import type { At, Here, Reader } from "./reader.ts";

/** A pure function, or chance that is given as if by one. Its outputs come with SUCCESS. */
export interface Transform extends Named {
  readonly kind: "transform";
  readonly inputs: Fields;
  readonly outputs: Fields;
  readonly outcomes: readonly At<string>[];
  /** The name of a built-in, or of a file that the project brings; of a molecule its own. */
  readonly implementation: At<string>;
  /** Present where no code answers, but the host: it draws, and what it drew is recorded. */
  readonly given?: true;
  /** Present where it is made of other transforms. */
  readonly molecule: MoleculeText | undefined;
}

interface Implementation {
  readonly named: At<string>;
  readonly given?: true;
}

/**
 * Code that comes with the house, or a TypeScript file of the project, named without its ending; or what the host gives,
 * because no code may have it.
 */
const implementationShape = shape({
  builtin: optional(text),
  typescript: optional(name),
  given: optional(oneOf(["entropy"])),
  handler: ignored("PURITY_VIOLATION", "a transform is pure code; a handler works in the world, for a side effect"),
});

const implementation: Reader<Implementation> = narrowed(
  mapped(implementationShape, ({ builtin, given, typescript }, here) => {
    const [named, ...others] = [builtin, typescript, given].filter((one) => one !== undefined);
    if (named !== undefined && others.length === 0) return given === undefined ? { named } : { named, given: true };
    return refuse(here, "ARTIFACT_SCHEMA", "a transform is built in, a TypeScript file, or given", "keep one of these");
  }),
  { oneOf: [{ required: ["builtin"] }, { required: ["typescript"] }, { required: ["given"] }] },
);

const document = narrowed(
  mapped(
    shape({
      ct_code: required(code),
      ...envelope,
      core: required(shape({ inputs: required(fields), outputs: required(fields), outcomes: optional(list(name)) })),
      implementation: optional(implementation),
      molecule: optional(molecule),
    }),
    (read, here) => {
      if ((read.implementation === undefined) !== (read.molecule === undefined)) return read;
      const message = "a transform has an implementation, or is a molecule of others";
      return refuse(here, "ARTIFACT_SCHEMA", message, "add implementation, or molecule");
    },
  ),
  { oneOf: [{ required: ["implementation"] }, { required: ["molecule"] }] },
);

export const transformSchema: Describe = (parts) => described(document, parts);

export function readTransform(here: Here, named: Named): Transform | undefined {
  const read = document(here);
  if (read === undefined) return undefined;
  const usual = ["SUCCESS", "VIOLATION"].map((value) => ({ value, spot: named.spot }));
  return {
    kind: "transform",
    ...named,
    inputs: plainFields(read.core.inputs),
    outputs: plainFields(read.core.outputs),
    outcomes: read.core.outcomes?.value ?? usual,
    implementation: read.implementation?.named ?? { value: named.identity, spot: named.spot },
    ...(read.implementation?.given === undefined ? {} : { given: true }),
    molecule: read.molecule,
  };
}
