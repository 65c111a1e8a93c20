import type { TestData } from "../artifact/test-data.ts";
import type { Transform } from "../artifact/transform.ts";
import { findNear, type Finder } from "./find.ts";

/** Cases, and the transform that they are about. */
export interface LinkedTests {
  readonly tests: TestData;
  readonly transform: Transform | undefined;
}

export const linkTests = (finder: Finder): readonly LinkedTests[] =>
  [...finder.index.values()].flatMap(({ artifact }) =>
    artifact?.kind === "test-data"
      ? [
          {
            tests: artifact,
            transform: findNear({ ...artifact.transform, from: artifact.namespace }, "transform", finder),
          },
        ]
      : [],
  );

export const transformsIn = ({ index }: Finder): readonly Transform[] =>
  [...index.values()].flatMap(({ artifact }) => (artifact?.kind === "transform" ? [artifact] : []));
