/** What a preset is: a whole model as an ordinary list of layers, fitted to the samples and to what the loss asks for. */
import type { NestedLayer } from "../layers/layer.ts";

/** A layer as a recipe writes it. */
export interface PresetLayer extends NestedLayer {
  readonly [field: string]: unknown;
}

export interface PresetDefinition {
  readonly title: string;
  /** One sentence: what it is good for. */
  readonly summary: string;
  /** Paper and section, where there is one. */
  readonly source?: string;
  /** Axes of a sample: 1 for features, 2 for signals, 3 for images, 4 for volumes; null for any. */
  readonly rank: 1 | 2 | 3 | 4 | null;
  /** Shortest side that the samples must have in space. */
  readonly side?: number;
  /**
   * @param input shape of one sample
   * @param outputs numbers the last layer must give
   */
  layers(input: readonly number[], outputs: number): readonly PresetLayer[];
}

/** Whether a preset can be put on samples of a shape; else why not, in words. */
export function refusalOf({ rank, side = 1 }: PresetDefinition, input: readonly number[]): string | null {
  const kinds = ["", "rows of features", "signals [channels, length]", "images [channels, height, width]", "volumes [channels, depth, height, width]"];
  if (rank !== null && input.length !== rank) return `needs ${kinds[rank] ?? ""}, and the samples are ${input.join("×")}`;
  const shortest = Math.min(...input.slice(1));
  return input.length > 1 && shortest < side ? `needs samples of at least ${side} in every direction, and these are ${input.slice(1).join("×")}` : null;
}
