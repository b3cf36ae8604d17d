/** Names of the spatial axes of [C, ...space] samples: sequences [C, L], images [C, H, W], volumes [C, D, H, W]. */
import { at } from "../../kit/fault.ts";
import { joined, say } from "../../kit/say.ts";
import type { Words } from "../../kit/words.ts";
import { LayerMisfit } from "./layer.ts";

/** Number of spatial axes. */
export type Rank = 1 | 2 | 3;

interface SpaceWords {
  readonly sample: Words;
  readonly samples: Words;
  /** What the elements of a sample are called. */
  readonly elements: Words;
  readonly axes: readonly Words[];
  /** What the slices along each axis are called: rows for the height. */
  readonly lines: readonly Words[];
}

const CHANNELS: Words = { en: "channels", ko: "채널" };
const LENGTH: Words = { en: "length", ko: "길이" };
const DEPTH: Words = { en: "depth", ko: "깊이" };
const HEIGHT: Words = { en: "height", ko: "높이" };
const WIDTH: Words = { en: "width", ko: "너비" };
const ROWS: Words = { en: "rows", ko: "행" };
const COLUMNS: Words = { en: "columns", ko: "열" };

export const spaceWords: Readonly<Record<Rank, SpaceWords>> = {
  1: {
    sample: { en: "sequence", ko: "시퀀스" },
    samples: { en: "sequences", ko: "시퀀스" },
    elements: { en: "elements", ko: "원소" },
    axes: [LENGTH],
    lines: [{ en: "elements", ko: "원소" }],
  },
  2: {
    sample: { en: "image", ko: "이미지" },
    samples: { en: "images", ko: "이미지" },
    elements: { en: "pixels", ko: "픽셀" },
    axes: [HEIGHT, WIDTH],
    lines: [ROWS, COLUMNS],
  },
  3: {
    sample: { en: "volume", ko: "부피 데이터" },
    samples: { en: "volumes", ko: "부피 데이터" },
    elements: { en: "voxels", ko: "복셀" },
    axes: [DEPTH, HEIGHT, WIDTH],
    lines: [{ en: "planes", ko: "면" }, ROWS, COLUMNS],
  },
};

/** The channels and spatial axes of a sample; throws a misfit with a remedy if it has other axes. */
export function spatialShape(input: readonly number[], rank: Rank): { readonly channels: number; readonly space: readonly number[] } {
  const { samples, axes } = spaceWords[rank];
  if (input.length !== rank + 1)
    throw new LayerMisfit(
      "",
      say`needs ${samples} of shape [${joined([CHANNELS, ...axes], ", ")}]`,
      say`samples of shape [${input.join(", ")}]`,
      say`Put this layer before flatten and dense, or use data whose samples are ${samples}.`,
    );
  return { channels: at(input, 0), space: input.slice(1) };
}

/** The spatial axes of a batch [N, C, ...space]. */
export function spatialAxes(rank: Rank): readonly number[] {
  return spaceWords[rank].axes.map((_, axis) => axis + 2);
}
