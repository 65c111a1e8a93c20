/**
 * How a process that hosts executions for long is started. What lives in a host is small and short-lived, so a small nursery
 * and a tight heap cost a few hundredths of the throughput and, with one arena and no compiler beside it, a third of the
 * memory less.
 */
export const hostFlags = ["--max-semi-space-size=2", "--heap-growing-percent=10", "--no-concurrent-recompilation"];
export const hostEnvironment = { MALLOC_ARENA_MAX: "1" };
