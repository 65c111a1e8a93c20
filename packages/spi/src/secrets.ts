import type { Result } from "@omnibase/core";

/**
 * The values behind `secret://NAME`. Only a handler asks, and only for names that stand in its sealed configuration.
 *
 * 1. **By allow-list.** A name that the operator did not grant has no value, whatever lies in the environment.
 * 2. **Fresh.** Every call looks again, so a rotated secret counts from the next attempt on.
 * 3. **Silent.** No refusal says a value, or where it lies; and a {@link Secret} shows nothing where it is printed,
 *    serialised or copied.
 * 4. **Answers, never throws,** for whatever it can name.
 */
export interface Secrets {
  /** By the name alone: `PAY_TOKEN` of `secret://PAY_TOKEN`. */
  resolve(name: string): Promise<Result<Secret, SecretRefusal>>;
}

/** A value that must not be written down. Whoever reveals it passes it on at once and keeps nothing. */
export interface Secret {
  readonly reveal: () => string;
}

export interface SecretRefusal {
  /** Not granted · granted, and nothing there · something there that is no text within the bounds. */
  readonly code: "SECRET_DENIED" | "SECRET_ABSENT" | "SECRET_UNREADABLE";
  readonly message: string;
}
