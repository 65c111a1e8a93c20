import { basename } from "node:path";
import { locatedFrom, locatedText, ok } from "@omnibase/core";
import type { SigningKey } from "@omnibase/infra/crypto";
import { cacheFile } from "./cache.ts";
import { readDocument, type ReadText, type SourceFile } from "./documents.ts";
import type { Workspace } from "./locate.ts";
import { readSigned, writeSigned, type SignedFile } from "./signed-file.ts";

/**
 * Documents by the digest of their bytes, so that of many files only those are read that were changed.
 *
 * Signed like what was compiled, because whoever could change what a file says to the compiler could change the snapshot.
 */
export interface ParsedDocuments {
  read(source: SourceFile): Promise<ReadText>;
  /** Keeps what was asked for since it was opened, and nothing else. */
  keep(): void;
}

export interface ParsedOptions {
  readonly stateFolder: string;
  readonly workspaces: readonly Workspace[];
  /** Absent before first use: then nothing is kept. */
  readonly key: SigningKey | undefined;
}

export function parsedDocuments({ key, stateFolder, workspaces }: ParsedOptions): ParsedDocuments {
  if (key === undefined) return { read: readDocument, keep: () => undefined };
  const file: SignedFile = { file: cacheFile(stateFolder, workspaces, "parsed"), type: payloadType, key };
  let kept: ReadonlyMap<string, string> | undefined;
  const asked = new Map<string, string>();
  return {
    read: async (source) => {
      kept ??= linesIn(readSigned(file)?.text ?? "");
      const name = nameOf(source);
      const known = kept.get(name);
      const read = known === undefined ? await readDocument(source) : fromKept(source, known);
      if (read.located.ok) asked.set(name, known ?? locatedText(read.located.value));
      return read;
    },
    keep: () => {
      if (kept?.size === asked.size && [...asked.keys()].every((name) => kept?.has(name))) return;
      const lines = [...asked].map(([name, text]) => `${name} ${text}\n`);
      writeSigned(file, { claim: { documents: asked.size }, text: lines.join("") });
    },
  };
}

const payloadType = "application/vnd.omnibase.parsed.v1+json";

/** The ending says which reader it was; cases in Markdown take their code from the whole name. */
const nameOf = ({ digest, file }: SourceFile): string =>
  /\.md$/i.test(file) ? `${digest}/${basename(file)}` : `${digest}${file.slice(file.lastIndexOf(".")).toLowerCase()}`;

const linesIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => {
        const end = line.indexOf(" ");
        return [line.slice(0, end), line.slice(end + 1)] as const;
      }),
  );

/** Bytes that were read once are UTF-8, so the platform's decoder will do. */
const fromKept = ({ bytes, file }: SourceFile, line: string): ReadText => ({
  located: ok(locatedFrom(line, file)),
  text: new TextDecoder().decode(bytes),
});
