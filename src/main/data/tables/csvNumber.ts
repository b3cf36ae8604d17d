/**
 * Parses plain decimal numbers from bytes to float64. It is exact: an integer below 2⁵³ is a double, so is a power of ten up to 10²², and their product or
 * quotient is rounded once (Clinger 1990, "How to read floating point numbers accurately"). All other numbers are left to `Number`.
 */
import type { DecimalMark } from "./decimals.ts";

const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;
const LARGE_E = 0x45;
const SMALL_E = 0x65;
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const MAX_EXACT = 2 ** 53;

export class NumberReader {
  /** The end of the last number. */
  end = 0;
  /** Whether it has a superfluous leading zero. */
  zeroLed = false;
  readonly #decimal: number;

  constructor(decimal: DecimalMark) {
    this.#decimal = decimal.charCodeAt(0);
  }

  /**
   * Reads a plain decimal number at a position; NaN if there is none or it must be read by `Number`. Sets `end` to the position after the number.
   */
  read(bytes: Buffer, from: number): number {
    let p = from;
    let byte = bytes[p] ?? 0;
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++p] ?? 0;
    let mantissa = 0;
    let first = p;
    for (let digit = byte - 48; digit >= 0 && digit <= 9; digit = byte - 48) {
      mantissa = mantissa * 10 + digit;
      byte = bytes[++p] ?? 0;
    }
    let count = p - first;
    this.zeroLed = count > 1 && bytes[first] === ZERO;
    let exponent = 0;
    if (byte === this.#decimal) {
      byte = bytes[++p] ?? 0;
      first = p;
      for (let digit = byte - 48; digit >= 0 && digit <= 9; digit = byte - 48) {
        mantissa = mantissa * 10 + digit;
        byte = bytes[++p] ?? 0;
      }
      exponent = first - p;
      count -= exponent;
    }
    if (count > 0 && (byte === SMALL_E || byte === LARGE_E)) {
      byte = bytes[++p] ?? 0;
      const down = byte === MINUS;
      if (down || byte === PLUS) byte = bytes[++p] ?? 0;
      first = p;
      let power = 0;
      for (let digit = byte - 48; digit >= 0 && digit <= 9; digit = byte - 48) {
        power = Math.min(power * 10 + digit, 1e6);
        byte = bytes[++p] ?? 0;
      }
      if (p === first) count = 0;
      exponent += down ? -power : power;
    }
    // No digit was lost, because the mantissa only grows.
    if (count === 0 || mantissa > MAX_EXACT || exponent < -22 || exponent > 22) {
      this.end = from;
      return Number.NaN;
    }
    this.end = p;
    const value = exponent < 0 ? mantissa / (POWERS[-exponent] ?? 1) : mantissa * (POWERS[exponent] ?? 1);
    return negative ? -value : value;
  }
}
