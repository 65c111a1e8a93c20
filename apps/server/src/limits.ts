/** Bounds of the HTTP door, with the unit last. What executions and payloads may be is bounded where they are. */
export const doorLimits = {
  /** Open sockets. Above it the one that has been idle for longest makes room. */
  connectionsMax: 1_000,
  /** Requests that are being answered; above it one is told `BUSY`. */
  requestsMax: 1_000,
  /** Of those, starts and other commands. Whoever is let in is not slowed down by whoever is not. */
  commandsMax: 500,
  /** Streams of events that are open. Each holds what one look into the store brings, and no more. */
  streamsMax: 500,
  busyRetryMs: 1_000,
  /** The body of a request: the largest payload, and what is said beside it. */
  bodyBytesMax: 264_192,
  targetCharsMax: 4_096,
  headerBytesMax: 16_384,
  headersMax: 100,
  /** How long the headers, and how long the whole of a request, may take to arrive. */
  headersMsMax: 10_000,
  requestMsMax: 30_000,
  keepAliveMs: 5_000,
  /** A socket on which nothing moves for so long is closed: longer than anybody waits for an answer. */
  silenceMsMax: 90_000,
  /** How often it is looked for requests that take longer. */
  slownessLookMs: 1_000,
  requestsPerConnectionMax: 10_000,
  /** How long a start waits for the end where nobody says otherwise, and the most that may be asked for. */
  waitMsUsual: 30_000,
  waitMsMax: 60_000,
  /** Rows of a page. */
  pageRowsUsual: 20,
  pageRowsMax: 1_000,
  /** A line on a stream on which nothing happens, so that whoever is between does not hang up. */
  heartbeatMs: 15_000,
  /** A reader that takes nothing for so long is told `WATCH_LAGGED`, and may come back. */
  lagMsMax: 10_000,
  /** Records that are read at once for a stream. */
  recordsPerLook: 256,
  /** How long requests under way may take when the door closes. */
  drainMsMax: 10_000,
} as const;

export type DoorLimits = { readonly [Name in keyof typeof doorLimits]: number };
