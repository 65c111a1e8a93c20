/** What may be wrong with actors, with the records that they move, and with the doors by which they come in. */
export const peopleCodes = {
  ACTOR_ATTRIBUTE_UNKNOWN: {
    says: "`$.actor` is read at a name that no actor of the intent has.",
    hint: "declare the attribute in the actor, or name the actor in the intent",
  },
  CHILD_FOR_OTHER_ACTORS: {
    says: "A workflow starts another that nobody may send who may send the first.",
    hint: "name an actor in both intents, or take `actors` out of one",
  },
  ENTITY_CONTRADICTION: {
    says: "Identity, attributes and lifecycle of an entity do not go together.",
    hint: "let identity and lifecycle name attributes that are required texts, and stages follow each other to an end",
  },
  ENTITY_RECORD_MISFIT: {
    says: "What is written into a store is no record of its entity.",
    hint: "write exactly the attributes of the entity, under its identity, at a stage that may be",
  },
  ENTITY_NOT_REMOVED: {
    says: "A record that has a lifecycle is not removed: its life ends in a stage.",
    hint: "write a terminal stage instead",
  },
  ROUTE_PATH_INVALID: {
    says: "The path of a route is none that we would serve.",
    hint: "write /name/name, of ASCII letters, digits, . _ ~ and -",
  },
  ROUTE_DUPLICATE: { says: "Two doors have the same route.", hint: "give each a path or a method of its own" },
  INGRESS_MISFIT: {
    says: "What a door lets in is not what the intent of its workflow takes.",
    hint: "let admission_schema require what the intent requires, and declare nothing that the intent does not know",
  },
  EGRESS_STATUS_RANGE: {
    says: "A reply has a status that does not end a request.",
    hint: "use a whole number from 200 to 599",
  },
  EGRESS_EXIT_UNKNOWN: {
    says: "An egress speaks of an exit that its workflow does not have.",
    hint: "name an EXIT node of the workflow",
  },
  EGRESS_BODY_UNKNOWN: {
    says: "The body of a reply reads what a result does not have there.",
    hint: "read a part of the result, and of outputs only what the exit returns",
  },
  EGRESS_OF_ANOTHER_WORKFLOW: {
    says: "A door names an egress that speaks for another workflow.",
    hint: "declare an egress for this workflow",
  },
} as const;
