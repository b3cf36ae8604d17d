/**
 * A convolution's weight in the blocked layout: [o/b, i/b, kh, kw, b of i, b of o], taps of a third axis as further filters or channels.
 *
 * A matrix transpose makes the filters innermost, which is fast; then runs of one block of filters are gathered in any order, mirrored kernels
 * included. One Transpose of all axes moves single numbers: 0.25 ms with the mirroring for [64,64,3,3], where this takes 0.04.
 */
import { plainNode, type RawNode } from "./rawNodes.ts";

export interface WeightForm {
  readonly filters: number;
  readonly channels: number;
  /** Taps of the kernel: of one image, and along a third axis, there as filters or as channels. */
  readonly taps: number;
  readonly tapsAsFilters: number;
  readonly tapsAsChannels: number;
  readonly block: number;
}

/** A weight as it stands in the graph. */
export interface StoredWeight {
  readonly name: string;
  /** [channels, filters, ...kernel] instead of [filters, channels, ...kernel]. */
  readonly channelsFirst: boolean;
  /** Taps from the last to the first. */
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
