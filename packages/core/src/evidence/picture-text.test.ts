import { anyGraph, callTo, effectWork, fact, graphOf, live, logOf } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "../execution/decode.ts";
import type { CallPlace, Graph } from "../graph/graph.ts";
import { dotOf } from "./picture-dot.ts";
import { mermaidOf } from "./picture-mermaid.ts";
import { pictureText } from "./picture-text.ts";
import { pictureOf } from "./picture.ts";
import { walkOf } from "./walk.ts";

const { started } = fact;
const make: CallPlace["work"] = { kind: "transform", capability: "std::CT_V0", implementation: "make@1" };

/** A contract with a map in it, which can be undone; and a summary that would act where it is not written as text. */
const graph: Graph = {
  ...graphOf({
    ASK: callTo(
      { kind: "task", summary: `say "hi" <b>\\`, actors: [], fields: {} },
      { outcomes: ["YES", "NO"], edges: { YES: { to: "CC/each" }, NO: { to: "END" } } },
    ),
    "CC/each": callTo(
      { kind: "map", body: "CC/each/do", itemsMax: 3, parallel: 2, succeeds: ["SUCCESS"], stops: true },
      {
        scope: "CC",
        undo: { place: "CC/undo", on: ["SUCCESS"] },
        edges: { SUCCESS: { leave: "SUCCESS" }, FAILED: { leave: "SUCCESS" } },
      },
    ),
    "CC/each/do": callTo(make, { scope: "CC/each", edges: { SUCCESS: { leave: "SUCCESS" } } }),
    "CC/undo": callTo(effectWork(), { scope: "CC", edges: { SUCCESS: { undone: true } } }),
  }),
  scopes: {
    CC: { code: "demo::CC_V0", exits: { SUCCESS: { outputs: {}, to: "END" } } },
    "CC/each": { code: "demo::CC_DO_V0", exits: { SUCCESS: { outputs: {}, back: true } } },
  },
};

const [first = ""] = logOf([started]);
const waiting = pictureOf({ graph, walk: walkOf(graph, [decodeRecord(first)]) });

describe("a picture for a terminal", () => {
  it("brackets contracts and rounds, and says where each way leads", () => {
    expect(pictureText(pictureOf({ graph }))).toBe(`test::WF_V0

· ASK  task · say "hi" <b>\\
    · YES → CC/each
    · NO → END
┌ CC  CC_V0
│ · each  each item, 2 at once
│     · SUCCESS, FAILED → leaves with SUCCESS
│     · round → CC/each/do
│     · undo → CC/undo
│ ┌ CC/each  CC_DO_V0
│ │ · do  CT_V0
│ │     · SUCCESS
│ └ · SUCCESS → the round is over
│ · undo  CS_MAIL · SEND
└ · SUCCESS → END
· END  completed · DONE`);
  });

  it("paints states, with a sign for each", () => {
    const text = pictureText(waiting, { paint: (state, shown) => `[${state}|${shown}]` });
    expect(text).toContain('[waiting|… ASK]  task · say "hi" <b>\\ · waits\n    [idle|· YES] → CC/each');
  });
});

describe("a picture in Mermaid", () => {
  it("holds no text that acts", () => {
    expect(mermaidOf(waiting)).toBe(`flowchart TD
n0(( )):::taken
n1["ASK<br/>task · say #34;hi#34; #60;b#62;#92;<br/>waits"]:::waiting
n5(["END<br/>completed · DONE"]):::idle
subgraph g0["CC CC_V0"]
n2["each<br/>each item, 2 at once"]:::idle
n4["undo<br/>CS_MAIL · SEND"]:::idle
n6(["SUCCESS"]):::idle
subgraph g1["CC/each CC_DO_V0"]
n3["do<br/>CT_V0"]:::idle
n7(["SUCCESS"]):::idle
end
end
n0 ==> n1
n1 -->|"YES"| n2
n1 -->|"NO"| n5
n2 -->|"SUCCESS, FAILED"| n6
n2 -.->|"round"| n3
n2 -.->|"undo"| n4
n3 --> n7
n6 --> n5
classDef idle stroke:#c8d0db
classDef taken stroke:#0b7a53,stroke-width:2px
classDef refused stroke:#a85f00,stroke-width:2px
classDef failed stroke:#c4262e,stroke-width:2px
classDef waiting stroke:#6546d2,stroke-width:2px
classDef here stroke:#1463c6,stroke-width:2px
classDef called_off stroke:#6b7686,stroke-dasharray:4
`);
  });
});

describe("a picture in DOT", () => {
  it("holds no text that acts", () => {
    const text = dotOf(waiting);
    expect(text).toContain('n1 [label="ASK\\ntask · say \\"hi\\" <b>\\\\\\nwaits" color="#6546d2" penwidth=2]');
    expect(text).toContain('subgraph cluster_0 {\ngraph [label="CC CC_V0" style=rounded color="#8a96a6"]\n');
    expect(text).toContain('n0 [shape=point width=0.15 color="#0b7a53"]');
    expect(text).toContain('n0 -> n1 [label="" color="#0b7a53" penwidth=2.5]');
    expect(text).toContain('n2 -> n3 [label="round" style=dashed color="#8a96a6"]');
    expect(text).toContain('n5 [label="END\\ncompleted · DONE" shape=oval color="#8a96a6"]');
  });
});

describe("of any graph", () => {
  it("every text names each place once, and is the same again", () => {
    fc.assert(
      fc.property(fc.record({ graph: anyGraph, seed: fc.nat(), turns: fc.nat(8) }), (given) => {
        const walk = walkOf(given.graph, live(given).owner.lines.map(decodeRecord));
        const picture = pictureOf({ graph: given.graph, walk });
        const boxes = picture.nodes.filter(({ kind }) => kind !== "start" && kind !== "way").length;
        const lines = pictureText(picture).split("\n").slice(2);
        const heads = lines.map((line) => line.replace(/^(?:│ )*/, "")).filter((line) => /^[·✓–✗…▶⊘] /u.test(line));
        expect(heads).toHaveLength(boxes);
        expect(mermaidOf(picture).match(/^n\d+[[(]/gm)).toHaveLength(picture.nodes.length);
        expect(dotOf(picture).match(/^n\d+ \[/gm)).toHaveLength(picture.nodes.length);
        expect([pictureText, mermaidOf, dotOf].map((told) => told(pictureOf({ graph: given.graph, walk })))).toEqual(
          [pictureText, mermaidOf, dotOf].map((told) => told(picture)),
        );
      }),
      { numRuns: 25 },
    );
  });
});
