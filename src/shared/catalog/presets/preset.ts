/** The definition of a preset: a whole model as a normal list of layers, adapted to the samples and to the outputs that the loss needs. */

import type { Words } from "../../kit/words.ts";
import { shapeText } from "../../text/shapes.ts";
import type { NestedLayer } from "../layers/layer.ts";

/** A layer as it is written in a recipe. */
export interface PresetLayer extends NestedLayer {
  readonly [field: string]: unknown;
}

export interface PresetDefinition {
  readonly title: Words;
  /** One sentence that says when to use it. */
  readonly summary: Words;
  /** Paper and section, where there is one. */
  readonly source?: string;
  /** Number of axes of a sample: 1 for features, 2 for signals, 3 for images, 4 for volumes; null for any. */
  readonly rank: 1 | 2 | 3 | 4 | null;
  /** Minimum length of the spatial axes. */
  readonly side?: number;
  /**
   * @param input shape of one sample
   * @param outputs output width of the last layer
   */
  layers(input: readonly number[], outputs: number): readonly PresetLayer[];
}

const KINDS: Readonly<Record<1 | 2 | 3 | 4, Words>> = {
  1: { en: "rows of features", ko: "특성의 행" },
  2: { en: "signals [channels, length]", ko: "신호 [채널, 길이]" },
  3: { en: "images [channels, height, width]", ko: "이미지 [채널, 높이, 너비]" },
  4: { en: "volumes [channels, depth, height, width]", ko: "부피 데이터 [채널, 깊이, 높이, 너비]" },
};

/** Why a preset does not fit samples of this shape; null if it does. */
export function refusalOf({ rank, side = 1 }: PresetDefinition, input: readonly number[]): Words | null {
  if (rank !== null && input.length !== rank) {
    const { en, ko } = KINDS[rank];
    return { en: `needs ${en}, and the samples are ${shapeText(input)}`, ko: `${ko}이(가) 필요한데 표본은 ${shapeText(input)}입니다` };
  }
  if (input.length < 2 || Math.min(...input.slice(1)) >= side) return null;
  const shape = shapeText(input.slice(1));
  return {
    en: `needs samples of at least ${side} in every direction, and these are ${shape}`,
    ko: `모든 방향으로 ${side} 이상인 표본이 필요한데 표본은 ${shape}입니다`,
  };
}
