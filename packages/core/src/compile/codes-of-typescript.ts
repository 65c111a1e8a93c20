/** What may be wrong with definitions in TypeScript, before they are artifacts. */
export const typescriptCodes = {
  DEFINITION_UNREADABLE: {
    says: "A file of definitions is no TypeScript whose types can be taken out.",
    hint: "write it without enums, namespaces and parameter properties",
  },
  DEFINITION_IMPORT: {
    says: "A file of definitions imports what cannot be followed: nobody could say what the snapshot depends on.",
    hint: "import @omnibase/sdk, files of this workspace as ./parts.ts, and installed packages, by name and at the top",
  },
  DEFINITION_FAILED: {
    says: "A file of definitions, or what it imports, threw when it was evaluated.",
    hint: "evaluate it alone, and correct what it throws",
  },
  DEFINITION_MISSING: {
    says: "A file among the artifacts exports no definition, so nothing would be compiled of it.",
    hint: "export what a builder returns, or move the file out of contracts/",
  },
  DEFINITION_VALUE: {
    says: "A definition holds what no artifact can say: a function, a date, an instance of a class, a number that is none.",
    hint: "write data: texts, numbers, flags, null, lists and objects",
  },
  RUN_NOT_SEALED: {
    says: "The code of a transform does not stand by itself where it is defined, so it cannot be sealed.",
    hint: "write a function under `run` that reads nothing but its argument and what it declares itself",
  },
  SCHEMA_NOT_EXECUTED: {
    says: "A schema of a library says more than its JSON Schema does, or has none; only JSON Schema is executed.",
    hint: "take the refinement or the transformation out, and check it in a transform",
  },
} as const;
