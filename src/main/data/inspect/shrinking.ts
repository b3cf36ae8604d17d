/** Shrinks samples by averaging neighbours along the axes after the channels, by integer factors. */
import { at } from "../../../shared/kit/fault.ts";

export class Shrinking {
  /** Shape of a shrunk sample. */
  readonly shape: readonly number[];
  readonly size: number;
  /** For every value of a sample, the index of the output that it is averaged into. */
  readonly #slots: Uint32Array;
  /** Number of values averaged into each output. */
  readonly #counts: Float64Array;

  /**
   * @param shape of a sample, channels first; rows of features are not shrunk
   * @param maxSize number of values in a shrunk sample, at most (unless the channels alone are more)
   * @param maxSide length of an axis, at most
   */
  constructor(shape: readonly number[], maxSize: number, maxSide = Number.POSITIVE_INFINITY) {
    const sized = (factor: number) => shape.map((dim, axis) => (axis === 0 ? dim : Math.ceil(dim / factor)));
    const size = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);
    let factor = 1;
    const isLarge = () => size(sized(factor)) > maxSize || sized(factor).some((dim, axis) => axis > 0 && dim > maxSide);
    while (isLarge() && sized(factor).some((dim, axis) => axis > 0 && dim > 1)) factor++;
    this.shape = sized(factor);
    this.size = size(this.shape);
    this.#slots = new Uint32Array(size(shape));
    this.#counts = new Float64Array(this.size);
    const position = shape.map(() => 0);
    for (let i = 0; i < this.#slots.length; i++) {
      const slot = position.reduce((index, place, axis) => index * at(this.shape, axis) + (axis === 0 ? place : Math.floor(place / factor)), 0);
      this.#slots[i] = slot;
      this.#counts[slot] = at(this.#counts, slot) + 1;
      for (let axis = position.length - 1; axis >= 0; axis--) {
        position[axis] = at(position, axis) + 1;
        if (at(position, axis) < at(shape, axis)) break;
        position[axis] = 0;
      }
    }
  }

  /** @param values packed; the sample starts at `from` */
  apply(values: ArrayLike<number>, from = 0): Float64Array {
    const [slots, counts] = [this.#slots, this.#counts];
    const sums = new Float64Array(this.size);
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      sums[slot] = (sums[slot] ?? 0) + (values[from + i] ?? 0);
    }
    return sums.map((sum, i) => sum / (counts[i] ?? 1));
  }
}
