export const version = "0.1.0";

/** Who executed it, as `Started` and the receipt say. */
export const engine: string = `omnibase/${version}`;
