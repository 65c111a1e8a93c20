import type { TestData } from "../artifact/test-data.ts";
import type { Transform } from "../artifact/transform.ts";
import type { Molecule } from "../graph/molecule.ts";
import { findNear, type Finder } from "./find.ts";
import { moleculeOf } from "./molecule.ts";

/** Cases, and the transform that they are about. */
export interface LinkedTests {
  readonly tests: TestData;
  readonly transform: Transform | undefined;
  /** Present where it is made of others. */
  readonly molecule: Molecule | undefined;
}

export const linkTests = (finder: Finder): readonly LinkedTests[] =>
  [...finder.index.values()].flatMap(({ artifact }) => {
    if (artifact?.kind !== "test-data") return [];
    const transform = findNear({ ...artifact.transform, from: artifact.namespace }, "transform", finder);
    return [{ tests: artifact, transform, molecule: transform && moleculeOf(transform, finder) }];
  });

export const transformsIn = ({ index }: Finder): readonly Transform[] =>
  [...index.values()].flatMap(({ artifact }) => (artifact?.kind === "transform" ? [artifact] : []));
