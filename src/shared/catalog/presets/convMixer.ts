/** A small ConvMixer: patches, then mixing in space by depthwise and across channels by 1×1 convolutions. */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const [WIDTH, DEPTH, KERNEL] = [64, 4, 5];
const after: readonly PresetLayer[] = [{ type: "gelu" }, { type: "batchNorm" }];

export const convMixer: PresetDefinition = {
  title: "ConvMixer",
  summary: "Patches mixed by depthwise and pointwise convolutions: the idea of vision transformers without attention.",
  source: "Trockman & Kolter 2022, arXiv:2201.09792, section 2; width 64, depth 4, kernel 5",
  rank: 3,
  side: 8,
  layers: (input, outputs) => {
    const patch = Math.min(...input.slice(1)) >= 32 ? 4 : 2;
    return [
      { type: "conv2d", filters: WIDTH, kernel: patch, stride: patch },
      ...after,
      ...Array.from({ length: DEPTH }, () => [
        { type: "residual", layers: [{ type: "conv2d", filters: WIDTH, kernel: KERNEL, padding: "same", groups: WIDTH }, ...after], shortcut: [] },
        { type: "conv2d", filters: WIDTH, kernel: 1 },
        ...after,
      ]).flat(),
      { type: "globalAvgPool2d" },
      { type: "dense", units: outputs },
    ];
  },
};
