/** A frozen parameter is a constant: for every optimizer, under everything that is counted over parameters, it stays and nothing knows of it. */
import { describe, expect, it } from "vitest";
import { optimizerSchema } from "../../scripts/reference/schemas.ts";
import { layoutOf, TrainingProgram } from "../../src/main/engine/programs/train.ts";
import { optimizers } from "../../src/shared/catalog/optimizers/index.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { type Bench, classificationBench } from "../helpers/recipes.ts";

const BATCH = 16;

function bench(optimizer: RecipeInput["optimizer"], frozen: readonly string[], recipe: Partial<RecipeInput> = {}): Bench {
  return classificationBench({
    layers: [{ type: "dense", units: 6 }, { type: "tanh" }, { type: "dense", units: 3 }],
    optimizer,
    sampleShape: [4],
    classes: 3,
    rows: 48,
    batchSize: BATCH,
    recipe: { parameterGroups: frozen.map((match) => ({ match, lrScale: 0 })), ...recipe },
  });
}

async function stepped({ source, data }: Bench, steps: number) {
  const layout = layoutOf(source);
  const program = await TrainingProgram.compile(source, layout, BATCH, { device: "cpu", threads: 1 });
  const rates = new Float32Array(steps).fill(source.recipe.optimizer.lr);
  const before = layout.initialize(source.recipe.seed);
  const result = await program.run(
    before,
    data,
    Int32Array.from({ length: steps * BATCH }, (_, i) => i),
    0,
    { rates },
  );
  await program.dispose();
  const numbers = (state: typeof before) => new Map([...layout.store(state)].map(([address, { data: values }]) => [address, Array.from(values)] as const));
  return { norms: result.metrics.get("gradientNorm") ?? new Float32Array(), before: numbers(before), after: numbers(result.state) };
}

/** Everything that is counted over parameters, strong enough to move any of them. */
const COUNTED: Partial<RecipeInput> = {
  gradient: { clipNorm: 0.1, clipValue: 0.05 },
  regularization: { l1: 0.1, l2: 0.1, weightDecay: 1, maxNorm: 0.2, decayBiases: true },
};

describe.each(Object.keys(optimizers))("%s", (type) => {
  const optimizer = optimizerSchema.parse({ type });

  it("leaves frozen parameters as they were and keeps nothing for them, and moves the others", async () => {
    const ended = await stepped(bench(optimizer, ["dense1/*", "dense2/bias"], COUNTED), 3);
    const frozen = ["dense1/weight", "dense1/bias", "dense2/bias"];
    expect([...ended.after.keys()].filter((address) => !address.startsWith("dense2/weight"))).toEqual(frozen);
    for (const address of frozen) expect(ended.after.get(address)).toEqual(ended.before.get(address));
    expect(ended.after.get("dense2/weight")).not.toEqual(ended.before.get("dense2/weight"));
  });

  it("trains nothing where everything is frozen", async () => {
    const ended = await stepped(bench(optimizer, ["*"], COUNTED), 2);
    expect(ended.after).toEqual(ended.before);
    expect([...ended.norms]).toEqual([0, 0]);
  });
});

it("the norm that clips is that of the trained parameters", async () => {
  const normWithout = async (frozen: readonly string[]) =>
    (await stepped(bench({ type: "sgd" }, frozen, { gradient: { clipNorm: 1 } }), 1)).norms[0] ?? Number.NaN;
  const [all, first, second] = [await normWithout([]), await normWithout(["dense2/*"]), await normWithout(["dense1/*"])];
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(0);
  expect(all).toBeCloseTo(Math.hypot(first, second), 5);
});

it("sharpness is looked for along the trained parameters alone, at a distance of ρ", async () => {
  // One step without momentum moves by η times the gradient at θ + ρ g/‖g‖. Of a model whose first layer is frozen this is a model of one layer, on what the first gives.
  const whole = bench({ type: "sam", lr: 1, momentum: 0, rho: 0.5 }, ["dense1/*"]);
  const layout = layoutOf(whole.source);
  const start = layout.store(layout.initialize(whole.source.recipe.seed));
  const tensor = (address: string) => start.get(address)?.data ?? new Float32Array();
  const hidden = hiddenOf(whole, tensor("dense1/weight"), tensor("dense1/bias"));
  const [weight, bias] = [Array.from(tensor("dense2/weight")), Array.from(tensor("dense2/bias"))];
  const at = gradientOf(hidden, whole.data.targets, weight, bias);
  const norm = Math.hypot(...at.weight, ...at.bias);
  const moved = (values: readonly number[], gradient: readonly number[]) => values.map((value, i) => value + (0.5 * (gradient[i] ?? 0)) / norm);
  const there = gradientOf(hidden, whole.data.targets, moved(weight, at.weight), moved(bias, at.bias));
  const ended = await stepped(whole, 1);
  const wanted = [...weight.map((value, i) => value - (there.weight[i] ?? 0)), ...bias.map((value, i) => value - (there.bias[i] ?? 0))];
  const found = ["dense2/weight", "dense2/bias"].flatMap((address) => ended.after.get(address) ?? []);
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, 5);
});

/** tanh(x W + b) of the first batch. */
function hiddenOf({ data }: Bench, weight: Float32Array, bias: Float32Array): readonly (readonly number[])[] {
  return Array.from({ length: BATCH }, (_, row) =>
    Array.from(bias, (shift, unit) => {
      let sum = shift;
      for (let i = 0; i < 4; i++) sum += (data.samples[row * 4 + i] ?? 0) * (weight[i * bias.length + unit] ?? 0);
      return Math.tanh(sum);
    }),
  );
}

/** Of the mean cross-entropy of a softmax over h W + b. */
function gradientOf(hidden: readonly (readonly number[])[], targets: ArrayLike<number>, weight: readonly number[], bias: readonly number[]) {
  const gradient = { weight: weight.map(() => 0), bias: bias.map(() => 0) };
  for (const [row, h] of hidden.entries()) {
    const logits = bias.map((shift, c) => h.reduce((sum, value, i) => sum + value * (weight[i * bias.length + c] ?? 0), shift));
    const powers = logits.map(Math.exp);
    const total = powers.reduce((a, b) => a + b, 0);
    for (const [c, power] of powers.entries()) {
      const slope = (power / total - (targets[row] === c ? 1 : 0)) / hidden.length;
      gradient.bias[c] = (gradient.bias[c] ?? 0) + slope;
      for (const [i, value] of h.entries()) gradient.weight[i * bias.length + c] = (gradient.weight[i * bias.length + c] ?? 0) + slope * value;
    }
  }
  return gradient;
}
