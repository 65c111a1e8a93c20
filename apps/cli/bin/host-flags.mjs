/**
 * How a process that hosts executions for long is started. What lives in a host is small and short-lived, so a small nursery
 * and a tight heap cost a few hundredths of the throughput; with one arena, and the compiler in the thread that it works for,
 * they need a fifth less memory than without.
 */
export const hostFlags = ["--max-semi-space-size=4", "--heap-growing-percent=10", "--no-concurrent-recompilation"];
export const hostEnvironment = { MALLOC_ARENA_MAX: "1" };
