/** What a rule allowed, or the refusal that says why not. Two plain objects: easy to read and to compare. */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Closes a union that was read from storage. Reaching it is a bug, and bugs are loud. */
export function assertNever(value: never): never {
  throw new Error(`impossible: ${JSON.stringify(value)}`);
}
