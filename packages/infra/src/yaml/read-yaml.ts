import { err, limits, ok, printable, utf8Length, type Located, type Problem, type Result } from "@omnibase/core";
import {
  CST,
  Lexer,
  parseDocument,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  type YAMLError,
} from "yaml";
import { locateIn, type Locate } from "./lines.ts";
import { locatedOf } from "./located-node.ts";
import { scan, type YamlToken } from "./scan.ts";

export interface ReadYamlOptions {
  readonly file: string;
}

/**
 * Reads one artifact of YAML 1.2 (core schema) to a located document. The only home of the `yaml` package's parser.
 *
 * The text comes from `decodeUtf8`. Without anchors, aliases, tags, directives, merge keys or keys that are not text, so
 * what an author sees is what is there. A scan that does not recurse comes first, because nested input of 1 KB stops this
 * parser for a minute, and of 4 KB ends the process.
 */
export function readYaml(text: string, { file }: ReadYamlOptions): Result<Located, readonly Problem[]> {
  const source = text.slice(0, limits.artifactBytesMax + 1).replaceAll(/\r\n?/g, "\n");
  const locate = locateIn(source, file);

  const scanned = scan(tokensOf(source), locate);
  if (scanned.kind === "refused") return err([scanned.problem]);
  if (utf8Length(text) > limits.artifactBytesMax) return err([tooLarge(locate)]);
  if (scanned.kind === "empty") return err([nothing(locate)]);

  const document = withoutStacks(() => parseDocument(source, strictly));
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) return err(listed(wrong.map((one) => syntaxProblem(one, locate))));

  const { located, problems } = locatedOf(document.contents, source, locate);
  return problems.length > 0 ? err(listed(problems)) : ok(located);
}

/** Repeated keys are found while locating: there both positions are known, and it is one pass instead of quadratic. */
const strictly: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.2",
  schema: "core",
  strict: true,
  uniqueKeys: false,
  stringKeys: true,
  merge: false,
  resolveKnownTags: false,
  customTags: [],
  prettyErrors: false,
  logLevel: "error",
};

/** Garbage makes one Error object for each few bytes, and their stack traces, which nobody reads, take seconds. */
function withoutStacks<T>(parse: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The package's own lexer, so that scan and parser never disagree about what is text and what is structure. */
function* tokensOf(source: string): Generator<YamlToken> {
  let offset = 0;
  let inScalar = false;
  for (const token of new Lexer().lex(source)) {
    const type: string = inScalar ? "scalar" : (CST.tokenType(token) ?? "scalar");
    inScalar = type === "scalar" && !inScalar;
    if (inScalar) continue;
    yield { type, source: token, offset };
    if (type !== "doc-mode" && type !== "flow-error-end") offset += token.length;
  }
}

const tooLarge = (locate: Locate): Problem => ({
  code: "ARTIFACT_TOO_LARGE",
  severity: "error",
  message: `the file is longer than ${String(limits.artifactBytesMax)} bytes`,
  at: locate(0),
});

const nothing = (locate: Locate): Problem => ({
  code: "ARTIFACT_EMPTY",
  severity: "error",
  message: "the file declares nothing",
  at: locate(0),
});

const syntaxProblem = ({ code, message, pos }: YAMLError, locate: Locate): Problem => ({
  code: code === "NON_STRING_KEY" ? "YAML_KEY_TYPE" : "YAML_SYNTAX",
  severity: "error",
  message: printable(message),
  at: locate(pos[0]),
});

/** In the order of the file, and no more than a person reads. */
const listed = (problems: readonly Problem[]): readonly Problem[] =>
  problems
    .toSorted((one, other) => one.at.line - other.at.line || one.at.column - other.at.column)
    .slice(0, limits.problemsPerDocumentMax);
