import type { PictureState } from "@omnibase/core";
import { textStyles } from "./sizes.ts";

/** `auto`: light, and dark where whoever looks prefers dark. */
export type Theme = "auto" | "light" | "dark";

interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly card: string;
  readonly border: string;
  readonly line: string;
  readonly group: string;
  readonly groupBorder: string;
  /** For each state a strong colour and a soft one. */
  readonly states: { readonly [State in Exclude<PictureState, "idle">]: readonly [string, string] };
}

const light: Palette = {
  ground: "#ffffff",
  text: "#16202e",
  muted: "#5d6a7c",
  card: "#ffffff",
  border: "#c8d0db",
  line: "#a9b4c2",
  group: "#f5f7fa",
  groupBorder: "#d8dee7",
  states: {
    taken: ["#0b7a53", "#ecf8f2"],
    refused: ["#a85f00", "#fff6e5"],
    failed: ["#c4262e", "#fdeeee"],
    waiting: ["#6546d2", "#f3f0fe"],
    here: ["#1463c6", "#eaf3fe"],
    "called-off": ["#6b7686", "#f2f4f7"],
  },
};

const dark: Palette = {
  ground: "#0f141b",
  text: "#e7ecf3",
  muted: "#98a5b7",
  card: "#171e28",
  border: "#364254",
  line: "#506074",
  group: "#131921",
  groupBorder: "#273241",
  states: {
    taken: ["#43c98f", "#10281e"],
    refused: ["#e6aa4e", "#2b2112"],
    failed: ["#f47b7f", "#2f181a"],
    waiting: ["#ab98ff", "#201b35"],
    here: ["#66abff", "#12253d"],
    "called-off": ["#8894a6", "#1a222d"],
  },
};

export function styleOf(theme: Theme): string {
  const [base, other] = theme === "dark" ? [dark] : theme === "light" ? [light] : [light, dark];
  const fonts = Object.entries(textStyles).map(
    ([name, { size, weight }]) =>
      `.${name}{font-size:${String(size)}px${weight === "semibold" ? ";font-weight:600" : ""}}`,
  );
  const media = other === undefined ? "" : `@media (prefers-color-scheme:dark){${coloursOf(other)}}`;
  return `text{font-family:Inter,"Helvetica Neue",Arial,sans-serif}${fonts.join("")}${shapes}${coloursOf(base ?? light)}${media}`;
}

/** What does not depend on colours. */
const shapes =
  ".line,.icon,.mark{fill:none;stroke-linecap:round;stroke-linejoin:round}.line{stroke-width:1.25}.line-taken{stroke-width:2.25}" +
  ".line-undo,.line-round{stroke-dasharray:4 4}.icon{stroke-width:1.3}.mark{stroke-width:1.8}.card{stroke-width:1.25}.told{stroke-width:1.75}.reference{stroke-dasharray:3 3}";

function coloursOf({ border, card, ground, group, groupBorder, line, muted, states, text }: Palette): string {
  return [
    `.ground,.halo{fill:${ground}}`,
    `.heading,.title{fill:${text}}`,
    `.caption,.detail,.label,.way{fill:${muted}}`,
    `.card{fill:${card};stroke:${border}}`,
    `.tile,.halo-inside{fill:${group}}`,
    `.icon{stroke:${muted}}`,
    `.group{fill:${group};stroke:${groupBorder}}`,
    `.line{stroke:${line}}.tip{fill:${line}}`,
    `.mark{stroke:${ground}}`,
    `.start{fill:${muted}}`,
    ...Object.entries(states).map(
      ([state, [strong, soft]]) =>
        `.card-${state}{fill:${soft};stroke:${strong}}.ink-${state}{fill:${strong}}.icon-${state}{stroke:${strong}}` +
        `.tile-${state}{fill:${card}}.group-${state}{stroke:${strong}}`,
    ),
    `.line-taken{stroke:${states.taken[0]}}.tip-taken{fill:${states.taken[0]}}`,
  ].join("");
}
