export type { EndClass, ExecutionEnd, ExecutionKey, ExecutionRow, ExecutionStatus } from "./execution.ts";
export type { Cancel, Clock } from "./clock.ts";
export type { Entropy } from "./entropy.ts";
export { failpointNames, noFailpoint, retentionFailpointNames } from "./failpoint.ts";
export type { Failpoint, FailpointName } from "./failpoint.ts";
export type { AbortSignalLike, Answer, Handler, HandlerRequest } from "./handler.ts";
export { SealingFault } from "./sealing.ts";
export type { Sealing } from "./sealing.ts";
export type { Secret, SecretRefusal, Secrets } from "./secrets.ts";
export { SnapshotFault } from "./snapshot-source.ts";
export type { SnapshotSource, Swept } from "./snapshot-source.ts";
export { StoreFault } from "./store.ts";
export type {
  Change,
  ChangeQuery,
  Commit,
  CommitOperation,
  Committed,
  Creation,
  EntityRow,
  Import,
  JournalLine,
  ListQuery,
  OpenTask,
  SealedSecrets,
  SettledOperation,
  Store,
  StoreFaultCode,
  StoreUsage,
  TaskChanges,
  TaskQuery,
  TaskRow,
  Timer,
  TimerChanges,
  UnderWay,
} from "./store.ts";
export type {
  CancelRequest,
  EraseRequest,
  Owner,
  OwnerRefusal,
  ProjectRequest,
  RemoveRequest,
  Reply,
  ResolveRequest,
  SettleTaskRequest,
  SignalRequest,
  Standing,
  Started,
  StartRequest,
  TidiedUp,
} from "./owner.ts";
export type { Extent, ExtentQuery, Removal, Removed, Tidied, TidyBounds, Tombstone } from "./removal.ts";
export type { ProjectedFiles } from "./projected-files.ts";
