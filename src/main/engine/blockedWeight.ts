/**
 * A convolution's weight in the blocked layout: [o/b, i/b, kh, kw, b of i, b of o]; taps of a third axis become more filters or channels.
 *
 * A matrix transpose makes the filters the innermost axis, which is fast; then runs of one block of filters are gathered in any order, including mirrored
 * kernels. A Transpose of all axes would move single numbers: 0.25 ms with mirroring for [64,64,3,3], compared with 0.04 here.
 */
import { plainNode, type RawNode } from "./rawNodes.ts";

export interface WeightForm {
  readonly filters: number;
  readonly channels: number;
  /** Kernel taps: of one image, and along a third axis, where they become filters or channels. */
  readonly taps: number;
  readonly tapsAsFilters: number;
  readonly tapsAsChannels: number;
  readonly block: number;
}

/** A weight as stored in the graph. */
export interface StoredWeight {
  readonly name: string;
  /** [channels, filters, ...kernel] instead of [filters, channels, ...kernel]. */
  readonly channelsFirst: boolean;
  /** Whether the taps are in reverse order. */
  readonly mirrored: boolean;
}

/** @param shape of the convolution's weight, four numbers */
export function blockedWeight(weight: StoredWeight, form: WeightForm, to: string, shape: readonly number[]): readonly RawNode[] {
  const { filters, channels, taps, tapsAsFilters, tapsAsChannels, block } = form;
  const total = taps * tapsAsFilters * tapsAsChannels;
  const entries: number[] = [];
  for (let f = 0; f < tapsAsFilters; f++)
    for (let o = 0; o < filters / block; o++)
      for (let t = 0; t < tapsAsChannels; t++)
        for (let i = 0; i < channels; i += block)
          for (let k = 0; k < taps; k++)
            for (let c = i; c < i + block; c++) {
              const tap = (f + t) * taps + k;
              entries.push((c * total + (weight.mirrored ? total - 1 - tap : tap)) * (filters / block) + o);
            }
  return filtersInnermost(weight, { filters, channels, taps: total, block }, `${to}/runs`).concat([
    plainNode("Gather", [`${to}/runs`], `${to}/ordered`, [entries], { axis: 0 }),
    plainNode("Reshape", [`${to}/ordered`], to, [shape]),
  ]);
}

/** [channels · taps · filters/b, b]: entry (c · taps + tap) · filters/b + block of filters. */
export function filtersInnermost(
  { name, channelsFirst }: Pick<StoredWeight, "name" | "channelsFirst">,
  { filters, channels, taps, block }: Pick<WeightForm, "filters" | "channels" | "taps" | "block">,
  to: string,
): readonly RawNode[] {
  const flat = channelsFirst ? [channels, filters, taps] : [filters, channels * taps];
  return [
    plainNode("Reshape", [name], `${to}/flat`, [flat]),
    plainNode("Transpose", [`${to}/flat`], `${to}/turned`, [], { perm: channelsFirst ? [0, 2, 1] : [1, 0] }),
    plainNode("Reshape", [`${to}/turned`], to, [[(channels * taps * filters) / block, block]]),
  ];
}
