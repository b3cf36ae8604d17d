/** Images of a circle, a square, a triangle or a cross, for 2-D convolutions: bright on dark, with smooth edges. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer, real } from "../../kit/schema.ts";
import { ball, box, convex, coverage, type Point, polygon } from "./distances.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("shapes"),
  samples: sampleCount(),
  size: integer({
    default: 28,
    min: 12,
    max: 128,
    title: { en: "Size", ko: "크기" },
    unit: { en: "pixels", ko: "픽셀" },
    description: { en: "Height and width of an image.", ko: "이미지의 높이와 너비." },
  }),
  variation: real({
    default: 1,
    min: 0,
    max: 1,
    step: 0.05,
    title: { en: "Variation", ko: "변화" },
    description: {
      en: "How much position, size and rotation differ from image to image. 0: all centred, equal and upright, so that single pixels decide the class.",
      ko: "위치, 크기, 회전이 이미지마다 얼마나 다른지. 0이면 모두 가운데에 똑같이 바로 놓여 픽셀 하나로도 클래스를 알 수 있습니다.",
    },
  }),
  noise: noiseField(
    0.1,
    {
      en: "Standard deviation of the noise on every pixel, where the background is 0 and the shape 1.",
      ko: "픽셀마다 더하는 잡음의 표준편차. 배경은 0, 도형은 1입니다.",
    },
    1,
  ),
  seed: generatorSeed(),
});

/** The corners of every shape are on a circle of the given radius, so that a shape fits wherever the circle does, at any angle. */
const SHAPES: readonly { readonly name: string; readonly outline: (radius: number) => (point: Point) => number }[] = [
  { name: "circle", outline: (radius) => (point) => ball(radius, point) },
  { name: "square", outline: (radius) => outlineOf(polygon(4, radius)) },
  { name: "triangle", outline: (radius) => outlineOf(polygon(3, radius)) },
  { name: "cross", outline: crossOf },
];

function outlineOf(sides: Parameters<typeof convex>[0]): (point: Point) => number {
  return (point) => convex(sides, point);
}

/** Two crossed bars, each three times as long as wide. */
function crossOf(radius: number): (point: Point) => number {
  const half = radius / Math.hypot(1, 1 / 3);
  const [lying, standing] = [box(half, half / 3, radius), box(half / 3, half, radius)];
  return (point) => Math.min(convex(lying, point), convex(standing, point));
}

/** Number of draws of a sample before those for noise. */
const OWN = 4;

export const shapes = {
  title: { en: "Shapes", ko: "도형" },
  summary: {
    en: "A circle, a square, a triangle or a cross at any position, size and rotation: what convolutions are made for.",
    ko: "위치, 크기, 회전이 제각각인 원, 사각형, 삼각형, 십자 모양입니다. 합성곱이 잘하는 일입니다.",
  },
  source: "I. Quilez, 2D distance functions",
  schema,
  facts: ({ size }) => ({ sampleShape: [1, size, size], target: { kind: "classification", classes: SHAPES.map(({ name }) => name) } }),
  generate: ({ samples: count, size, variation, noise }, random) => {
    const pixels = size * size;
    const draws = new Draws(random, OWN + pixels);
    const samples = new Float32Array(count * pixels);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const label = i % SHAPES.length;
      const radius = size * (0.3 + variation * draws.uniform(i, 0, -0.1, 0.1));
      const room = variation * (size / 2 - radius);
      const [across, down] = [draws.uniform(i, 1, -room, room), draws.uniform(i, 2, -room, room)];
      const turn = variation * draws.uniform(i, 3, -Math.PI, Math.PI);
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      const distance = at(SHAPES, label).outline(radius);
      for (let p = 0; p < pixels; p++) {
        const x = (p % size) + 0.5 - size / 2 - across;
        const y = Math.floor(p / size) + 0.5 - size / 2 - down;
        const value = coverage(distance([cos * x + sin * y, cos * y - sin * x, 0]));
        samples[i * pixels + p] = value + (noise > 0 ? noise * draws.normal(i, OWN + p) : 0);
      }
      targets[i] = label;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 20, size: 40, variation: 0, noise: 0 }, { samples: 21, size: 17, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
