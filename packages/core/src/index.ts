export { canonical } from "./value/canonical.ts";
export { printable } from "./value/display.ts";
export { parseDuration } from "./value/duration.ts";
export type { BadDuration } from "./value/duration.ts";
export { executionIdAt, executionIdOf } from "./value/execution-id.ts";
export { parseIdentifier } from "./value/identifier.ts";
export type { BadIdentifier, IdentifierShape } from "./value/identifier.ts";
export type { JsonFamily } from "./value/json-cursor.ts";
export { hasLineSeparator, keyRefusal } from "./value/key-rule.ts";
export type { KeyRefusal } from "./value/key-rule.ts";
export { parseJson } from "./value/json-text.ts";
export type { JsonTextOptions } from "./value/json-text.ts";
export { limits } from "./value/limits.ts";
export { locatedFrom, locatedText } from "./value/located-text.ts";
export { plain, pointerOf } from "./value/located-value.ts";
export { secretNamesIn, withSecrets } from "./value/secret-reference.ts";
export { numberRefusal } from "./value/number-rule.ts";
export type { NumberRefusal } from "./value/number-rule.ts";
export { utf8Length } from "./value/utf8-length.ts";
export { decodeUtf8 } from "./value/utf8-text.ts";
export type { DecodeOptions } from "./value/utf8-text.ts";
export { isObject } from "./value/json.ts";
export type { Json, JsonObject } from "./value/json.ts";
export type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar } from "./value/located.ts";
export type { Position, Problem, Related } from "./value/problem.ts";
export { assertNever, err, ok } from "./value/result.ts";
export type { Err, Ok, Result } from "./value/result.ts";
export type { Authority, Compiled, StoreGrant } from "./compile/compiled.ts";
export { entropyHandler, entropySizes } from "./graph/entropy.ts";
export { codeNamesOf } from "./graph/molecule.ts";
export { jsonSchemas } from "./artifact/json-schema.ts";
export { fieldsOfSchema } from "./artifact/schema-fields.ts";
export { isMailServer } from "./artifact/mail-policy.ts";
export { seal, snapshotFormat } from "./compile/seal.ts";
export type { Sealed } from "./compile/seal.ts";
export { decodeSnapshotFile, encodeSnapshotFile, snapshotPayloadType } from "./compile/snapshot-file.ts";
export type { DecodeSnapshotOptions, Snapshot, SnapshotRefusal, SnapshotRefusalCode } from "./compile/snapshot-file.ts";
export { apply } from "./entity/apply.ts";
export { entityBound } from "./entity/lawful.ts";
export type { EntityRules } from "./graph/entity.ts";
export type { StoreKind } from "./entity/kinds.ts";
export { emit, eventStore } from "./entity/events.ts";
export type { Emission } from "./entity/events.ts";
export type {
  Applied,
  EmittedEvent,
  EntityOperation,
  EntityReader,
  EntityWrite,
  StoreImport,
} from "./entity/operation.ts";
export { publishedStoreOf, toldByLines } from "./entity/published-append.ts";
export { overlaid } from "./entity/overlaid.ts";
export { importStore, objectText, projectionForm } from "./entity/projection.ts";
export { archivePaths, cutArchive, openArchive, signArchive, verifyArchive } from "./evidence/archive.ts";
export type {
  Archive,
  ArchiveChecks,
  ArchivedExecution,
  ArchivedFile,
  ArchiveFiles,
  ArchiveRefusal,
  VerifiedArchive,
} from "./evidence/archive.ts";
export { logLines, verifyChain } from "./evidence/chain.ts";
export type { Chain, ChainBreak, LogRecord, StartedBody } from "./evidence/chain.ts";
export type { Signer, Trust } from "./evidence/dsse.ts";
export { signEnvelope, verifyEnvelope } from "./evidence/dsse.ts";
export { contradiction, readReceipt, signReceipt, verifyReceipt } from "./evidence/receipt.ts";
export type { ReceiptFiles, ReceiptRefusal, SignReceiptRefusal, VerifiedReceipt } from "./evidence/receipt.ts";
export { pictureOf } from "./evidence/picture.ts";
export { dotOf } from "./evidence/picture-dot.ts";
export { mermaidOf } from "./evidence/picture-mermaid.ts";
export { withReferences } from "./evidence/picture-references.ts";
export { pictureText } from "./evidence/picture-text.ts";
export type { NodeKind, Picture, PictureEdge, PictureGroup, PictureNode, PictureSource } from "./evidence/picture.ts";
export type { PictureState } from "./evidence/picture-states.ts";
export { walkOf } from "./evidence/walk.ts";
export type { Walk } from "./evidence/walk.ts";
export { refusedAt, replyTo } from "./evidence/reply.ts";
export type { Said } from "./evidence/reply.ts";
export { compareExecutions, isMoreThanTime } from "./evidence/compare-executions.ts";
export type { Aspect, Compared, ExecutionDifference } from "./evidence/compare-executions.ts";
export { declaredAt } from "./evidence/examine/declared-at.ts";
export type { DeclaredAt } from "./evidence/examine/declared-at.ts";
export { examine } from "./evidence/examine/examine.ts";
export type { Examination, NodeOutcome, Resolved, Verdict } from "./evidence/examine/examine.ts";
export { withChildren } from "./evidence/examine/examined.ts";
export type { Cause, Examined } from "./evidence/examine/examined.ts";
export { isStructural } from "./evidence/examine/finding.ts";
export type { Declared, FailureClass, Finding } from "./evidence/examine/finding.ts";
export { readTrace } from "./evidence/examine/read-trace.ts";
export type { ReadTrace, TraceRefusal } from "./evidence/examine/read-trace.ts";
export { sourceOf } from "./evidence/examine/source.ts";
export type { Source } from "./evidence/examine/source.ts";
export type { Wait } from "./evidence/examine/waits.ts";
export { resultOf, resultSchema } from "./evidence/result.ts";
export type { ExecutionResult, ResultProblem, ResultSource, ResultStatus, RouteNode } from "./evidence/result.ts";
export { retentionOf } from "./evidence/retention.ts";
export type { Retained, RetentionClass, RetentionRule, RetentionVerdict } from "./evidence/retention.ts";
export { traceLines, traceOf } from "./evidence/trace.ts";
export { traceMarkdown } from "./evidence/trace-markdown.ts";
export type { Trace, TraceEntry, TraceKind, TraceProfile, TraceSource } from "./evidence/trace.ts";
export { isGiven, isTerminal } from "./execution/events.ts";
export type {
  ExecutionEvent,
  Failure,
  IncidentCode,
  Parent,
  PassedStep,
  Resolution,
  Settled,
  Started,
} from "./execution/events.ts";
export { placeOf } from "./execution/position.ts";
export { logFormat, recordLine, settledLine } from "./execution/record.ts";
export type { Binding, Bindings } from "./graph/binding.ts";
export type { Field, Fields, FieldType } from "./graph/field.ts";
export type { Replies, Reply, Route } from "./graph/route.ts";
export { bodiesOf, edgesOf, isPure, targetsOf } from "./graph/graph.ts";
export type {
  CallPlace,
  ChildWork,
  Edge,
  EffectWork,
  ExitClass,
  ExitPlace,
  Graph,
  LoopWork,
  MapWork,
  Place,
  RetryPolicy,
  Scope,
  ScopeExit,
  TaskWork,
  WaitWork,
  When,
  Work,
} from "./graph/graph.ts";
export { instantMs, instantText } from "./value/instant.ts";
export { digestOf } from "./value/sha256.ts";
export type { Digest, Sha256 } from "./value/sha256.ts";
export { admit } from "./execution/admit.ts";
export { playerOf } from "./execution/principal.ts";
export type { Player } from "./execution/principal.ts";
export type { Admission } from "./execution/admit.ts";
export type { Nack, NackCode } from "./execution/nack.ts";
export type { AnswerGiven, Decided, Decision, ExecutionCommand, ExecutionRefusal } from "./execution/command.ts";
export { decodeRecord } from "./execution/decode.ts";
export type { DecodedRecord } from "./execution/decode.ts";
export { brokenLaws, executionLaws } from "./execution/laws.ts";
export type { Law } from "./execution/law.ts";
export { machineOf } from "./execution/machine.ts";
export type { ExecutionMachine } from "./execution/machine.ts";
export { brokenOwnerLaws, ownerLaws } from "./execution/owner-laws.ts";
export type { Held, Life, OwnerLaw } from "./execution/owner-laws.ts";
export { replay } from "./execution/replay.ts";
export { opener, sealed } from "./execution/sealing.ts";
export type { Keyring, Open, SealedBox, Sealer } from "./execution/sealing.ts";
export { hasSecrets } from "./execution/secrecy.ts";
export type { Difference, Replayed } from "./execution/replay.ts";
export { effectKey } from "./execution/requests.ts";
export type { ChildRequest, EffectRequest, ExecutionRequest, TaskRequest } from "./execution/requests.ts";
export { cancelTimer, unborn } from "./execution/state.ts";
export type { ExecutionState, Running, Token } from "./execution/state.ts";
export { TransformFault } from "./execution/world.ts";
export type { PureTransform, TransformAnswer, World } from "./execution/world.ts";
export type { SourceDocument } from "./artifact/read-artifact.ts";
export { codes } from "./compile/codes.ts";
export type { Code } from "./compile/codes.ts";
export { diff } from "./compile/diff.ts";
export type { Change } from "./compile/diff.ts";
export { reachOf } from "./compile/reach.ts";
export type { Gates, Reach } from "./compile/reach.ts";
export { compile } from "./compile/compile.ts";
export { compiledArtifact } from "./dialect/published.ts";
export type { Compilation } from "./compile/compile.ts";
export type { CompileOptions } from "./compile/options.ts";
