/**
 * Volumes with a ball, a cube, a cylinder or a pyramid, for 3-D convolutions. Rotations are uniformly random: K. Shoemake, "Uniform random
 * rotations", Graphics Gems III, 1992.
 */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer, real } from "../../kit/schema.ts";
import { ball, box, convex, coverage, type Point, type Side } from "./distances.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("solids"),
  samples: sampleCount(),
  size: integer({
    default: 16,
    min: 8,
    max: 48,
    title: { en: "Size", ko: "크기" },
    unit: { en: "voxels", ko: "복셀" },
    description: { en: "Depth, height and width of a volume.", ko: "부피 데이터의 깊이, 높이, 너비." },
  }),
  variation: real({
    default: 1,
    min: 0,
    max: 1,
    step: 0.05,
    title: { en: "Variation", ko: "변화" },
    description: {
      en: "How much position, size and rotation differ from volume to volume. 0: all centred, equal and upright.",
      ko: "위치, 크기, 회전이 표본마다 얼마나 다른지. 0이면 모두 가운데에 똑같이 바로 놓입니다.",
    },
  }),
  noise: noiseField(
    0.1,
    {
      en: "Standard deviation of the noise on every voxel, where the background is 0 and the solid 1.",
      ko: "복셀마다 더하는 잡음의 표준편차. 배경은 0, 입체는 1입니다.",
    },
    1,
  ),
  seed: generatorSeed(),
});

/** The corners of every solid are on a sphere of the given radius, so that a solid fits wherever the sphere does, at any rotation. */
const SOLIDS: readonly { readonly name: string; readonly surface: (radius: number) => (point: Point) => number }[] = [
  { name: "ball", surface: (radius) => (point) => ball(radius, point) },
  {
    name: "cube",
    surface: (radius) => {
      const half = radius / Math.sqrt(3);
      const sides = box(half, half, half);
      return (point) => convex(sides, point);
    },
  },
  {
    name: "cylinder",
    surface: (radius) => {
      // Its height equals its diameter.
      const half = radius / Math.SQRT2;
      return ([x, y, z]) => Math.max(Math.hypot(x, z) - half, Math.abs(y) - half);
    },
  },
  {
    name: "pyramid",
    surface: (radius) => {
      const sides = pyramid(radius);
      return (point) => convex(sides, point);
    },
  },
];

/** A square base at a third of the radius below the centre, and the tip at one radius above it; y points down. */
function pyramid(radius: number): readonly Side[] {
  const base = radius / 3;
  // Half the side of the square with its corners on the sphere at that height.
  const half = Math.sqrt((radius ** 2 - base ** 2) / 2);
  const height = radius + base;
  const length = Math.hypot(height, half);
  // A side face passes through the tip (0, −radius) and the edge of the base (half, base).
  const [out, up] = [height / length, -half / length];
  const offset = -radius * up;
  return [
    [0, 1, 0, base],
    [out, up, 0, offset],
    [-out, up, 0, offset],
    [0, up, out, offset],
    [0, up, -out, offset],
  ];
}

/** Number of draws of a sample before those for noise. */
const OWN = 7;

export const solids = {
  title: { en: "Solids", ko: "입체" },
  summary: { en: "A ball, a cube, a cylinder or a pyramid at any rotation.", ko: "임의로 회전한 공, 정육면체, 원기둥, 피라미드입니다." },
  source: "Shoemake 1992 (rotations)",
  schema,
  facts: ({ size }) => ({ sampleShape: [1, size, size, size], target: { kind: "classification", classes: SOLIDS.map(({ name }) => name) } }),
  generate: ({ samples: count, size, variation, noise }, random) => {
    const voxels = size ** 3;
    const draws = new Draws(random, OWN + voxels);
    const samples = new Float32Array(count * voxels);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const label = i % SOLIDS.length;
      const radius = size * (0.35 + variation * draws.uniform(i, 0, -0.1, 0.1));
      const room = variation * (size / 2 - radius);
      const middle = (draw: number) => size / 2 + draws.uniform(i, draw, -room, room);
      const [right, down, deep] = [middle(1), middle(2), middle(3)];
      const turn = rotation(draws.uniform(i, 4), draws.uniform(i, 5), draws.uniform(i, 6), variation);
      const distance = at(SOLIDS, label).surface(radius);
      for (let v = 0; v < voxels; v++) {
        const x = (v % size) + 0.5 - right;
        const y = (Math.floor(v / size) % size) + 0.5 - down;
        const z = Math.floor(v / (size * size)) + 0.5 - deep;
        samples[i * voxels + v] = coverage(distance(turn(x, y, z))) + (noise > 0 ? noise * draws.normal(i, OWN + v) : 0);
      }
      targets[i] = label;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 8, size: 24, variation: 0, noise: 0 }, { samples: 9, size: 11, noise: 0 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;

/** A random rotation from three uniform numbers, with its angle multiplied by `share`. */
function rotation(u: number, v: number, w: number, share: number): (x: number, y: number, z: number) => Point {
  const [far, near] = [Math.sqrt(1 - u), Math.sqrt(u)];
  const [a, b] = [far * Math.sin(2 * Math.PI * v), far * Math.cos(2 * Math.PI * v)];
  const [c, d] = [near * Math.sin(2 * Math.PI * w), near * Math.cos(2 * Math.PI * w)];
  const along = Math.hypot(a, b, c);
  const half = share * Math.atan2(along, d);
  const scale = along === 0 ? 0 : Math.sin(half) / along;
  const [i, j, k, r] = [a * scale, b * scale, c * scale, Math.cos(half)];
  return (x, y, z) => [
    (1 - 2 * (j * j + k * k)) * x + 2 * (i * j - k * r) * y + 2 * (i * k + j * r) * z,
    2 * (i * j + k * r) * x + (1 - 2 * (i * i + k * k)) * y + 2 * (j * k - i * r) * z,
    2 * (i * k - j * r) * x + 2 * (j * k + i * r) * y + (1 - 2 * (i * i + j * j)) * z,
  ];
}
