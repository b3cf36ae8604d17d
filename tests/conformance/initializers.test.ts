/**
 * The battery over every initializer of the catalog: its draws have the moments that its formula asks for, worked out here once more; they depend on the
 * seed, the parameter and the element alone; and every layer takes it for each of its parameters.
 */
import { describe, expect, it } from "vitest";
import { StateLayout } from "../../src/main/engine/state.ts";
import { type InitializerConfig, initializerDefinition, initializerSchema, initializers } from "../../src/shared/catalog/initializers/index.ts";
import { layers } from "../../src/shared/catalog/layers/index.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { planModel } from "../../src/shared/recipe/plan.ts";
import { type Recipe, recipeSchema } from "../../src/shared/recipe/recipe.ts";
import { configOf, planOf } from "../golden/torch/layerCases.ts";

interface Law {
  readonly mean: number;
  readonly variance: number;
  /** E (x − mean)⁴ / variance², which says how far an estimate of the variance is off. */
  readonly kurtosis: number;
  readonly low: number;
  readonly high: number;
}

const [FAN_IN, FAN_OUT, SIZE] = [50, 30, 40_000];

const normalLaw = (mean: number, std: number): Law => ({ mean, variance: std ** 2, kurtosis: 3, low: mean - 6 * std, high: mean + 6 * std });
const uniformLaw = (low: number, high: number): Law => ({ mean: (low + high) / 2, variance: (high - low) ** 2 / 12, kurtosis: 9 / 5, low, high });
const pointLaw = (value: number): Law => ({ mean: value, variance: 0, kurtosis: 1, low: value, high: value });

/** The law of a normal that is cut off at two standard deviations, by Simpson's rule over its density. */
function truncatedLaw(mean: number, std: number): Law {
  const steps = 2000;
  const moment = (power: number) => {
    const heights = Array.from({ length: steps + 1 }, (_, i) => {
      const z = -2 + (4 * i) / steps;
      return z ** power * Math.exp(-(z ** 2) / 2) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2);
    });
    return heights.reduce((sum, height) => sum + height, 0);
  };
  const [mass, second, fourth] = [moment(0), moment(2), moment(4)];
  const variance = second / mass;
  return { mean, variance: std ** 2 * variance, kurtosis: fourth / mass / variance ** 2, low: mean - 2 * std, high: mean + 2 * std };
}

/** Mean 0 and a variance, from one of the distributions. */
function scaledLaw(distribution: string, variance: number): Law {
  if (distribution === "normal") return normalLaw(0, Math.sqrt(variance));
  if (distribution === "uniform") return uniformLaw(-Math.sqrt(3 * variance), Math.sqrt(3 * variance));
  return truncatedLaw(0, Math.sqrt(variance / truncatedLaw(0, 1).variance));
}

function lawOf(config: InitializerConfig): Law {
  switch (config.type) {
    case "he":
      return scaledLaw(config.distribution, (config.gain ** 2 * 2) / (config.mode === "fanIn" ? FAN_IN : FAN_OUT));
    case "glorot":
      return scaledLaw(config.distribution, (config.gain ** 2 * 2) / (FAN_IN + FAN_OUT));
    case "lecun":
      return scaledLaw(config.distribution, config.gain ** 2 / FAN_IN);
    case "normal":
      return normalLaw(config.mean, config.std);
    case "truncatedNormal":
      return truncatedLaw(config.mean, config.std);
    case "uniform":
      return uniformLaw(config.low, config.high);
    case "constant":
      return pointLaw(config.value);
    case "zeros":
      return pointLaw(0);
    case "ones":
      return pointLaw(1);
  }
}

function drawsOf(config: InitializerConfig, { seed = 5, stream = "initialize/dense1/weight", size = SIZE } = {}): readonly number[] {
  const value = initializerDefinition(config).values(config, { stream: new RandomStream(seed, stream), size, fanIn: FAN_IN, fanOut: FAN_OUT });
  return Array.from({ length: size }, (_, i) => value(i));
}

const samples = Object.entries(initializers).flatMap(([type, entry]) => entry.samples.map((sample) => initializerSchema.parse({ ...sample, type })));

describe.each(samples.map((config) => [JSON.stringify(config), config] as const))("%s", (_, config) => {
  it("has the mean, the variance, the fourth moment and the bounds of its formula", () => {
    const law = lawOf(config);
    const draws = drawsOf(config);
    const mean = draws.reduce((sum, value) => sum + value, 0) / SIZE;
    const variance = draws.reduce((sum, value) => sum + (value - law.mean) ** 2, 0) / SIZE;
    // Four standard errors.
    expect(Math.abs(mean - law.mean)).toBeLessThanOrEqual(4 * Math.sqrt(law.variance / SIZE) + 1e-12);
    expect(Math.abs(variance - law.variance)).toBeLessThanOrEqual(4 * law.variance * Math.sqrt((law.kurtosis - 1) / SIZE) + 1e-12);
    // The fourth moment tells a normal from a uniform of the same variance: ten standard errors of a normal's.
    const fourth = draws.reduce((sum, value) => sum + (value - law.mean) ** 4, 0) / SIZE;
    if (law.variance > 0) expect(Math.abs(fourth / law.variance ** 2 - law.kurtosis)).toBeLessThan(0.25);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(law.low);
    expect(Math.max(...draws)).toBeLessThanOrEqual(law.high);
  });

  it("draws other numbers for another seed and another parameter, and the same again", () => {
    const draws = drawsOf(config, { size: 50 });
    expect(drawsOf(config, { size: 50 })).toEqual(draws);
    const random = lawOf(config).variance > 0;
    for (const other of [drawsOf(config, { size: 50, seed: 6 }), drawsOf(config, { size: 50, stream: "initialize/dense2/weight" })])
      expect(other.every((value, i) => value === draws[i])).toBe(!random);
    expect(new Set(draws).size).toBe(random ? 50 : 1);
  });
});

describe("samples", () => {
  it.each(Object.entries(initializers))("of %s move every field, and read back as they are written", (type, { schema, samples: given }) => {
    const configs = given.map((sample): Readonly<Record<string, unknown>> => schema.parse({ ...sample, type }));
    const standard: Readonly<Record<string, unknown>> = schema.parse({ type });
    expect(configs).toContainEqual(standard);
    for (const name of Object.keys(standard))
      if (name !== "type")
        expect(
          configs.some((config) => config[name] !== standard[name]),
          name,
        ).toBe(true);
    for (const config of configs) expect(schema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });
});

const recipeOf = (layer: object): Recipe =>
  recipeSchema.parse({
    data: { source: { type: "shipped", name: "iris" } },
    model: { layers: [layer] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "sgd" },
  });

/** Every layer with parameters, on the input of its first sample with all of them. */
const parameterized = Object.entries(layers).flatMap(([type, { samples: given }]) => {
  const sample = given.find((each) => planOf(type, each).parameters.length > 0);
  return sample === undefined ? [] : [[type, sample] as const];
});

describe.each(parameterized)("%s", (type, sample) => {
  const initialOf = (init: object | undefined) => {
    const recipe = recipeOf({ ...sample.config, type, ...(init === undefined ? {} : { init }) });
    const { plan, problems } = planModel(recipe, { sampleShape: sample.input });
    expect(problems).toEqual([]);
    return new StateLayout(recipe, plan).initialNetwork(3);
  };
  const own = planOf(type, sample).parameters.map(({ name }) => name);
  /** The tables of an embedding share one name. */
  const names = [...new Set(own.map((name) => name.replace(/\d+$/, "")))];
  const addressesOf = (name: string) => own.filter((each) => each.replace(/\d+$/, "") === name).map((each) => `${type}1/${each}`);

  it.each(names)("fills its %s as it is told, and nothing else", (name) => {
    const [usual, filled] = [initialOf(undefined), initialOf({ [name]: { type: "constant", value: 0.625 } })];
    const meant = addressesOf(name);
    expect(meant.length).toBeGreaterThan(0);
    for (const [address, { data }] of filled) {
      if (meant.includes(address)) expect(data.every((value) => value === 0.625)).toBe(true);
      else expect(data).toEqual(usual.get(address)?.data);
    }
    expect(filled).not.toEqual(usual);
  });

  it("is the text it was before there was the field where a recipe says nothing of it: equal recipes keep their hash", () => {
    expect(Object.keys(configOf(type, sample.config))).not.toContain("init");
  });

  it("refuses what it does not have, and an initializer that there is not", () => {
    const refused = (init: unknown) => recipeSchema.safeParse({ ...recipeOf({ type: "flatten" }), model: { layers: [{ type, init }] } }).error?.issues;
    const name = at(names, 0);
    expect(refused({ colour: { type: "zeros" } })).toMatchObject([{ path: ["model", "layers", 0, "init"], code: "unrecognized_keys" }]);
    expect(refused({ [name]: { type: "random" } })).toMatchObject([{ path: ["model", "layers", 0, "init", name, "type"] }]);
    expect(refused({ [name]: { type: "truncatedNormal", std: 0 } })).toMatchObject([{ path: ["model", "layers", 0, "init", name, "std"] }]);
  });
});

it("draws what it drew before layers could name their initializers", () => {
  const { plan } = planModel(
    {
      model: {
        layers: [{ type: "conv2d", filters: 2, kernel: 1 }, { type: "squeezeExcite", ratio: 1 }, { type: "flatten" }, { type: "dense", units: 1 }].map((each) =>
          configOf(each.type, each),
        ),
      },
    },
    { sampleShape: [1, 1, 2] },
  );
  const network = new StateLayout(recipeOf({ type: "flatten" }), plan).initialNetwork(9);
  const stream = (address: string) => new RandomStream(9, `initialize/${address}`);
  const expected: Readonly<Record<string, (i: number) => number>> = {
    "conv2d1/weight": (i) => stream("conv2d1/weight").normal(i) * Math.sqrt(2 / 1),
    "squeezeExcite1/expandWeight": (i) => (2 * stream("squeezeExcite1/expandWeight").uniform(i) - 1) * Math.sqrt(6 / 4),
    "dense1/weight": (i) => stream("dense1/weight").normal(i) * Math.sqrt(2 / 4),
  };
  for (const [address, value] of Object.entries(expected)) {
    const data = network.get(address)?.data ?? new Float32Array();
    expect(data.length, address).toBeGreaterThan(0);
    expect([...data]).toEqual([...Float32Array.from(data, (_, i) => value(i))]);
  }
});
