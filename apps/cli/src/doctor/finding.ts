/** What one check found. */
export interface Finding {
  readonly check: string;
  /** `warn`: it works, and somebody should look. `fail`: something will not work. */
  readonly state: "ok" | "warn" | "fail";
  readonly says: string;
  /** What to do about it. */
  readonly hint?: string;
}

export const fine = (check: string, says: string): Finding => ({ check, state: "ok", says });
export const doubtful = (check: string, says: string, hint: string): Finding => ({ check, state: "warn", says, hint });
export const broken = (check: string, says: string, hint: string): Finding => ({ check, state: "fail", says, hint });

/** 1.5 MB, as people say it. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const amount = bytes / 1_000 ** power;
  return `${amount < 10 ? amount.toFixed(1) : String(Math.round(amount))} ${units[power - 1] ?? ""}`;
}

const units = ["kB", "MB", "GB", "TB", "PB"];
