/**
 * Residual networks for small images (He et al. 2016, arXiv:1512.03385, section 4.2): a 3×3 convolution, three stages of n blocks with 16, 32 and 64
 * filters, global average pooling and one dense layer: 6n + 2 layers with weights. Each stage halves the image. Shortcuts are the identity, padded
 * with zeros if the shape changes (option A).
 */
import type { PresetDefinition, PresetLayer } from "./preset.ts";

const STAGES = [16, 32, 64];

const conv = (filters: number, stride: number): readonly PresetLayer[] => [
  { type: "conv2d", filters, stride, padding: stride === 1 ? "same" : 1, bias: false },
  { type: "batchNorm" },
];

function block(filters: number, halves: boolean): readonly PresetLayer[] {
  return [
    {
      type: "residual",
      layers: [...conv(filters, halves ? 2 : 1), { type: "relu" }, ...conv(filters, 1)],
      shortcut: halves ? [{ type: "zeroPadShortcut2d", filters, stride: 2 }] : [],
    },
    { type: "relu" },
  ];
}

/** @param blocks n, the number of blocks per stage */
export function resnet(blocks: number): PresetDefinition {
  return {
    title: { en: `ResNet-${6 * blocks + 2}`, ko: `ResNet-${6 * blocks + 2}` },
    summary: {
      en: `A residual network of ${6 * blocks + 2} layers: shortcuts let gradients reach the first of them.`,
      ko: `${6 * blocks + 2}개 층의 잔차 신경망입니다. 지름길 덕분에 기울기가 첫 층까지 닿습니다.`,
    },
    source: "He, Zhang, Ren & Sun 2016, arXiv:1512.03385, section 4.2",
    rank: 3,
    side: 8,
    layers: (_, outputs) => [
      ...conv(16, 1),
      { type: "relu" },
      ...STAGES.flatMap((filters, stage) => Array.from({ length: blocks }, (__, i) => block(filters, stage > 0 && i === 0)).flat()),
      { type: "globalAvgPool2d" },
      { type: "dense", units: outputs },
    ],
  };
}
