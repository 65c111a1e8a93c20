import type { Home } from "./home.ts";

/** Where a user can reach what a row is about. */
export type Lane = "cli-compile" | "cli-run" | "cli" | "library" | "http";

/** One concrete input of a row, and what the product must say to it. */
export interface HostileInput {
  /** Of the corpus, `A03`. */
  readonly row: string;
  readonly name: string;
  readonly lane: Lane;
  readonly expect: Expected;
  readonly ask: Ask;
}

export type Ask = Called | { readonly call: () => Promise<Said> | Said };

/** A command of the product, in a copy of the example project. */
export interface Called {
  readonly argv: readonly string[];
  /** By path in the project. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What a file cannot say: pipes, links, permissions. */
  readonly arrange?: (home: Home) => void;
  readonly stdin?: Stdin;
  /** Undefined: the variable is not set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Around the command, which is `"$@"`. */
  readonly shell?: string;
  /** Another user than this one, where this one may choose. */
  readonly uid?: number;
  /** Whether one JSON document must stand on stdout. Default: whether `--json` is asked for. */
  readonly json?: boolean;
}

export type Stdin = "none" | "closed" | "endless" | Uint8Array;

/** What is asserted beside what holds for every input. Absent means that it is not stated. */
export interface Expected {
  /** Allowed exit codes; a library and a server say 0 or 4. */
  readonly exit: readonly number[];
  /** Allowed statuses of HTTP. */
  readonly status?: readonly number[];
  readonly code?: string;
  /** `1:65`, in the file that was hostile. */
  readonly at?: string;
  /** Pointer in the document. */
  readonly path?: string;
  readonly hint?: RegExp;
  readonly message?: RegExp;
  /** Places that the problem points to beside its own. */
  readonly related?: readonly string[];
  readonly stderr?: RegExp;
  /** How long the answer may take, where that is less than for all. */
  readonly msMax?: number;
  /** What else must be true, as a sentence about what is not. */
  readonly also?: (said: Said, home: Home) => string | undefined;
}

/** What came back. */
export interface Said {
  readonly exit: number;
  readonly status?: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The problem that names the refusal. */
  readonly problem: SaidProblem | undefined;
  readonly document: unknown;
  /** How long the answer took. Absent: as long as it took to ask for it. */
  readonly ms?: number;
  /** Of the process; absent where the lane has none of its own. */
  readonly peakKib?: number;
  /** What differs in the data root since before. */
  readonly changed?: readonly string[];
}

export interface Timed extends Said {
  readonly ms: number;
}

export interface SaidProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly path?: string;
  readonly file?: string;
  readonly at?: string;
  readonly related: readonly string[];
}

/** A row that cannot be reached yet, or a part of one. */
export interface Waiting {
  readonly row: string;
  readonly what: string;
  readonly why: string;
}

/** A content that is refused with a code at a position, as a line of a table. */
export type RefusedRow = readonly [
  row: string,
  name: string,
  content: string | Uint8Array,
  code: string,
  at: string,
  more?: Partial<Expected>,
];
