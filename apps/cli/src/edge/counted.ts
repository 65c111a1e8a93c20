/** A number and what it is of. */
export const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? "" : "s"}`;

/** To three digits, in the unit that fits. */
export function bytesText(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${String(Number((bytes / 1_024 ** step).toPrecision(3)))} ${units[step] ?? ""}`;
}
