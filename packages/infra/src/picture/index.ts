export { PictureFault } from "./fault.ts";
export { pngOf } from "./png.ts";
export type { PngOptions } from "./png.ts";
export { svgOf } from "./svg.ts";
export type { SvgOptions } from "./svg.ts";
export type { Theme } from "./theme.ts";
