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
