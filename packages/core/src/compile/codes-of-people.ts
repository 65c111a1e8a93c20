/** What may be wrong with actors, with the records that they move, and with the doors by which they come in. */
export const peopleCodes = {
  ACTOR_ATTRIBUTE_UNKNOWN: {
    says: "`$.actor` is read at a name that no actor of the intent has.",
    hint: "declare the attribute in the actor, or name the actor in the intent",
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
} as const;
