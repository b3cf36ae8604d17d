/**
 * Statistics of the values of each channel, and of all channels. Bytes are counted, which gives everything in one pass; floats are summed, and
 * need a second pass for quartiles and histogram.
 */
import type { NumberSummary } from "../../../shared/contract/inspection.ts";
import { at, internal } from "../../../shared/kit/fault.ts";
import { Counter, chooseBins } from "../../../shared/math/histogram.ts";
import { deviationOf, type Moments, mergeMoments, NO_MOMENTS, quantilePosition } from "../../../shared/math/statistics.ts";
import { NOTHING } from "./columnFigures.ts";
import { QuartileSelection } from "./quartiles.ts";

/** With more channels, only the statistics of all values together are given. */
const MAX_CHANNELS = 64;
const BYTES = 256;

export interface ChannelSummaries {
  readonly channels: readonly NumberSummary[];
  readonly values: NumberSummary;
}

export interface ChannelFigures {
  /** @param samples packed, `channels` runs of `run` values per sample */
  add(samples: Uint8Array | Float32Array): void;
  /** Ends a pass. Floats need two: the second one refines the quartiles, and fills histograms with the bins that the first one chose. */
  endPass(): void;
  /** @param exact whether all samples were seen */
  summaries(exact: boolean): ChannelSummaries;
}

export function channelFigures(channels: number, run: number, isBytes: boolean): ChannelFigures {
  return isBytes ? new ByteFigures(channels, run) : new FloatFigures(channels, run);
}

class ByteFigures implements ChannelFigures {
  readonly #channels: number;
  readonly #run: number;
  /** [channels, 256] */
  readonly #counts: Float64Array;

  constructor(channels: number, run: number) {
    this.#channels = channels;
    this.#run = run;
    this.#counts = new Float64Array(channels * BYTES);
  }

  add(samples: Uint8Array | Float32Array): void {
    const counts = this.#counts;
    for (let i = 0; i < samples.length; )
      for (let channel = 0; channel < this.#channels; channel++) {
        const offset = channel * BYTES;
        for (const end = i + this.#run; i < end; i++) {
          const slot = offset + (samples[i] ?? 0);
          counts[slot] = (counts[slot] ?? 0) + 1;
        }
      }
  }

  endPass(): void {}

  summaries(exact: boolean): ChannelSummaries {
    const all = new Float64Array(BYTES);
    for (const [i, count] of this.#counts.entries()) all[i % BYTES] = at(all, i % BYTES) + count;
    const each = Array.from({ length: this.#channels }, (_, k) => summaryOfCounts(this.#counts.subarray(k * BYTES, (k + 1) * BYTES), exact));
    return { channels: this.#channels > MAX_CHANNELS ? [] : each, values: summaryOfCounts(all, exact) };
  }
}

function summaryOfCounts(counts: Float64Array, exact: boolean): NumberSummary {
  const present = Array.from(counts.keys()).filter((value) => at(counts, value) > 0);
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (count === 0) return NOTHING;
  const mean = present.reduce((sum, value) => sum + value * at(counts, value), 0) / count;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2 * at(counts, value), 0);
  const [min, max] = [at(present, 0), at(present, present.length - 1)];
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((fraction) => quantileOfCounts(counts, count, fraction));
  const counter = new Counter(chooseBins({ count, min, max, interquartile: (q3 ?? 0) - (q1 ?? 0), whole: true }));
  for (const value of present) counter.add(value, at(counts, value));
  const order = exact
    ? { q1: q1 ?? null, median: median ?? null, q3: q3 ?? null, distinct: present.length }
    : { q1: null, median: null, q3: null, distinct: null };
  return { count, missing: 0, mean, deviation: deviationOf({ count, mean, squares }), min, max, zeros: at(counts, 0), histogram: counter.histogram, ...order };
}

function quantileOfCounts(counts: Float64Array, count: number, fraction: number): number {
  const { rank, share } = quantilePosition(count, fraction);
  const valueAt = (wanted: number): number => {
    let seen = 0;
    return counts.findIndex((each) => {
      seen += each;
      return seen > wanted;
    });
  };
  const below = valueAt(rank);
  return share === 0 ? below : below + (valueAt(rank + 1) - below) * share;
}

/** Running statistics of one float channel. */
interface Running {
  readonly selection: QuartileSelection;
  moments: Moments;
  missing: number;
  zeros: number;
  min: number;
  max: number;
  whole: boolean;
  counter: Counter | null;
}

class FloatFigures implements ChannelFigures {
  readonly #run: number;
  readonly #isMany: boolean;
  /** One per channel, and last one for all channels if there are several. */
  readonly #running: readonly Running[];
  #passes = 0;

  constructor(channels: number, run: number) {
    this.#isMany = channels > MAX_CHANNELS;
    this.#run = this.#isMany ? run * channels : run;
    this.#running = Array.from({ length: this.#isMany || channels === 1 ? 1 : channels + 1 }, () => ({
      selection: new QuartileSelection(),
      moments: NO_MOMENTS,
      missing: 0,
      zeros: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      whole: true,
      counter: null,
    }));
  }

  get #groups(): number {
    return Math.max(1, this.#running.length - 1);
  }

  add(samples: Uint8Array | Float32Array): void {
    if (!(samples instanceof Float32Array)) throw internal("bytes in a float data set");
    const all = at(this.#running, this.#running.length - 1);
    for (let i = 0; i < samples.length; )
      for (let group = 0; group < this.#groups; group++, i += this.#run) {
        const own = at(this.#running, group);
        if (this.#passes === 0) addMoments(own, samples, i, i + this.#run);
        for (const each of own === all ? [own] : [own, all]) {
          each.selection.add(samples, i, i + this.#run);
          each.counter?.addAll(samples.subarray(i, i + this.#run));
        }
      }
  }

  endPass(): void {
    if (this.#passes === 0) this.#merge();
    for (const each of this.#running) {
      each.selection.narrow();
      if (this.#passes === 0) each.counter = counterOf(each);
    }
    this.#passes++;
  }

  summaries(exact: boolean): ChannelSummaries {
    const each = this.#running.map((running) => summaryOf(running, exact));
    return { channels: this.#isMany ? [] : each.slice(0, this.#groups), values: at(each, each.length - 1) };
  }

  #merge(): void {
    if (this.#running.length === 1) return;
    const parts = this.#running.slice(0, -1);
    const all = at(this.#running, this.#groups);
    all.moments = parts.reduce((sum, { moments }) => mergeMoments(sum, moments), NO_MOMENTS);
    all.missing = parts.reduce((sum, { missing }) => sum + missing, 0);
    all.zeros = parts.reduce((sum, { zeros }) => sum + zeros, 0);
    all.min = parts.reduce((least, { min }) => Math.min(least, min), Number.POSITIVE_INFINITY);
    all.max = parts.reduce((most, { max }) => Math.max(most, max), Number.NEGATIVE_INFINITY);
    all.whole = parts.every(({ whole }) => whole);
  }
}

function addMoments(running: Running, samples: Float32Array, from: number, to: number): void {
  let [count, sum, missing, zeros] = [0, 0, 0, 0];
  let { min, max, whole } = running;
  for (let i = from; i < to; i++) {
    const value = samples[i] ?? 0;
    if (value - value !== 0) {
      missing++;
      continue;
    }
    sum += value;
    count++;
    if (value === 0) zeros++;
    if (value < min) min = value + 0;
    if (value > max) max = value + 0;
    if (whole && Math.floor(value) !== value) whole = false;
  }
  running.missing += missing;
  if (count === 0) return;
  const mean = sum / count;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const difference = (samples[i] ?? 0) - mean;
    if (difference - difference === 0) squares += difference * difference;
  }
  running.moments = mergeMoments(running.moments, { count, mean, squares });
  running.zeros += zeros;
  running.min = min;
  running.max = max;
  running.whole = whole;
}

function counterOf({ moments, min, max, whole, selection }: Running): Counter | null {
  const { quartiles } = selection;
  return quartiles === null ? null : new Counter(chooseBins({ count: moments.count, min, max, interquartile: quartiles.q3 - quartiles.q1, whole }));
}

function summaryOf({ moments, missing, zeros, min, max, selection, counter }: Running, exact: boolean): NumberSummary {
  if (moments.count === 0) return { ...NOTHING, missing };
  const quartiles = exact ? selection.quartiles : null;
  return {
    count: moments.count,
    missing,
    mean: min === max ? min : moments.mean,
    deviation: deviationOf(moments),
    min,
    q1: quartiles?.q1 ?? null,
    median: quartiles?.median ?? null,
    q3: quartiles?.q3 ?? null,
    max,
    distinct: null,
    zeros,
    histogram: counter?.histogram ?? null,
  };
}
