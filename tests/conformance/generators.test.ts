/**
 * The battery over every synthetic data set, from the registry itself: shapes, balance, finite numbers, the same bits for the same
 * configuration and others for another seed, a number a sample that does not depend on how many there are. Then, a set at a time, what
 * holds exactly where there is no noise, stated here by itself; a set of which nothing is stated fails.
 */
import { describe, expect, it } from "vitest";
import { type GeneratorConfig, type GeneratorName, generateSamples, generatorDefinition, generators } from "../../src/shared/catalog/generators/index.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { sourceSchema } from "../../src/shared/recipe/sources.ts";

const names = Object.keys(generators) as (keyof typeof generators)[];

function parse(type: string, fields: object = {}): GeneratorConfig {
  const source = sourceSchema.parse({ type: "synthetic", generator: { type, ...fields } });
  if (source.type !== "synthetic") throw new Error("expected a synthetic source");
  return source.generator;
}

const sizeOf = (config: GeneratorConfig) =>
  generatorDefinition(config)
    .facts(config)
    .sampleShape.reduce((a, b) => a * b, 1);

/** The samples as rows. */
function rowsOf(config: GeneratorConfig): { readonly rows: readonly Float32Array[]; readonly targets: readonly number[] } {
  const { samples, targets } = generateSamples(config);
  const size = sizeOf(config);
  return { rows: Array.from({ length: config.samples }, (_, i) => samples.subarray(i * size, (i + 1) * size)), targets: [...targets] };
}

const mean = (values: Iterable<number>) => {
  const list = [...values];
  return list.reduce((a, b) => a + b, 0) / list.length;
};

describe.each(names)("%s", (type) => {
  const { samples: configurations, summary } = generators[type];

  it("says what it is for, and its first configuration is the default", () => {
    expect(summary.en.length).toBeGreaterThan(10);
    expect(configurations[0]).toEqual({});
    const fields = Object.keys(generators[type].schema.shape);
    expect(fields).toEqual(expect.arrayContaining(["type", "samples", "noise", "seed"]));
    for (const field of fields.filter((name) => name !== "type")) {
      const meta = Reflect.get(generators[type].schema.shape, field).meta();
      expect(meta?.title, field).toBeTruthy();
      expect(meta?.description.length, field).toBeGreaterThan(10);
    }
  });

  it.each(configurations.map((each) => [each]))("%j: shapes, types, classes and finite numbers", (fields) => {
    const config = parse(type, fields);
    const { sampleShape, target } = generatorDefinition(config).facts(config);
    const { samples, targets } = generateSamples(config);
    expect(sampleShape.every((dim) => Number.isInteger(dim) && dim > 0)).toBe(true);
    expect(samples).toBeInstanceOf(Float32Array);
    expect(samples.length).toBe(config.samples * sizeOf(config));
    expect(samples.every(Number.isFinite)).toBe(true);
    if (target.kind === "regression") {
      expect(targets).toBeInstanceOf(Float32Array);
      expect(targets.length).toBe(config.samples * target.names.length);
      expect(targets.every(Number.isFinite)).toBe(true);
      return;
    }
    expect(targets).toBeInstanceOf(Int32Array);
    expect(new Set(target.classes).size).toBe(target.classes.length);
    const counts = target.classes.map((_, label) => targets.filter((each) => each === label).length);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(config.samples);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it("is the same bits for the same configuration, and others for another seed of up to 53 bits", () => {
    const config = parse(type, { samples: 24 });
    const first = generateSamples(config);
    expect(generateSamples(parse(type, { samples: 24 }))).toEqual(first);
    for (const seed of [1, 2 ** 40]) expect(generateSamples(parse(type, { samples: 24, seed })).samples).not.toEqual(first.samples);
  });

  it("keeps its samples when there are more of them, and no two are alike", () => {
    const few = rowsOf(parse(type, { samples: 12 }));
    const many = rowsOf(parse(type, { samples: 40 }));
    expect(many.rows.slice(0, 12)).toEqual(few.rows);
    expect(many.targets.slice(0, 12)).toEqual(few.targets);
    expect(new Set(many.rows.map((row) => row.join())).size).toBe(40);
  });

  it("adds noise of the standard deviation it names", () => {
    const samples = Math.max(40, Math.ceil(20_000 / sizeOf(parse(type))));
    const noise = 0.25;
    const of = (level: number) => {
      const config = parse(type, { samples, noise: level });
      const { samples: values, targets } = generateSamples(config);
      return generatorDefinition(config).facts(config).target.kind === "regression" ? targets : values;
    };
    const [clean, noisy] = [of(0), of(noise)];
    const added = Float64Array.from(noisy, (value, i) => value - at(clean, i));
    const [centre, spread] = [mean(added), Math.sqrt(mean(added.map((value) => value * value)))];
    // Standard errors: noise / √n and noise / √(2n); five of each.
    expect(Math.abs(centre)).toBeLessThan((5 * noise) / Math.sqrt(added.length));
    expect(Math.abs(spread - noise)).toBeLessThan((5 * noise) / Math.sqrt(2 * added.length));
    // Noise of one number says nothing of the next.
    const next = mean(added.subarray(1).map((value, i) => value * at(added, i)));
    expect(Math.abs(next)).toBeLessThan((5 * noise * noise) / Math.sqrt(added.length));
  });

  it("comes through the recipe's schema and JSON as it is", () => {
    for (const fields of configurations) {
      const config = parse(type, fields);
      expect(parse(type, JSON.parse(JSON.stringify(config)))).toEqual(config);
    }
    expect(() => parse(type, { samples: 1 })).toThrow();
    expect(() => parse(type, { loudness: 3 })).toThrow();
  });
});

/** The data sets whose laws are stated below. */
const lawful = new Set<string>();

function law(type: GeneratorName, title: string, test: () => void): void {
  lawful.add(type);
  it(`${type}: ${title}`, test);
}

describe("without noise", () => {
  law("spirals", "radius t, angle 2π(turns · t + arm / arms), evenly along the arm", () => {
    const config = { samples: 3000, classes: 3, turns: 1.25, noise: 0 };
    const { rows, targets } = rowsOf(parse("spirals", config));
    for (const [i, [x = 0, y = 0]] of rows.entries()) {
      const radius = Math.hypot(x, y);
      const angle = 2 * Math.PI * (config.turns * radius + at(targets, i) / config.classes);
      expect(Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle))).toBeLessThan(1e-5);
    }
    // The square of the radius is uniform: mean 1/2, standard error 0.0053.
    expect(Math.abs(mean(rows.map(([x = 0, y = 0]) => x * x + y * y)) - 0.5)).toBeLessThan(0.027);
  });

  law("moons", "on half circles about (0, 0) and (1, 0.5)", () => {
    const { rows, targets } = rowsOf(parse("moons", { samples: 500, noise: 0 }));
    for (const [i, [x = 0, y = 0]] of rows.entries()) {
      const lower = targets[i] === 1;
      expect(Math.hypot(lower ? x - 1 : x, lower ? y - 0.5 : y)).toBeCloseTo(1, 5);
      expect(lower ? y <= 0.5 : y >= 0).toBe(true);
    }
    // From one end of the half circle to the other, all places as often: the largest gap to the uniform distribution (Kolmogorov).
    for (const moon of [0, 1]) {
      const own = rows.filter((_, i) => targets[i] === moon);
      const angles = own.map(([x = 0, y = 0]) => (moon === 1 ? Math.atan2(0.5 - y, 1 - x) : Math.atan2(y, x)) / Math.PI).sort((one, other) => one - other);
      for (const [i, angle] of angles.entries()) expect(Math.abs(angle - (i + 0.5) / angles.length)).toBeLessThan(2 / Math.sqrt(angles.length));
    }
  });

  law("circles", "radii are exact, every direction as often", () => {
    const { rows, targets } = rowsOf(parse("circles", { samples: 2000, radius: 0.3, noise: 0 }));
    for (const [i, [x = 0, y = 0]] of rows.entries()) expect(Math.hypot(x, y)).toBeCloseTo(targets[i] === 1 ? 0.3 : 1, 6);
    const directions = rows.map(([x = 0, y = 0]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)]);
    // Mean resultant of 2,000 uniform directions: 0.016 each way; five of it.
    for (const axis of [0, 1]) expect(Math.abs(mean(directions.map((each) => at(each, axis))))).toBeLessThan(0.08);
  });

  law("blobs", "every sample is its centre, within the spread, the same for all sizes of the set", () => {
    const { rows, targets } = rowsOf(parse("blobs", { samples: 60, classes: 5, features: 3, spread: 2, noise: 0 }));
    for (const [i, row] of rows.entries()) expect(row).toEqual(at(rows, at(targets, i)));
    expect(new Set(rows.map((row) => row.join())).size).toBe(5);
    expect(Math.max(...rows.flatMap((row) => [...row].map(Math.abs)))).toBeLessThanOrEqual(2);
    const other = rowsOf(parse("blobs", { samples: 60, classes: 5, features: 3, spread: 2, noise: 0, seed: 1 }));
    expect(other.rows[0]).not.toEqual(rows[0]);
  });

  for (const features of [2, 3, 7])
    law("xor", `the class is the parity of the negative signs of ${features} features`, () => {
      const { rows, targets } = rowsOf(parse("xor", { samples: 1000, features, noise: 0 }));
      for (const [i, row] of rows.entries()) {
        expect(row.filter((value) => value < 0).length % 2).toBe(targets[i]);
        expect(row.every((value) => value !== 0 && Math.abs(value) <= 1)).toBe(true);
      }
      // All but one feature together say nothing: every sign pattern of them is in both classes about equally.
      for (let f = 0; f < features; f++) {
        const negative = rows.map((row, i) => [at(row, f) < 0, targets[i]] as const).filter(([is]) => is);
        expect(Math.abs(mean(negative.map(([, target]) => target ?? 0)) - 0.5)).toBeLessThan(0.12);
      }
    });

  law("sine", "y = sin(2πfx), x evenly over the range", () => {
    const { rows, targets } = rowsOf(parse("sine", { samples: 1000, frequency: 1.7, range: 3, noise: 0 }));
    for (const [i, [x = 0]] of rows.entries()) expect(targets[i]).toBeCloseTo(Math.sin(2 * Math.PI * 1.7 * x), 6);
    const xs = rows.map(([x = 0]) => x).sort((a, b) => a - b);
    for (const [i, x] of xs.entries()) expect(Math.abs(x - (-3 + (6 * (i + 0.5)) / 1000))).toBeLessThan(0.4);
  });

  law("waveforms", "told by how their values are spread and how they step", () => {
    const { rows, targets } = rowsOf(parse("waveforms", { samples: 400, length: 512, periods: 8, noise: 0 }));
    for (const [i, row] of rows.entries()) {
      const high = Math.max(...row.map(Math.abs));
      expect(high).toBeLessThanOrEqual(1.5);
      expect(high).toBeGreaterThan(0.49);
      // The mean square in units of the height: a sine 1/2, a square 1, triangle and sawtooth 1/3; whole periods only roughly.
      const power = mean(row.map((value) => value * value)) / high ** 2;
      expect(Math.abs(power - at([1 / 2, 1, 1 / 3, 1 / 3], at(targets, i)))).toBeLessThan(0.09);
      const steps = row.subarray(1).map((value, t) => Math.abs(value - at(row, t)) / high);
      const jumps = steps.filter((step) => step > 1).length;
      // Square: two a period; sawtooth: one; the others none.
      if (targets[i] === 0 || targets[i] === 2) expect(jumps).toBe(0);
      else expect(jumps).toBeGreaterThanOrEqual(3);
      if (targets[i] === 3) expect(row.subarray(1).filter((value, t) => value < at(row, t)).length).toBe(jumps);
    }
  });

  law("waveforms", "every period has four values or more", () => {
    const { rows, targets } = rowsOf(parse("waveforms", { samples: 40, length: 64, periods: 64, noise: 0 }));
    for (const [i, row] of rows.entries()) {
      if (targets[i] !== 3) continue;
      // A sawtooth falls once a period.
      expect(row.subarray(1).filter((value, t) => value < at(row, t)).length).toBeLessThanOrEqual(16);
    }
  });

  law("shapes", "upright ones have their areas and symmetries, all fit, and are brightest inside", () => {
    const size = 64;
    const radius = 0.3 * size;
    const { rows } = rowsOf(parse("shapes", { samples: 4, size, variation: 0, noise: 0 }));
    const half = radius / Math.hypot(1, 1 / 3);
    const areas = [Math.PI * radius ** 2, 2 * radius ** 2, ((3 * Math.sqrt(3)) / 4) * radius ** 2, 4 * half ** 2 * (2 / 3 - 1 / 9)];
    for (const [label, row] of rows.entries()) {
      expect(Math.abs(row.reduce((a, b) => a + b, 0) / at(areas, label) - 1)).toBeLessThan(0.01);
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const value = at(row, y * size + x);
          expect(value).toBeCloseTo(at(row, y * size + (size - 1 - x)), 5);
          // All but the triangle look the same on their side.
          if (label !== 2) expect(value).toBeCloseTo(at(row, x * size + y), 5);
        }
    }
  });

  it.each([
    ["shapes", 32, 2],
    ["solids", 14, 3],
  ] as const)("%s: whole inside the frame wherever they are, with values from 0 to 1", (type, size, dimensions) => {
    const { rows, targets } = rowsOf(parse(type, { samples: 80, size, noise: 0 }));
    const volumes: number[][] = [[], [], [], []];
    for (const [i, row] of rows.entries()) {
      expect(Math.min(...row)).toBe(0);
      expect(Math.max(...row)).toBe(1);
      at(volumes, at(targets, i)).push(row.reduce((a, b) => a + b, 0));
      // The outermost pixels hold no more than a smooth edge.
      const border = row.filter((_, p) =>
        Array.from({ length: dimensions }, (_, axis) => Math.floor(p / size ** axis) % size).some((at) => at === 0 || at === size - 1),
      );
      expect(Math.max(...border)).toBeLessThanOrEqual(1);
      expect(mean(border)).toBeLessThan(0.1);
    }
    // Sizes vary, and in order: the ball has most.
    for (const each of volumes) expect(Math.max(...each)).toBeGreaterThan(1.3 * Math.min(...each));
    for (const each of volumes.slice(1)) expect(mean(each)).toBeLessThan(mean(at(volumes, 0)));
  });

  law("solids", "upright and turned ones have their volumes", () => {
    const size = 40;
    const volumesOf = (radius: number) => {
      const side = (2 * radius) / Math.sqrt(3);
      const base = 2 * (radius ** 2 - (radius / 3) ** 2);
      const low = radius / Math.SQRT2;
      return [(4 / 3) * Math.PI * radius ** 3, side ** 3, Math.PI * low ** 2 * 2 * low, (base * (4 / 3) * radius) / 3];
    };
    const upright = rowsOf(parse("solids", { samples: 4, size, variation: 0, noise: 0 })).rows;
    for (const [label, row] of upright.entries()) expect(Math.abs(row.reduce((a, b) => a + b, 0) / at(volumesOf(0.35 * size), label) - 1)).toBeLessThan(0.02);
    // Turned, the volume still goes with the distance of the corners from the middle; a pyramid's centroid is not its middle.
    const turned = rowsOf(parse("solids", { samples: 24, size, noise: 0 }));
    for (const [i, row] of turned.rows.entries()) {
      const label = at(turned.targets, i);
      if (label === 3) continue;
      const points = [...row.keys()].filter((v) => at(row, v) > 0.5).map((v) => [v % size, Math.floor(v / size) % size, Math.floor(v / size ** 2)]);
      const middle = [0, 1, 2].map((axis) => mean(points.map((point) => at(point, axis))));
      const corner = Math.max(...points.map((point) => Math.hypot(...point.map((value, axis) => value - at(middle, axis)))));
      const volume = row.reduce((a, b) => a + b, 0);
      expect(Math.abs(volume / at(volumesOf(corner + 0.5), label) - 1)).toBeLessThan(0.15);
    }
  });

  it("every data set has a law: write one here for a new generator", () => {
    expect([...lawful].sort()).toEqual(names.toSorted());
  });
});
