/** What may be wrong with code that is executed. */
export const codeCodes = {
  TEST_CASE_FAILED: {
    says: "A transform does not answer what one of its cases says.",
    hint: "correct the transform, or the case",
  },
  TEST_DATA_MISSING: {
    says: "Nobody has said by a case what this transform of the project answers.",
    hint: "declare its cases with test_data_code",
  },
  PATTERN_UNSUPPORTED: {
    says: "A pattern has what RE2 does not: it could not be matched in linear time, or is none at all.",
    hint: "write it without references back and without looking around",
  },
  PATTERN_TOO_COMPLEX: {
    says: "A pattern is too long, or repeats too much.",
    hint: "bound the length with max_length, and match less",
  },
  SCHEMA_FORBIDDEN: {
    says: "A JSON Schema says what is not executed, or nobody could bound it.",
    hint: "docs/adr/0015 lists what is executed",
  },
  PURITY_VIOLATION: {
    says: "A transform reads the clock, chance, the environment, files or the network, or keeps state.",
    hint: "bind what it needs as an input of its step",
  },
  TRANSFORM_UNREADABLE: {
    says: "A file is no transform: its types cannot be taken out, or it exports no `execute`.",
    hint: "export one function `execute`, in TypeScript without enums and namespaces",
  },
  IMPLEMENTATION_UNKNOWN: {
    says: "No transform, handler or store operation of this name exists here.",
    hint: "correct the name, or register the implementation",
  },
} as const;
