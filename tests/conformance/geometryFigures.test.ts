/**
 * What moves images and volumes, against figures from NumPy, SciPy and PyTorch (tests/golden/augmentations/make_geometry.py): the movement given,
 * its numbers made as `draw` makes them, fed to the augmentation program. So directions are tested too: counter-clockwise, to the right, down, nearer.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AugmentationSource, augmentationGraph, CHUNK } from "../../src/main/engine/programs/augment.ts";
import { floatTensor, GraphSession, uintTensor } from "../../src/main/engine/session.ts";
import { type Crop, cropNumbers } from "../../src/shared/catalog/augmentations/cropResize.ts";
import { displaced, FIELD_DEVIATION, splineField } from "../../src/shared/catalog/augmentations/elasticField.ts";
import { movementNumbers } from "../../src/shared/catalog/augmentations/geometry.ts";
import { homography, type Point } from "../../src/shared/catalog/augmentations/homography.ts";
import { augmentationDefinition } from "../../src/shared/catalog/augmentations/index.ts";
import { type Movement, mapNumbers, mapOf } from "../../src/shared/catalog/augmentations/planar.ts";
import type { SpaceMovement } from "../../src/shared/catalog/augmentations/spatial.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

type Row = { readonly expected: readonly number[] } & (
  | { readonly kind: "movement"; readonly given: Movement }
  | { readonly kind: "space"; readonly given: SpaceMovement }
  | { readonly kind: "corners"; readonly given: readonly Point[] }
  | { readonly kind: "crop"; readonly given: Crop }
  | { readonly kind: "numbers"; readonly given: readonly number[] }
);
interface Group {
  readonly title: string;
  readonly type: string;
  readonly config: object;
  readonly shape: readonly number[];
  readonly sample: readonly number[];
  readonly rows: readonly Row[];
}
interface Elastic {
  readonly intervals: number;
  readonly outside: "zeros" | "border" | "reflection";
  readonly shape: readonly number[];
  readonly sample: readonly number[];
  readonly control: readonly number[];
  readonly field: readonly number[];
  readonly expected: readonly number[];
}
interface Figures {
  readonly groups: readonly Group[];
  readonly homographies: readonly { readonly seen: readonly Point[]; readonly numbers: readonly number[] }[];
  readonly elastic: readonly Elastic[];
  readonly fieldDeviation: number;
}

const figures = JSON.parse(readFileSync(new URL("../golden/augmentations/geometry.json", import.meta.url), "utf8")) as Figures;

/** Values lie in [0, 1]; places are computed in float32. */
const TOLERANCE = 1e-5;
const CORNERS: readonly Point[] = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];

function numbersOf(row: Row, shape: readonly number[]): readonly number[] {
  if (row.kind === "movement") return mapNumbers(mapOf(row.given), shape);
  if (row.kind === "space") return movementNumbers(row.given, shape);
  if (row.kind === "corners") return homography(row.given, CORNERS);
  if (row.kind === "crop") return cropNumbers(row.given, shape);
  return row.given;
}

/** The largest difference, NaN where a value is none. */
function farthest(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - at(found, i))), 0);
}

describe("moved by given numbers", () => {
  it.each(figures.groups)("$title ($type)", async ({ type, config, shape, sample, rows }) => {
    const parsed = at(recipeSchema.shape.augmentation.parse([{ type, ...config }]), 0);
    const source: AugmentationSource = {
      augmentations: [parsed],
      facts: { sampleShape: shape, elementType: "float32" },
      domain: { shape: shape.map(() => 1), offset: Float32Array.of(0), factor: Float32Array.of(1) },
      seed: 1,
    };
    const width = augmentationDefinition(parsed).width(parsed, shape);
    const [samples, numbers, gates] = [new Float32Array(CHUNK * sample.length), new Float32Array(CHUNK * Math.max(1, width)), new Float32Array(CHUNK)];
    expect(rows.length).toBeLessThan(CHUNK);
    for (let i = 0; i < CHUNK; i++) samples.set(sample, i * sample.length);
    for (const [i, row] of rows.entries()) {
      const own = numbersOf(row, shape);
      expect(own.length).toBe(width);
      numbers.set(own, i * width);
      gates[i] = 1;
    }
    const session = await GraphSession.compile(augmentationGraph(source), { threads: 1 });
    const outputs = await session.run({
      samples: floatTensor(samples, [CHUNK, ...shape]),
      numbers: floatTensor(numbers, [CHUNK, Math.max(1, width)]),
      keys: uintTensor(new Uint32Array(CHUNK), [CHUNK, 1]),
      gates: floatTensor(gates, [CHUNK, 1]),
    });
    const found = outputs.floats("augmented");
    await session.dispose();
    for (const [i, row] of rows.entries())
      expect(farthest(found.subarray(i * sample.length, (i + 1) * sample.length), row.expected), JSON.stringify(row.given)).toBeLessThan(TOLERANCE);
    expect(farthest(found.subarray(rows.length * sample.length), Array.from({ length: CHUNK - rows.length }, () => sample).flat()), "the rest").toBe(0);
  });
});

it("the homography is numpy.linalg.solve's", () => {
  for (const { seen, numbers } of figures.homographies) expect(farthest(homography(seen, CORNERS), numbers), JSON.stringify(seen)).toBeLessThan(1e-12);
});

describe("an elastic field", () => {
  it.each(figures.elastic)(
    "of $intervals intervals is scipy's B-spline, $outside outside",
    async ({ intervals, outside, shape, sample, control, field, expected }) => {
      const [, height = 1, width = 1] = shape;
      const lattice = [1, 2, intervals + 3, intervals + 3];
      const builder = new GraphBuilder("elastic");
      const [x, given] = [builder.input("x", "float32", [1, ...shape]), builder.input("control", "float32", lattice)];
      const spline = splineField(given, intervals, height, width);
      builder.output(spline, "field");
      builder.output(displaced(x, spline, outside), "moved");
      const session = await GraphSession.compile(builder.build(), { threads: 1 });
      const outputs = await session.run({
        x: floatTensor(Float32Array.from(sample), [1, ...shape]),
        control: floatTensor(Float32Array.from(control), lattice),
      });
      expect(farthest(outputs.floats("field"), field)).toBeLessThan(1e-6);
      expect(farthest(outputs.floats("moved"), expected)).toBeLessThan(TOLERANCE);
      await session.dispose();
    },
  );

  it("has the deviation of its control points times 151/315", () => {
    expect(FIELD_DEVIATION).toBeCloseTo(figures.fieldDeviation, 7);
  });
});
