import { accessSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Resvg } from "@resvg/resvg-js";
import { PictureFault } from "./fault.ts";

export interface PngOptions {
  /** Where the fonts lie; sources find them by themselves. */
  readonly fontsUrl?: URL;
}

/** Twice as large as it is meant to be seen, unless that would be more than anyone can look at. */
const zoom = 2;
const pixelsMax = 12_000_000;

/** An SVG of ours as PNG. No font of the machine is asked, so it looks the same everywhere. */
export async function pngOf(
  svg: string,
  { fontsUrl = new URL("../../assets/", import.meta.url) }: PngOptions = {},
): Promise<Uint8Array> {
  const fontFiles = ["inter-regular.ttf", "inter-semibold.ttf"].map((name) => fileURLToPath(new URL(name, fontsUrl)));
  // Without them it would draw everything but the texts, and not say so.
  for (const file of fontFiles) accessSync(file);
  const library = await load();
  const [, width = "1", height = "1"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const scale = Math.min(zoom, Math.sqrt(pixelsMax / (Number(width) * Number(height))));
  const picture = new library.Resvg(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
    fitTo: { mode: "zoom", value: scale },
    logLevel: "off",
  });
  return picture.render().asPng();
}

/** Only PNG needs it, so a machine without it draws everything else. */
async function load(): Promise<{ readonly Resvg: typeof Resvg }> {
  try {
    return await import("@resvg/resvg-js");
  } catch (cause) {
    throw new PictureFault("PNG_UNAVAILABLE", "PNG needs the optional package @resvg/resvg-js", { cause });
  }
}
