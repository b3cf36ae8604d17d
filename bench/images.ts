/**
 * Whether a set of images that is larger than the memory it may take trains: 100,000 JPEG files of 64 × 64 pixels in ten classes, made anew and trained
 * for one epoch by the command line; times, and the memory of all its processes together. `npm run bench -- --only images`. Memory is read from /proc, on Linux.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { Transformer } from "@napi-rs/image";
import { at } from "../src/shared/kit/fault.ts";
import { RandomStream } from "../src/shared/math/random.ts";

const IMAGES = 100_000;
const DISTINCT = 1000;
const CLASSES = 10;
const SIDE = 64;
const SAMPLED_MS = 500;

export interface ImageFigures {
  readonly images: number;
  readonly steps: number;
  /** Seconds until the run began: files listed, headers read. */
  readonly described: number;
  /** Seconds from there to the first step: decoded, split, the mean learned. */
  readonly decoded: number;
  /** From the first step to the last of the epoch. */
  readonly millisecondsAStep: number;
  readonly total: number;
  /** The largest sum of the processes' proportional shares of memory, and the most that one process held; MiB, NaN where there is no /proc. */
  readonly together: number;
  readonly largest: number;
}

async function makeImages(folder: string): Promise<void> {
  const random = new RandomStream(1, "bench/images");
  for (let k = 0; k < CLASSES; k++) mkdirSync(path.join(folder, `class${k}`), { recursive: true });
  const files: Buffer[] = [];
  for (let i = 0; i < DISTINCT; i++) {
    const [angle, pace] = [2 * Math.PI * random.uniform(2 * i), 0.1 + 0.06 * (i % CLASSES)];
    const pixels = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, p) => {
      const [x, y, channel] = [(p >> 2) % SIDE, (p >> 2) / SIDE, p % 4];
      return channel === 3 ? 255 : 128 + 90 * Math.sin(pace * (x * Math.cos(angle) + y * Math.sin(angle)) + channel);
    });
    files.push(await Transformer.fromRgbaPixels(pixels, SIDE, SIDE).jpeg(88));
  }
  for (let i = 0; i < IMAGES; i++) {
    const file = at(files, i % DISTINCT);
    // A comment that is another in every file, behind the two bytes that a JPEG begins with.
    const comment = Buffer.from(`\xff\xfe\x00\x0a${String(i).padStart(8, "0")}`, "latin1");
    writeFileSync(path.join(folder, `class${i % CLASSES}`, `${i}.jpg`), Buffer.concat([file.subarray(0, 2), comment, file.subarray(2)]));
  }
}

function recipeOf(folder: string): object {
  const convolution = (filters: number) => [{ type: "conv2d", filters, kernel: 3, stride: 2, padding: "same" }, { type: "relu" }];
  return {
    name: "images",
    seed: 1,
    data: { source: { type: "images", path: folder } },
    model: { layers: [...convolution(16), ...convolution(32), { type: "globalAvgPool2d" }, { type: "dense", units: CLASSES }] },
    loss: { type: "softmaxCrossEntropy" },
    optimizer: { type: "adam", lr: 0.002 },
    batch: { size: 64 },
    budget: { epochs: 1 },
  };
}

/** A number of a file in /proc, in MiB; 0 where the process has ended. */
function mebibytesOf(pid: number, file: string, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** A process and all that it started. */
function treeOf(root: number): readonly number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return [Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1])] as const;
      } catch {
        return [Number(name), -1] as const;
      }
    });
  const tree = [root];
  for (const pid of tree) tree.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

export async function measureImages(): Promise<ImageFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-bench-images-"));
  const launcher = fileURLToPath(new URL("../bin/descent.mjs", import.meta.url));
  try {
    await makeImages(path.join(folder, "images"));
    const recipe = path.join(folder, "recipe.json");
    writeFileSync(recipe, JSON.stringify(recipeOf(path.join(folder, "images"))));
    // What has to be built is built before anything is timed.
    spawnSync(process.execPath, [launcher, "datasets"]);
    return await timeRun(launcher, recipe, path.join(folder, "home"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeRun(launcher: string, recipe: string, home: string): Promise<ImageFigures> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [launcher, "train", recipe, "--home", home, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let [together, largest] = [0, 0];
  const sample = () => {
    const tree = treeOf(child.pid ?? 0);
    together = Math.max(
      together,
      tree.reduce((sum, pid) => sum + mebibytesOf(pid, "smaps_rollup", "Pss"), 0),
    );
    largest = Math.max(largest, ...tree.map((pid) => mebibytesOf(pid, "status", "VmHWM")));
  };
  const timer = process.platform === "linux" ? setInterval(sample, SAMPLED_MS) : undefined;
  let [begun, first, last, steps] = [Number.NaN, Number.NaN, Number.NaN, 0];
  for await (const line of readline.createInterface(child.stdout)) {
    const event: { readonly type: string; readonly name?: string; readonly step?: number } = JSON.parse(line);
    const now = (performance.now() - startedAt) / 1000;
    if (event.type === "started") begun = now;
    if (event.type !== "metric" || event.name !== "train.loss") continue;
    if (Number.isNaN(first)) first = now;
    [last, steps] = [now, event.step ?? steps];
  }
  clearInterval(timer);
  if ((await ended) !== 0) throw new Error("the run of the images' benchmark has failed");
  const isMeasured = timer !== undefined;
  return {
    images: IMAGES,
    steps,
    described: begun,
    decoded: first - begun,
    millisecondsAStep: (1000 * (last - first)) / Math.max(1, steps - 1),
    total: (performance.now() - startedAt) / 1000,
    together: isMeasured ? together : Number.NaN,
    largest: isMeasured ? largest : Number.NaN,
  };
}

export function printImages({ images, steps, described, decoded, millisecondsAStep, total, together, largest }: ImageFigures): void {
  console.log(`\n${images.toLocaleString("en")} images in files, one epoch of ${steps.toLocaleString("en")} steps of 64`);
  console.log("| looked through, s | decoded, s | a step, ms | in all, s | all processes, MiB | largest process, MiB |");
  console.log("| ---: | ---: | ---: | ---: | ---: | ---: |");
  console.log(`| ${[described, decoded, millisecondsAStep, total, together, largest].map((value) => value.toFixed(1)).join(" | ")} |`);
}
