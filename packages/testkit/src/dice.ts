/** Chance that can be had again: the same seed, the same throws. */
export interface Dice {
  /** From 0 to below 1. */
  roll(): number;
  /** From 0 to below `count`. */
  upTo(count: number): number;
  chance(share: number): boolean;
  pick<const Items extends readonly [unknown, ...(readonly unknown[])]>(items: Items): Items[number];
  /** One of the items, or `undefined` where there are none. */
  any<T>(items: readonly T[]): T | undefined;
}

/** The generator mulberry32: small, quick, and good enough for looking into corners. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (count: number): number => Math.floor(roll() * count);
  return {
    roll,
    upTo,
    chance: (share) => roll() < share,
    pick: (items) => items[upTo(items.length)] ?? items[0],
    any: (items) => items[upTo(items.length)],
  };
}
