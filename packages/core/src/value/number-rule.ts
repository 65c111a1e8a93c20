export interface NumberRefusal {
  readonly code: "NUMBER_RANGE" | "NUMBER_PRECISION";
  readonly message: string;
  readonly hint: string;
}

const INTEGER = /^[-+]?(?:\d+|0x[\da-f]+|0o[0-7]+)$/i;

/** From here on a number is printed with an exponent, so what we print is never taken for an exact integer. */
const EXPONENT_FROM = 1e21;

/**
 * Numbers that would not come back as they were written.
 *
 * What is accepted here is accepted again from its canonical form.
 */
export function numberRefusal(literal: string, value: number): NumberRefusal | undefined {
  if (!Number.isFinite(value)) {
    return { code: "NUMBER_RANGE", message: "the number is not finite", hint: "write it as a string" };
  }
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  if (!INTEGER.test(literal) && Math.abs(value) >= EXPONENT_FROM) return undefined;
  return {
    code: "NUMBER_PRECISION",
    message: "the integer is beyond 2^53 - 1, where neighbours become equal",
    hint: "write it as a string",
  };
}
