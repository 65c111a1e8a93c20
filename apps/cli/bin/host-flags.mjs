/**
 * How a process that hosts executions for long is started. What lives in a host is small and short-lived, so a small nursery
 * and a tight heap cost a few hundredths of the throughput; with one arena, and the compiler in the thread that it works for,
 * they need a fifth less memory than without.
 *
 * A busy host has no time for tasks in which garbage would be marked, and meanwhile its heap would grow by half. So marking
 * begins when half of what may be allocated is, and goes on with each allocation.
 */
export const hostFlags = [
  "--max-semi-space-size=8",
  "--heap-growing-percent=10",
  "--no-incremental-marking-task",
  "--incremental-marking-hard-trigger=50",
  "--no-concurrent-recompilation",
];
export const hostEnvironment = { MALLOC_ARENA_MAX: "1" };
