/** Every bound in the system, with its unit last. Nothing is unlimited; it is only not written down yet. */
export const limits = {
  /** One declared file. */
  artifactBytesMax: 262_144,
  /** One payload that travels inline. */
  payloadBytesMax: 262_144,
  /** How far a payload above its bound is still read, so that the refusal names what is really wrong with it. */
  payloadReadBytesMax: 4_194_304,
  /** Collections inside one another, in a document of any dialect. */
  depthMax: 64,
  /** Collections inside one another in what we canonicalise: a document and the records that wrap it. */
  canonicalDepthMax: 256,
  keysPerObjectMax: 1_024,
  jsonNodesMax: 100_000,
  stringBytesMax: 1_048_576,
  keyBytesMax: 1_024,
  /** Problems that one document lists; a hostile one could produce one a byte. */
  problemsPerDocumentMax: 50,
  graphPlacesMax: 10_000,
  patternCharsMax: 1_024,
  /** Of the machine that a pattern becomes: what a text of 64 KiB may cost. */
  patternStatesMax: 1_000,
  /** Fields inside one another and beside each other, where references of a JSON Schema are replaced by what they name. */
  schemaFieldsMax: 1_000,
  idCharsMax: 200,
  idempotencyKeyCharsMax: 255,
  /** Who asks, and as which actor. */
  principalCharsMax: 1_000,
  durationMsMax: 3_153_600_000_000,
  segmentStepsMax: 256,
  attemptsMax: 100,
  /** Ways of a workflow on which a token becomes several, and nodes at which tokens become one: their pairs are compared. */
  forksMax: 100,
  /** Of an admission: each costs a few reads in the commit that decides. */
  clausesMax: 64,
  attemptsLostMax: 5,
  /** How long a cancellation waits for an answer that is under way. */
  cancelGraceMs: 10_000,
  /** What may be said to one execution in all, and how much of it before anyone waits for it. */
  signalsMax: 10_000,
  signalsEarlyMax: 100,
  signalCharsMax: 65_536,
  /** Items of a map, and rounds of a loop. */
  roundsMax: 1_000,
  /** Rounds of one map that are under way at once. */
  parallelMax: 64,
  /** Of one archive: so many executions are removed in one commit, and others wait for it. */
  archivedExecutionsMax: 100,
  archivedBytesMax: 16_777_216,
  executionEventsMax: 100_000,
  recordBytesMax: 1_048_576,
  /** Of a value as canonical text, for a trace to show it; a longer one is shown as its digest, as often as it is read. */
  traceValueCharsMax: 16_384,
  /** Boxes and lines of a picture; laying out more takes longer than anyone looks at it. */
  pictureNodesMax: 400,
  pictureEdgesMax: 1_000,
} as const;
