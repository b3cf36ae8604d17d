/** Names of the spatial axes of [C, ...space] samples: sequences [C, L], images [C, H, W], volumes [C, D, H, W]. */
import { at } from "../../kit/fault.ts";
import type { Words } from "../../kit/words.ts";
import { LayerMisfit } from "./layer.ts";

/** Number of spatial axes. */
export type Rank = 1 | 2 | 3;

interface SpaceWords {
  readonly sample: Words;
  readonly samples: string;
  /** What the elements of a sample are called. */
  readonly elements: Words;
  readonly axes: readonly string[];
  readonly axesKo: readonly string[];
  /** What the slices along each axis are called: rows for the height. */
  readonly lines: readonly string[];
}

export const spaceWords: Readonly<Record<Rank, SpaceWords>> = {
  1: {
    sample: { en: "sequence", ko: "시퀀스" },
    samples: "sequences",
    elements: { en: "elements", ko: "원소" },
    axes: ["length"],
    axesKo: ["길이"],
    lines: ["elements"],
  },
  2: {
    sample: { en: "image", ko: "이미지" },
    samples: "images",
    elements: { en: "pixels", ko: "픽셀" },
    axes: ["height", "width"],
    axesKo: ["높이", "너비"],
    lines: ["rows", "columns"],
  },
  3: {
    sample: { en: "volume", ko: "부피 데이터" },
    samples: "volumes",
    elements: { en: "voxels", ko: "복셀" },
    axes: ["depth", "height", "width"],
    axesKo: ["깊이", "높이", "너비"],
    lines: ["planes", "rows", "columns"],
  },
};

/** The channels and spatial axes of a sample; throws a misfit with a remedy if it has other axes. */
export function spatialShape(input: readonly number[], rank: Rank): { readonly channels: number; readonly space: readonly number[] } {
  const { samples, axes } = spaceWords[rank];
  if (input.length !== rank + 1)
    throw new LayerMisfit(
      "",
      `needs ${samples} of shape [${["channels", ...axes].join(", ")}]`,
      `samples of shape [${input.join(", ")}]`,
      `Put this layer before flatten and dense, or use data whose samples are ${samples}.`,
    );
  return { channels: at(input, 0), space: input.slice(1) };
}

/** The spatial axes of a batch [N, C, ...space]. */
export function spatialAxes(rank: Rank): readonly number[] {
  return spaceWords[rank].axes.map((_, axis) => axis + 2);
}

/** "a", "a and b", "a, b and c". */
export function sentence(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
