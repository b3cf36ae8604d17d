/** The fourteen operations of RandAugment and TrivialAugment in plain numbers (torchvision's lists, with linear sampling and shear about the centre). */
import { at } from "../../../kit/fault.ts";
import type { SampleRandom } from "../sampleRandom.ts";
import { autoContrast, blend, equalize, gray, posterize, smooth, solarize } from "./light.ts";
import type { Sample } from "./sample.ts";
import { type Offset, seen, shiftedBack, turnedBack } from "./space.ts";

/** The operations' ranges at full strength. */
interface Strongest {
  /** Tangent of the shear angle. */
  readonly slant: number;
  /** In pixels, for an axis of this size. */
  shift(size: number): number;
  readonly degrees: number;
  readonly factor: number;
  readonly bits: number;
}

/** In the order of the lists, because operations are drawn by index. */
const OPERATIONS: readonly ((sample: Sample, strength: number, strongest: Strongest) => Sample)[] = [
  (sample) => sample,
  (sample, strength, { slant }) => view(sample, ([u = 0, v = 0]) => [u - slant * strength * v, v]),
  (sample, strength, { slant }) => view(sample, ([u = 0, v = 0]) => [u, v - slant * strength * u]),
  (sample, strength, { shift }) => view(sample, (offset) => shiftedBack(offset, [shift(at(sample.shape, 2)) * strength, 0])),
  (sample, strength, { shift }) => view(sample, (offset) => shiftedBack(offset, [0, shift(at(sample.shape, 1)) * strength])),
  (sample, strength, { degrees }) => view(sample, (offset) => turnedBack(offset, 0, 1, degrees * strength)),
  (sample, strength, { factor }) => blend(sample, new Float64Array(sample.values.length), 1 + factor * strength),
  (sample, strength, { factor }) => blend(sample, gray(sample).values, 1 + factor * strength),
  (sample, strength, { factor }) => blend(sample, new Float64Array(sample.values.length).fill(gray(sample).mean), 1 + factor * strength),
  (sample, strength, { factor }) => blend(sample, smooth(sample).values, 1 + factor * strength),
  (sample, strength, { bits }) => {
    const dropped = Math.round(bits * Math.abs(strength));
    return dropped === 0 ? sample : sample.map((value) => posterize(value, dropped));
  },
  (sample, strength) => (strength === 0 ? sample : sample.map((value) => solarize(value, 1 - Math.abs(strength)))),
  (sample) => autoContrast(sample),
  (sample) => equalize(sample),
];

const view = (sample: Sample, back: (offset: Offset) => Offset): Sample => seen(sample, back, "zeros");

/** Applies one random operation at a strength from 0 to 1, with a random sign. */
export function operated(sample: Sample, random: SampleRandom, strength: number, strongest: Strongest): Sample {
  const operation = at(OPERATIONS, random.below("operation", OPERATIONS.length));
  return operation(sample, random.uniform("side") < 0.5 ? -strength : strength, strongest);
}
