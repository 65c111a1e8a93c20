/** What was asked over HTTP did not come about. */
export class ClientFault extends Error {
  override readonly name = "ClientFault";
  /** As the API names it: `IDEMPOTENCY_MISMATCH`; `NO_ANSWER` where nobody answered. */
  readonly code: string;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  /** Whether the same may be asked again: nothing of it has happened, or asking twice is asking once. */
  readonly retryable: boolean;
  /** What to do next, where the answer says so. */
  readonly hint: string | undefined;

  constructor(message: string, said: Pick<ClientFault, "code" | "status" | "hint"> & { readonly cause?: unknown }) {
    super(message, { cause: said.cause });
    this.code = said.code;
    this.status = said.status;
    this.hint = said.hint;
    this.retryable = [0, 429, 502, 503, 504].includes(said.status);
  }
}
