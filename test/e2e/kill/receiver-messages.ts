/** One request as the receiver saw it. */
export interface Call {
  readonly ref: string;
  /** Which place of the workflow asked, in words that only the workflow chose. */
  readonly mark: string;
  readonly key: string;
  readonly receivedMs: number;
  /** The work was done, whatever was said about it. */
  applied: boolean;
  readonly answeredMs: number | undefined;
  readonly status: number | undefined;
  readonly receipt: string | undefined;
  /** The caller was gone before the answer. */
  readonly cut: boolean;
}

/** How the world treats its callers: bounds of its delay, and shares of what goes wrong. */
export interface Mood {
  readonly delayMsMin: number;
  readonly delayMsMax: number;
  /** Answers 500; half of the time the work was done all the same. */
  readonly broken: number;
  /** Closes the connection instead of answering. */
  readonly closed: number;
  /** Answers when nobody waits any more. */
  readonly late: number;
  /** Answers 429 and does nothing. */
  readonly busy: number;
}

export type ToReceiver = { readonly id: number } & ReceiverRequest;

export type ReceiverRequest =
  | { readonly op: "mood"; readonly campaign: string; readonly mood: Mood }
  /** Remembers which calls of a campaign are open now, and says how many. */
  | { readonly op: "mark"; readonly campaign: string }
  /** How many of those lost their caller before an answer. */
  | { readonly op: "cut"; readonly campaign: string }
  | { readonly op: "calls"; readonly campaign: string; readonly ref?: string }
  | { readonly op: "forget"; readonly campaign: string };

export interface FromReceiver {
  readonly id: number;
  readonly reply: number | readonly Call[];
}
