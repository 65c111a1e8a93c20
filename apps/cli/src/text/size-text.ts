/** 1.5 MB, as people say it. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const amount = bytes / 1_000 ** power;
  return `${amount < 10 ? amount.toFixed(1) : String(Math.round(amount))} ${units[power - 1] ?? ""}`;
}

const units = ["kB", "MB", "GB", "TB", "PB"];
