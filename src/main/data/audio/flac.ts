/**
 * Decodes FLAC (RFC 9639) frames exactly, as integers. The checksum of every frame is verified, so that damage is reported.
 * Integers are stored as doubles: 32 products of 32 and 15 bits stay below 2⁵³.
 */
import { at } from "../../../shared/kit/fault.ts";
import { BadFile } from "../sampleFiles/badFile.ts";
import { Bits, EndOfBits } from "./bits.ts";

export interface FlacFormat {
  readonly channels: number;
  readonly bits: number;
}

const BLOCK_SIZES = [0, 192, 576, 1152, 2304, 4608] as const;
const SAMPLE_BITS = [0, 8, 12, 0, 16, 20, 24, 32] as const;
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;
/** Coefficients of the fixed predictors by order. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]] as const;

/**
 * The frames from a byte on, each as one array of values per channel.
 * @throws BadFile for a damaged frame; a stream that ends inside a frame ends with the frame before
 */
export function* flacFrames(bytes: Uint8Array, start: number, format: FlacFormat): Generator<readonly Float64Array[]> {
  for (let place = start; place < bytes.length; ) {
    try {
      const { channels, end } = readFrame(bytes, place, format);
      yield channels;
      place = end;
    } catch (error) {
      if (error instanceof EndOfBits) return;
      throw error;
    }
  }
}

function readFrame(bytes: Uint8Array, start: number, format: FlacFormat): { readonly channels: readonly Float64Array[]; readonly end: number } {
  const bits = new Bits(bytes, start);
  if (bits.unsigned(15) !== 0x7ffc) throw new BadFile("is damaged: a frame does not begin where the previous one ends");
  bits.unsigned(1);
  const sizeCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const assignment = bits.unsigned(4);
  const ownBits = at(SAMPLE_BITS, bits.unsigned(3));
  bits.unsigned(1);
  // The frame number, encoded like UTF-8.
  const first = bits.unsigned(8);
  for (let mark = 0x80, more = -1; (first & mark) !== 0; mark >>= 1, more++) if (more >= 0) bits.unsigned(8);
  const size = sizeCode === 6 ? bits.unsigned(8) + 1 : sizeCode === 7 ? bits.unsigned(16) + 1 : sizeCode > 7 ? 2 ** sizeCode : at(BLOCK_SIZES, sizeCode);
  if (rateCode >= 12) bits.unsigned(rateCode === 12 ? 8 : 16);
  bits.unsigned(8);
  const count = assignment < LEFT_SIDE ? assignment + 1 : 2;
  if (size === 0 || assignment > MID_SIDE || count !== format.channels) throw new BadFile("is damaged: the header of a frame is invalid");
  const depth = ownBits === 0 ? format.bits : ownBits;
  const isSide = (channel: number) => (assignment === SIDE_RIGHT ? channel === 0 : assignment >= LEFT_SIDE && channel === 1);
  const channels = Array.from({ length: count }, (_, channel) => readSubframe(bits, size, depth + (isSide(channel) ? 1 : 0)));
  const end = bits.align();
  if (bits.unsigned(16) !== checksum(bytes, start, end)) throw new BadFile("is damaged: the checksum of a frame is wrong");
  if (assignment >= LEFT_SIDE) join(channels, assignment);
  return { channels, end: end + 2 };
}

function readSubframe(bits: Bits, size: number, depth: number): Float64Array {
  bits.unsigned(1);
  const kind = bits.unsigned(6);
  const wasted = bits.unsigned(1) === 1 ? bits.zeros() + 1 : 0;
  const own = depth - wasted;
  if (own < 1) throw new BadFile("is damaged: samples of 0 bits");
  const values = new Float64Array(size);
  if (kind === 0) values.fill(bits.signed(own));
  else if (kind === 1) for (let i = 0; i < size; i++) values[i] = bits.signed(own);
  else if (kind >= 8 && kind <= 12) readFixed(bits, values, kind - 8, own);
  else if (kind >= 32) readPredicted(bits, values, kind - 31, own);
  else throw new BadFile("is damaged: an unknown subframe type");
  if (wasted > 0) for (let i = 0; i < size; i++) values[i] = (values[i] ?? 0) * 2 ** wasted;
  return values;
}

function readFixed(bits: Bits, values: Float64Array, order: number, depth: number): void {
  for (let i = 0; i < order; i++) values[i] = bits.signed(depth);
  readResidual(bits, values, order);
  predict(values, at(FIXED, order), 0);
}

function readPredicted(bits: Bits, values: Float64Array, order: number, depth: number): void {
  for (let i = 0; i < order; i++) values[i] = bits.signed(depth);
  const precision = bits.unsigned(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new BadFile("is damaged: an invalid predictor");
  const coefficients = Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, values, order);
  predict(values, coefficients, shift);
}

/** Adds the linear prediction to every value, in place. */
function predict(values: Float64Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const unit = 2 ** shift;
  for (let i = order; i < values.length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += (coefficients[k] ?? 0) * (values[i - 1 - k] ?? 0);
    values[i] = (values[i] ?? 0) + Math.floor(sum / unit);
  }
}

/** Reads the residual, which is Rice-coded. */
function readResidual(bits: Bits, values: Float64Array, order: number): void {
  const method = bits.unsigned(2);
  if (method > 1) throw new BadFile("is damaged: an unknown residual coding");
  const width = 4 + method;
  const partitions = 2 ** bits.unsigned(4);
  const length = values.length / partitions;
  if (!Number.isInteger(length) || length < order) throw new BadFile("is damaged: partitions that do not fill a frame");
  for (let partition = 0, i = order; partition < partitions; partition++) {
    const end = (partition + 1) * length;
    const parameter = bits.unsigned(width);
    if (parameter === 2 ** width - 1) {
      const raw = bits.unsigned(5);
      for (; i < end; i++) values[i] = bits.signed(raw);
    } else
      for (; i < end; i++) {
        const folded = bits.zeros() * 2 ** parameter + bits.unsigned(parameter);
        values[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      }
  }
}

/** Restores left and right from mid/side or side-coded channels. */
function join(channels: readonly Float64Array[], assignment: number): void {
  const [first, second] = [at(channels, 0), at(channels, 1)];
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] ?? 0, second[i] ?? 0];
    if (assignment === LEFT_SIDE) second[i] = a - b;
    else if (assignment === SIDE_RIGHT) first[i] = a + b;
    else {
      const middle = 2 * a + Math.abs(b % 2);
      first[i] = (middle + b) / 2;
      second[i] = (middle - b) / 2;
    }
  }
}

const CHECKS = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x8005 : value << 1;
  return value & 0xffff;
});

function checksum(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = ((value << 8) & 0xffff) ^ (CHECKS[(value >> 8) ^ (bytes[i] ?? 0)] ?? 0);
  return value;
}
