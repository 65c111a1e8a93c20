export interface Sample {
  readonly atMs: number;
  readonly rssKiB: number;
}

export interface Slope {
  readonly firstMiB: number;
  readonly lastMiB: number;
  readonly perMinuteMiB: number;
}

const windowMs = 5_000;

/**
 * The line through what a process holds after its collections: the least of every five seconds, by least squares. The first
 * third is warming up.
 */
export function slopeOf(samples: readonly Sample[]): Slope {
  const began = samples[0]?.atMs ?? 0;
  const least = new Map<number, number>();
  for (const { atMs, rssKiB } of samples) {
    const window = Math.floor((atMs - began) / windowMs);
    least.set(window, Math.min(least.get(window) ?? Infinity, rssKiB / 1_024));
  }
  const points = [...least]
    .slice(Math.floor(least.size / 3))
    .map(([window, mib]) => [(window * windowMs) / 60_000, mib] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return {
    firstMiB: points[0]?.[1] ?? Number.NaN,
    lastMiB: points.at(-1)?.[1] ?? Number.NaN,
    perMinuteMiB: above / below,
  };
}
