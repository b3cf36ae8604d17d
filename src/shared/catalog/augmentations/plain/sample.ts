/**
 * One sample in plain numbers, for the reference implementations of augmentations. These are written separately from the definition: nothing in this
 * folder builds a graph or uses helpers of the graphs (dependency-cruiser enforces this), so that a mistake is not repeated in both.
 */
import { at } from "../../../kit/fault.ts";

export type Outside = "zeros" | "border" | "reflection";

/** Integer or fractional position, one number per axis after the channels: [time], [row, column], [plane, row, column]. */
export type Place = readonly number[];

export class Sample {
  /** Row-major. */
  readonly values: ArrayLike<number>;
  /** Channels first. */
  readonly shape: readonly number[];

  constructor(values: ArrayLike<number>, shape: readonly number[]) {
    this.values = values;
    this.shape = shape;
  }

  /** Sizes of the axes after the channels. */
  get space(): Place {
    return this.shape.slice(1);
  }

  get mean(): number {
    return Array.from(this.values).reduce((sum, value) => sum + value, 0) / this.values.length;
  }

  /** @param place integers, one per axis, starting with the channel */
  value(...place: readonly number[]): number {
    return at(
      this.values,
      place.reduce((index, each, axis) => index * at(this.shape, axis) + each, 0),
    );
  }

  /** @param make computes the new value from the old one and its place, which is as in {@link value} */
  map(make: (value: number, place: readonly number[], index: number) => number): Sample {
    const made = Array.from(this.values, (value, index) => {
      let rest = index;
      const place = this.shape.toReversed().map((size) => {
        const own = rest % size;
        rest = (rest - own) / size;
        return own;
      });
      return make(value, place.toReversed(), index);
    });
    return new Sample(made, this.shape);
  }

  /** Linear interpolation between the values of a channel. */
  between(channel: number, place: Place, outside: Outside): number {
    const inside = place.map((each, axis) => brought(each, at(this.space, axis), outside));
    const around = (known: readonly number[]): number => {
      if (known.length === inside.length) return known.every((each, axis) => each >= 0 && each < at(this.space, axis)) ? this.value(channel, ...known) : 0;
      const own = at(inside, known.length);
      const first = Math.floor(own);
      const share = own - first;
      return (share === 1 ? 0 : (1 - share) * around([...known, first])) + (share === 0 ? 0 : share * around([...known, first + 1]));
    };
    return around([]);
  }

  /** Resamples every channel. @param from maps an output position to the input position that it shows */
  moved(from: (place: Place) => Place, outside: Outside): Sample {
    return this.map((_, [channel = 0, ...place]) => this.between(channel, from(place), outside));
  }
}

/** Maps an outside position to the inside, depending on the padding. */
function brought(place: number, size: number, outside: Outside): number {
  if (outside === "zeros") return place;
  if (outside === "border" || size === 1) return Math.min(Math.max(place, 0), size - 1);
  const period = 2 * (size - 1);
  const turned = ((place % period) + period) % period;
  return Math.min(turned, period - turned);
}
