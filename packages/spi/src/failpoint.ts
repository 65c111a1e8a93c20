/**
 * Named places at which a test may end the process or make a call fail. A no-op in production.
 *
 * The list is closed, so that the kill lane can show that it hit every one.
 */
export type Failpoint = (name: FailpointName) => void;

export const failpointNames = [
  "start.received",
  "start.before-commit",
  "start.after-commit",
  "start.before-acknowledge",
  "start.after-acknowledge",
  "decide.after",
  "commit.before",
  "commit.after",
  "operate.before-commit",
  "operate.after-commit",
  "advance.before",
  "effect.before-dispatch",
  "effect.after-dispatch",
  "effect.after-answer",
  "effect.before-commit",
  "effect.after-commit",
  "attempt.failed.before-commit",
  "attempt.failed.after-commit",
  "attempt.lost.before-commit",
  "attempt.lost.after-commit",
  "timer.before-fire",
  "timer.after-fire",
  "incident.before-open",
  "incident.after-open",
  "incident.before-resolve",
  "incident.after-resolve",
  "signal.before-commit",
  "signal.after-commit",
  "task.before-commit",
  "task.after-commit",
  "child.before-start",
  "child.after-start",
  "child.before-answer",
  "cancel.before-commit",
  "cancel.after-commit",
  "complete.before-commit",
  "complete.after-commit",
  "recover.begin",
  "recover.execution",
  "recover.end",
  "store.opened",
  "store.group.begin",
  "store.group.record",
  "store.group.operation",
  "store.group.before-commit",
  "store.group.after-commit",
  "snapshot.before-write",
  "snapshot.before-rename",
  "snapshot.after-rename",
  "project.before-record",
  "project.before-write",
  "project.after-write",
  "owner.locked",
  "owner.listening",
  "owner.drain",
] as const;

/** Of `omnibase retention apply`, whose own test ends it at each of them: the kill lane removes nothing. */
export const retentionFailpointNames = [
  "retention.archive.before-rename",
  "retention.archive.after-rename",
  "retention.removed",
  "retention.tidied",
] as const;

export type FailpointName = (typeof failpointNames)[number] | (typeof retentionFailpointNames)[number];

export const noFailpoint: Failpoint = () => undefined;
