/** The code of what the platform could not do: `ENOENT`. Nothing where something else was thrown. */
export const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
