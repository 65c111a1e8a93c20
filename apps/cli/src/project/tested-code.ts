import { canonical, isObject, type Json, type PureTransform } from "@omnibase/core";
import { sha256 } from "@omnibase/infra/crypto";
import { loadBuiltin } from "@omnibase/infra/transforms";
import { cacheFile } from "./cache.ts";
import type { ImplementationFile } from "./implementations.ts";
import { ownCode, type OwnCode } from "../data/own-code.ts";
import type { Place } from "./open.ts";
import type { ParsedOptions } from "./parsed.ts";
import { readSigned, writeSigned, type SignedFile } from "./signed-file.ts";

/** Code for the cases of transforms. What it answered once is not asked again: the same code answers the same. */
export interface TestedCode {
  readonly code: (sealed: string) => PureTransform | undefined;
  /** Keeps what was asked for since it was opened, and nothing else. Nothing is executed after it. */
  readonly keep: () => Promise<void>;
}

/** Loads what may be asked for, because whoever asks cannot wait. */
export async function testedCode(
  sealed: Iterable<string>,
  brought: readonly ImplementationFile[],
  options: ParsedOptions & Pick<Place, "config">,
): Promise<TestedCode> {
  const answers = keptAnswers(options);
  const own = ownCode(options.config);
  const loaded = new Map<string, PureTransform>();
  for (const name of new Set(sealed)) {
    const execute = (await loadBuiltin(name)) ?? (await loadBrought(name, brought, own));
    if (execute !== undefined) loaded.set(name, answers.asked(name, execute));
  }
  return {
    code: (name) => loaded.get(name),
    keep: async () => {
      answers.keep();
      await own.close();
    },
  };
}

async function loadBrought(
  name: string,
  brought: readonly ImplementationFile[],
  own: OwnCode,
): Promise<PureTransform | undefined> {
  const file = brought.find(({ digest }) => name.endsWith(`@${digest}`));
  return file && own.load(file.source, file.digest);
}

interface KeptAnswers {
  asked(name: string, execute: PureTransform): PureTransform;
  readonly keep: () => void;
}

function keptAnswers({ key, stateFolder, workspaces }: ParsedOptions): KeptAnswers {
  if (key === undefined) return { asked: (_, execute) => execute, keep: () => undefined };
  const file: SignedFile = { file: cacheFile(stateFolder, workspaces, "answers"), type: payloadType, key };
  let kept: ReadonlyMap<string, Answer> | undefined;
  const asked = new Map<string, Answer>();
  return {
    asked: (name, execute) => (input) => {
      kept ??= answersIn(readSigned(file)?.text ?? "[]");
      const question = sha256(`${name} ${canonical(input)}`);
      const answer = kept.get(question) ?? execute(input);
      asked.set(question, answer);
      return answer;
    },
    keep: () => {
      if (asked.size === 0 || (kept?.size === asked.size && [...asked.keys()].every((name) => kept?.has(name)))) return;
      writeSigned(file, { claim: { answers: asked.size }, text: JSON.stringify([...asked]) });
    },
  };
}

type Answer = ReturnType<PureTransform>;

const payloadType = "application/vnd.omnibase.answers.v1+json";

function answersIn(text: string): ReadonlyMap<string, Answer> {
  const entries: readonly (readonly [string, Json])[] = JSON.parse(text);
  return new Map(entries.flatMap(([question, answer]) => (isAnswer(answer) ? [[question, answer] as const] : [])));
}

const isAnswer = (answer: Json): answer is Answer & { readonly [key: string]: Json } =>
  isObject(answer) && typeof answer["outcome"] === "string" && "value" in answer;
