/**
 * How a process that hosts executions for long is started. What lives in a host is small and short-lived, so a small
 * nursery and a tight heap cost a tenth of the throughput and halve the memory.
 */
export const hostFlags = ["--max-semi-space-size=4", "--heap-growing-percent=10"];
