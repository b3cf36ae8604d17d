/** 64-bit integers as doubles, computed from their halves: using BigInt would take ten times as long. */
export function wideNumbers(raw: BigInt64Array | BigUint64Array, unsigned: boolean): Float64Array {
  const low = new Uint32Array(raw.buffer, raw.byteOffset, raw.length * 2);
  const high = unsigned ? low : new Int32Array(raw.buffer, raw.byteOffset, raw.length * 2);
  const values = new Float64Array(raw.length);
  // Rounded once: the high half is exact, and so is its product with a power of two.
  for (let i = 0; i < values.length; i++) values[i] = (high[2 * i + 1] ?? 0) * 4_294_967_296 + (low[2 * i] ?? 0);
  return values;
}

/** A decimal of any size, rounded once. @param divisor a power of ten */
export function decimalNumber(unscaled: bigint, divisor: number): number {
  const number = Number(unscaled);
  if (Number.isSafeInteger(number) && divisor <= 1e22) return number / divisor;
  return Number(`${unscaled}e-${Math.round(Math.log10(divisor))}`);
}

/** Whether integers exceed what doubles hold exactly. */
export function isBeyondDoubles(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (Math.abs(values[row] ?? 0) > Number.MAX_SAFE_INTEGER) return true;
  return false;
}
