/** Where something stands in a file. Lines and columns count from 1; `file` is relative to the project. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An artifact, a payload or a setting is wrong. Collected and sorted, never thrown. */
export interface Problem {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly at: Position;
  /** Where in the document, as a JSON pointer: `/core/nodes/CC_KEEP/next`. */
  readonly path?: string;
  /** What to do next. */
  readonly hint?: string;
  readonly related?: readonly Related[];
}

export interface Related {
  readonly message: string;
  readonly at: Position;
}
