import { limits, type Problem } from "@omnibase/core";
import type { Locate } from "./lines.ts";

/** One lexical token. The types are those of the `yaml` package; what is inside a scalar is never a token. */
export interface YamlToken {
  readonly type: string;
  readonly source: string;
  readonly offset: number;
}

export type Scanned =
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "empty" }
  | { readonly kind: "fit" };

/**
 * Stops what a parser must not see: nesting that would exhaust its stack, explicit keys that take it minutes, anchors,
 * tags, directives, a second document, maps and documents without bound.
 *
 * One pass over the tokens and no recursion. Nesting is counted at least as deep as the parser will build it.
 */
export function scan(tokens: Iterable<YamlToken>, locate: Locate): Scanned {
  const state: State = { blocks: [], flows: [], node: undefined, nodes: 0, started: false, ended: false };
  for (const token of tokens) {
    const reason = take(token, state, locate);
    if (reason === undefined) continue;
    const { offset = token.offset, ...rest } = reason;
    return { kind: "refused", problem: { severity: "error", at: locate(offset), ...rest } };
  }
  return { kind: state.nodes === 0 ? "empty" : "fit" };
}

interface State {
  /** Block collections around the token, outermost first. */
  readonly blocks: Block[];
  readonly flows: Flow[];
  /** The node that a `:` would make a key. */
  node: { readonly kind: "scalar" | "flow"; readonly offset: number; readonly merge: boolean } | undefined;
  nodes: number;
  started: boolean;
  ended: boolean;
}

interface Block {
  readonly kind: "map" | "list";
  readonly column: number;
  keys: number;
}

interface Flow {
  readonly isMap: boolean;
  readonly offset: number;
  keys: number;
  entryOpen: boolean;
}

interface Reason {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly offset?: number;
}

const IGNORED: ReadonlySet<string> = new Set([
  "space",
  "comment",
  "byte-order-mark",
  "doc-mode",
  "block-scalar-header",
]);

function take(token: YamlToken, state: State, locate: Locate): Reason | undefined {
  if (IGNORED.has(token.type)) return undefined;
  if (token.type === "newline") return endLine(state);
  const reason = forbidden(token) ?? documentReason(token, state);
  if (reason !== undefined || token.type === "doc-start" || token.type === "doc-end") return reason;
  switch (token.type) {
    case "flow-map-start":
    case "flow-seq-start":
      return openFlow(token, state);
    case "flow-map-end":
    case "flow-seq-end":
      return closeFlow(token, state);
    case "flow-error-end":
      state.flows.length = 0;
      return undefined;
    case "comma":
      return nextEntry(state);
    case "seq-item-ind":
      return enterBlock("list", token.offset, { state, locate });
    case "map-value-ind":
      return takeKey(token, state, locate);
    default:
      state.node = { kind: "scalar", offset: token.offset, merge: token.source === "<<" };
      return countEntry(state) ?? countNode(state);
  }
}

function forbidden({ type, source }: YamlToken): Reason | undefined {
  if (type === "anchor" || type === "alias")
    return { ...noAlias, message: "anchors and aliases are not part of our YAML" };
  if (type === "tag") return noTag;
  if (type === "explicit-key-ind") return noComplexKey;
  if (type !== "directive-line") return undefined;
  return source.startsWith("%TAG") ? noTag : { code: "YAML_SYNTAX", message: "directives are not part of our YAML" };
}

const noAlias = {
  code: "YAML_ALIAS_FORBIDDEN",
  hint: "write the value out; put text that begins with & or * in quotes",
};
const noTag = {
  code: "YAML_TAG_FORBIDDEN",
  message: "tags are not part of our YAML",
  hint: "leave the tag out; put text that begins with ! in quotes",
};
const noComplexKey = {
  code: "YAML_KEY_TYPE",
  message: "a key is a text on one line",
  hint: "put text that begins with ? in quotes",
};

function documentReason({ type }: YamlToken, state: State): Reason | undefined {
  if (state.ended ? type !== "doc-end" : state.started && type === "doc-start") {
    return { code: "YAML_MULTI_DOC", message: "a second document begins here", hint: "one file holds one document" };
  }
  state.started = true;
  state.ended = type === "doc-end";
  return undefined;
}

function openFlow({ type, offset }: YamlToken, state: State): Reason | undefined {
  const reason = countEntry(state) ?? countNode(state);
  state.flows.push({ isMap: type === "flow-map-start", offset, keys: 0, entryOpen: false });
  state.node = undefined;
  return reason ?? tooDeep(state);
}

function closeFlow({ offset }: YamlToken, state: State): Reason | undefined {
  const flow = state.flows.pop();
  state.node = { kind: "flow", offset: flow?.offset ?? offset, merge: false };
  // A bracket that closes nothing is for the parser to name, but a file of them has its bound.
  return flow === undefined ? countNode(state) : undefined;
}

/** Outside brackets a key and its `:` stand on one line. */
function endLine(state: State): undefined {
  if (state.flows.length === 0) state.node = undefined;
  return undefined;
}

function nextEntry(state: State): undefined {
  const flow = state.flows.at(-1);
  if (flow !== undefined) flow.entryOpen = false;
  state.node = undefined;
  return undefined;
}

/** Every entry of a map in braces counts as a key, also one without a value. */
function countEntry(state: State): Reason | undefined {
  const flow = state.flows.at(-1);
  if (flow === undefined || flow.entryOpen) return undefined;
  flow.entryOpen = true;
  flow.keys += 1;
  return flow.isMap ? tooWide(flow) : undefined;
}

function takeKey(token: YamlToken, state: State, locate: Locate): Reason | undefined {
  const key = state.node;
  state.node = undefined;
  if (key === undefined) return { code: "YAML_KEY_TYPE", message: "a key is missing before this :" };
  if (key.kind === "flow") return { ...noComplexKey, hint: "write the key as text", offset: key.offset };
  if (key.merge) {
    return {
      ...noAlias,
      message: "merge keys are not part of our YAML",
      hint: "write the keys out",
      offset: key.offset,
    };
  }
  return state.flows.length > 0 ? undefined : enterBlock("map", key.offset, { state, locate });
}

/**
 * A key or a dash at a column belongs to the collection that began there, ends those further right, and begins one where
 * there is none. A list may stand at the column of the key that holds it.
 */
function enterBlock(
  kind: Block["kind"],
  offset: number,
  { state, locate }: { readonly state: State; readonly locate: Locate },
): Reason | undefined {
  const { column } = locate(offset);
  const { blocks } = state;
  const ends = (top: Block): boolean =>
    top.column > column || (top.column === column && top.kind === "list" && kind === "map");
  for (let top = blocks.at(-1); top !== undefined && ends(top); top = blocks.at(-1)) blocks.pop();

  state.node = undefined;
  let block = blocks.at(-1);
  if (block === undefined || block.column !== column || block.kind !== kind) {
    block = { kind, column, keys: 0 };
    blocks.push(block);
    const reason = countNode(state) ?? tooDeep(state);
    if (reason !== undefined) return { ...reason, offset };
  }
  block.keys += kind === "map" ? 1 : 0;
  const reason = tooWide(block);
  return reason === undefined ? undefined : { ...reason, offset };
}

function countNode(state: State): Reason | undefined {
  state.nodes += 1;
  if (state.nodes <= limits.jsonNodesMax) return undefined;
  return { code: "ARTIFACT_TOO_MANY_NODES", message: `the file has more than ${String(limits.jsonNodesMax)} values` };
}

function tooDeep({ blocks, flows }: State): Reason | undefined {
  if (blocks.length + flows.length <= limits.depthMax) return undefined;
  const message = `more than ${String(limits.depthMax)} collections inside one another`;
  return { code: "ARTIFACT_TOO_DEEP", message };
}

function tooWide({ keys }: { readonly keys: number }): Reason | undefined {
  if (keys <= limits.keysPerObjectMax) return undefined;
  return { code: "ARTIFACT_TOO_WIDE", message: `a map has more than ${String(limits.keysPerObjectMax)} keys` };
}
