/**
 * The networks that are timed, as recipes on synthetic data of the right shape. torch_worker.py builds the same from their names and is handed
 * the same data and the same initial weights.
 */
import type { ResidentData } from "../src/main/engine/programs/feeds.ts";
import type { ProgramSource } from "../src/main/engine/programs/model.ts";
import { RandomStream } from "../src/shared/math/random.ts";
import type { DatasetFacts } from "../src/shared/recipe/facts.ts";
import { planModel } from "../src/shared/recipe/plan.ts";
import { type RecipeInput, recipeSchema } from "../src/shared/recipe/recipe.ts";

/** Rows of the synthetic data: enough that batches are not in a cache, little enough to make quickly. */
const ROWS = 4096;

interface Network {
  readonly title: string;
  readonly sampleShape: readonly number[];
  readonly classes: number;
  readonly batchSize: number;
  readonly layers: RecipeInput["model"]["layers"];
  readonly optimizer: RecipeInput["optimizer"];
}

type Layers = RecipeInput["model"]["layers"];

const convolution = (filters: number): Layers => [{ type: "conv2d", filters, padding: "same" }, { type: "relu" }];

const signalConvolution = (filters: number): Layers => [{ type: "conv1d", filters, kernel: 5, padding: "same" }, { type: "relu" }, { type: "maxPool1d" }];

const voxelConvolution = (filters: number): Layers => [{ type: "conv3d", filters, padding: "same" }, { type: "relu" }, { type: "maxPool3d" }];

const normalized = (filters: number, kernel: number, stride: number): Layers => [
  { type: "conv2d", filters, kernel, stride, padding: (kernel - 1) / 2, bias: false },
  { type: "batchNorm" },
];

/** Two convolutions beside the identity, or beside a projection where the image is halved (He et al. 2016, option B). */
const residual = (filters: number, stride: number): Layers => [
  {
    type: "residual",
    layers: [...normalized(filters, 3, stride), { type: "relu" }, ...normalized(filters, 3, 1)],
    shortcut: stride === 1 ? [] : normalized(filters, 1, stride),
  },
  { type: "relu" },
];

export const networks: Readonly<Record<string, Network>> = {
  "mlp-small": {
    title: "MLP 2-16-16-2, batch 32, Adam",
    sampleShape: [2],
    classes: 2,
    batchSize: 32,
    layers: [{ type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 16 }, { type: "relu" }, { type: "dense", units: 2 }],
    optimizer: { type: "adam", lr: 0.001 },
  },
  "mlp-784": {
    title: "MLP 784-128-10, batch 64, Adam",
    sampleShape: [784],
    classes: 10,
    batchSize: 64,
    layers: [{ type: "dense", units: 128 }, { type: "relu" }, { type: "dense", units: 10 }],
    optimizer: { type: "adam", lr: 0.001 },
  },
  "cnn-28": {
    title: "CNN conv32-conv64-pool-fc128-fc10, 28×28×1, batch 64, momentum",
    sampleShape: [1, 28, 28],
    classes: 10,
    batchSize: 64,
    layers: [
      ...convolution(32),
      ...convolution(64),
      { type: "maxPool2d" },
      { type: "flatten" },
      { type: "dense", units: 128 },
      { type: "relu" },
      { type: "dense", units: 10 },
    ],
    optimizer: { type: "momentum", lr: 0.01 },
  },
  "cnn-32": {
    title: "CNN conv32-conv32-pool-conv64-conv64-pool-fc10, 32×32×3, batch 64, momentum",
    sampleShape: [3, 32, 32],
    classes: 10,
    batchSize: 64,
    layers: [
      ...convolution(32),
      ...convolution(32),
      { type: "maxPool2d" },
      ...convolution(64),
      ...convolution(64),
      { type: "maxPool2d" },
      { type: "flatten" },
      { type: "dense", units: 10 },
    ],
    optimizer: { type: "momentum", lr: 0.01 },
  },
  "resnet-8": {
    title: "ResNet-8 with batch normalization, 16-32-64 channels, 32×32×3, batch 64, momentum",
    sampleShape: [3, 32, 32],
    classes: 10,
    batchSize: 64,
    layers: [
      ...normalized(16, 3, 1),
      { type: "relu" },
      ...residual(16, 1),
      ...residual(32, 2),
      ...residual(64, 2),
      { type: "globalAvgPool2d" },
      { type: "dense", units: 10 },
    ],
    optimizer: { type: "momentum", lr: 0.01 },
  },
  "conv-1d": {
    title: "1-D CNN conv32-conv64-conv64-fc10, kernel 5, pooled, 128×16, batch 64, momentum",
    sampleShape: [16, 128],
    classes: 10,
    batchSize: 64,
    layers: [...signalConvolution(32), ...signalConvolution(64), ...signalConvolution(64), { type: "flatten" }, { type: "dense", units: 10 }],
    optimizer: { type: "momentum", lr: 0.01 },
  },
  "conv-3d": {
    title: "3-D CNN conv16-conv32-conv32-fc10, kernel 3, pooled, 16×16×16×1, batch 16, momentum",
    sampleShape: [1, 16, 16, 16],
    classes: 10,
    batchSize: 16,
    layers: [...voxelConvolution(16), ...voxelConvolution(32), ...voxelConvolution(32), { type: "flatten" }, { type: "dense", units: 10 }],
    optimizer: { type: "momentum", lr: 0.01 },
  },
};

/** Program source and data of a network: float32 samples of mean 0 and variance 1, classes at random. */
export function instantiate(network: Network): { readonly source: ProgramSource; readonly data: ResidentData } {
  const { sampleShape, classes, batchSize, layers, optimizer } = network;
  const recipe = recipeSchema.parse({
    data: { source: { type: "shipped", name: "digits" }, standardize: "none" },
    model: { layers },
    loss: { type: "softmaxCrossEntropy" },
    optimizer,
    batch: { size: batchSize },
  } satisfies RecipeInput);
  const target = { kind: "classification", classes: Array.from({ length: classes }, (_, i) => String(i)) } as const;
  const facts: DatasetFacts = { name: "synthetic", length: ROWS, sampleShape, elementType: "float32", target, givenTest: 0 };
  const { plan, problems } = planModel(recipe, facts);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const samples = new Float32Array(ROWS * sampleShape.reduce((a, b) => a * b, 1));
  const draws = new RandomStream(0, "samples");
  for (let i = 0; i < samples.length; i++) samples[i] = (2 * draws.uniform(i) - 1) * Math.sqrt(3);
  const labels = new RandomStream(0, "labels");
  const targets = Int32Array.from({ length: ROWS }, (_, i) => labels.below(classes, i));
  const classCounts = Array.from({ length: classes }, (_, label) => targets.filter((each) => each === label).length);
  const standardization = { shape: [1], mean: Float32Array.of(0), scale: Float32Array.of(1) };
  return { source: { recipe, plan, facts, standardization, classCounts }, data: { samples, targets, rows: ROWS } };
}
