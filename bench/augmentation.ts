/**
 * What augmentation costs: Fashion-MNIST through conv32-conv64-pool-fc128-fc10 (batch 64, momentum), with affine + cutout and without, in runs that
 * alternate; and how long the preview of 16 variants takes from the question to the answer. `npm run bench -- --only augmentation`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import { DataRoom } from "../src/main/studio/data/room.ts";
import { createStudio } from "../src/main/studio.ts";
import { forkTrainer } from "../src/main/training/spawn.ts";
import type { contract } from "../src/shared/contract/contract.ts";
import { at } from "../src/shared/kit/fault.ts";
import { requireRecipe } from "../src/shared/recipe/validate.ts";

type Client = ContractRouterClient<typeof contract>;

/** Steps before the clock runs, and those that are timed. */
const WARM_STEPS = 24;
const TIMED_STEPS = 200;
const VARIANTS = 16;
const REDRAWS = 40;

const LIST = [
  { type: "affine", probability: 1 },
  { type: "cutout", probability: 1 },
];

export interface AugmentationFigures {
  readonly rounds: number;
  /** Milliseconds a step, median over the rounds. */
  readonly plain: number;
  readonly augmented: number;
  /** 1 where augmentation costs nothing: the throughput with it over that without. */
  readonly throughput: number;
  /** Milliseconds from a question to its answer, a slider moved before each: median and 95th percentile; and the program alone. */
  readonly redraw: number;
  readonly redraw95: number;
  readonly program: number;
}

function recipe(threads: number, augmentation: readonly object[]) {
  return {
    name: augmentation.length === 0 ? "plain" : "augmented",
    data: { source: { type: "shipped", name: "fashion-mnist" }, split: { validation: 0, test: "given" }, standardize: "global" },
    augmentation,
    model: {
      layers: [
        { type: "conv2d", filters: 32 },
        { type: "relu" },
        { type: "conv2d", filters: 64 },
        { type: "relu" },
        { type: "maxPool2d" },
        { type: "flatten" },
        { type: "dense", units: 128 },
        { type: "relu" },
        { type: "dense", units: 10 },
      ],
    },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "momentum", lr: 0.01 },
    batch: { size: 64 },
    budget: { epochs: 1 },
    device: { type: "cpu", threads },
  };
}

/** Milliseconds a step of one run, by the clock on the wall: waiting for samples counts. */
async function timeRun(client: Client, input: object): Promise<number> {
  const { id } = await client.runs.start({ recipe: input });
  let first: { readonly step: number; readonly at: number } | null = null;
  let result = Number.NaN;
  for await (const event of await client.runs.follow({ id })) {
    if (event.type === "ended") throw new Error(`the run ended as ${event.run.status} before it was timed`);
    if (event.type !== "progress" || event.progress.phase !== "training") continue;
    const { step } = event.progress;
    const now = performance.now();
    if (first === null) {
      if (step >= WARM_STEPS) first = { step, at: now };
    } else if (step >= first.step + TIMED_STEPS) {
      result = (now - first.at) / (step - first.step);
      break;
    }
  }
  await client.runs.stop({ id });
  return result;
}

async function timePreview(threads: number): Promise<Pick<AugmentationFigures, "redraw" | "redraw95" | "program">> {
  const room = new DataRoom(forkTrainer);
  const times: number[] = [];
  const programs: number[] = [];
  for (let i = 0; i < REDRAWS + 3; i++) {
    // A slider that moves: the strength is another one each time, and so is what is drawn.
    const moved = requireRecipe(recipe(threads, [{ ...at(LIST, 0), rotate: 5 + (i % 30) }, at(LIST, 1)]));
    const startedAt = performance.now();
    const { milliseconds } = await room.ask({ type: "preview", recipe: moved, sample: i, epoch: 1, count: VARIANTS });
    if (i < 3) continue;
    times.push(performance.now() - startedAt);
    programs.push(milliseconds);
  }
  room.close();
  return { redraw: quantile(times, 0.5), redraw95: quantile(times, 0.95), program: quantile(programs, 0.5) };
}

function quantile(values: readonly number[], share: number): number {
  return at(
    [...values].sort((a, b) => a - b),
    Math.min(values.length - 1, Math.floor(share * values.length)),
  );
}

export async function measureAugmentation(rounds: number, threads: number): Promise<AugmentationFigures> {
  const home = mkdtempSync(path.join(os.tmpdir(), "descent-bench-augmentation-"));
  const studio = await createStudio({ home, host: "cli", spawnTrainer: forkTrainer });
  const client: Client = createRouterClient(studio.router, { context: {} });
  try {
    const times = { plain: [] as number[], augmented: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.plain.push(await timeRun(client, recipe(threads, [])));
      times.augmented.push(await timeRun(client, recipe(threads, LIST)));
    }
    const [plain, augmented] = [quantile(times.plain, 0.5), quantile(times.augmented, 0.5)];
    return { rounds, plain, augmented, throughput: plain / augmented, ...(await timePreview(threads)) };
  } finally {
    await studio.close();
    rmSync(home, { recursive: true, force: true });
  }
}

export function printAugmentation({ rounds, plain, augmented, throughput, redraw, redraw95, program }: AugmentationFigures): void {
  console.log(`\naugmentation, medians of ${rounds} alternating runs of ${TIMED_STEPS} steps: Fashion-MNIST, CNN 28×28, batch 64, affine + cutout`);
  console.log("| plain ms/step | augmented ms/step | throughput kept | preview of 16, ms | 95 % below | program alone |");
  console.log("| ---: | ---: | ---: | ---: | ---: | ---: |");
  console.log(
    `| ${plain.toFixed(1)} | ${augmented.toFixed(1)} | ${(100 * throughput).toFixed(1)} % | ${redraw.toFixed(1)} | ${redraw95.toFixed(1)} | ${program.toFixed(1)} |`,
  );
}
