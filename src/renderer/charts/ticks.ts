/** Readable axis ticks: multiples of 1, 2 or 5 times a power of ten. */

export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** About `count` ticks over a range; the domain is extended to the first and last tick. */
export function linearScale(low: number, high: number, count: number): Scale {
  if (!(high > low)) {
    const pad = Math.abs(low) > 0 ? Math.abs(low) * 0.1 : 1;
    return linearScale(low - pad, low + pad, count);
  }
  const step = niceStep((high - low) / Math.max(1, count));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  return { domain: [ticks[0] ?? low, ticks.at(-1) ?? high], ticks };
}

/** Ticks inside a fixed range, as on the axis of steps. */
export function innerTicks(low: number, high: number, count: number, whole: boolean): readonly number[] {
  if (!(high > low)) return [low];
  const step = whole ? Math.max(1, niceStep((high - low) / count)) : niceStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 between them if there is room. Both ends must be positive. */
export function logScale(low: number, high: number, count: number): Scale {
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const decades = Math.max(1, to - from);
  if (decades > count) {
    const every = Math.ceil(decades / count);
    const ticks = Array.from({ length: Math.floor(decades / every) + 1 }, (_, i) => 10 ** (from + i * every));
    return { domain: [low, high], ticks: ticks.filter((tick) => tick >= low && tick <= high) };
  }
  const mantissas = decades * 3 <= count + 2 ? [1, 2, 5] : decades * 2 <= count + 2 ? [1, 3] : [1];
  const all = Array.from({ length: decades + 1 }, (_, i) => mantissas.map((m) => Number((m * 10 ** (from + i)).toPrecision(3)))).flat();
  const start = all.findLast((tick) => tick <= low * (1 + 1e-9)) ?? low;
  const end = all.find((tick) => tick >= high * (1 - 1e-9)) ?? high;
  return { domain: [start, end], ticks: all.filter((tick) => tick >= start && tick <= end) };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const mantissa = rough / power;
  return (mantissa <= 1.0001 ? 1 : mantissa <= 2.0001 ? 2 : mantissa <= 5.0001 ? 5 : 10) * power;
}

/** A tick's text, with just enough digits to distinguish it from its neighbours. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(4))}k`;
  const text = size < 1e-3 ? value.toExponential() : String(Number(value.toPrecision(6)));
  return text.replaceAll("-", "−");
}
