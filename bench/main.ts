/**
 * `npm run bench`: training steps of seven networks in Descent and, where /usr/bin/python3 has torch, in PyTorch, in the same run with the same
 * number of threads, from the same weights on the same data. Rounds alternate between the two, so that a drift of the machine's speed meets both;
 * medians are compared. What is measured, and how, stands in README.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureAugmentation, printAugmentation } from "./augmentation.ts";
import { measureImages, printImages } from "./images.ts";
import { measureInspection, printInspection } from "./inspection.ts";
import { busyShare, QUIET_SHARE } from "./load.ts";
import { networks } from "./networks.ts";
import { measurePruning, printPruning } from "./pruning.ts";
import { measureSearch, printSearch, type SearchOptions, type SearchRow, type TimeRow } from "./search.ts";
import { measureTrials, printTrials } from "./trials.ts";
import { type Timing, Worker } from "./worker.ts";

const AUGMENTATION = "augmentation";
const INSPECTION = "inspection";
const IMAGES = "images";
const TRIALS = "trials";
/** These take so long that they run only where they are asked for. */
const SEARCH = "search";
const PRUNING = "pruning";
/** Pairs of runs whose augmentation is timed: each takes half a minute. */
const MOST_RUNS = 3;
const PYTHON = "/usr/bin/python3";
/** Steps whose losses are compared before anything is timed, and how far apart they may be, relative to PyTorch's. */
const CHECKED_STEPS = 10;
const CHECK_TOLERANCE = 1e-3;

interface Row {
  readonly network: string;
  readonly title: string;
  readonly threads: number;
  readonly rounds: number;
  readonly secondsPerRound: number;
  /** Share of the processors that others used just before. */
  readonly busyBefore: number;
  readonly descent: Timing;
  readonly torch: Timing | null;
  /** PyTorch's median time over Descent's: above one, Descent is faster. */
  readonly ratio: number | null;
  /** Largest relative difference between the two sides' first losses. */
  readonly lossDifference: number | null;
}

interface Options {
  readonly names: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly threads: number;
  readonly json: boolean;
  readonly search: SearchOptions;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "1" },
      threads: { type: "string", default: "2" },
      json: { type: "boolean", default: false },
      seeds: { type: "string", default: "30" },
      functions: { type: "string" },
      samplers: { type: "string" },
    },
  });
  const usual = [...Object.keys(networks), AUGMENTATION, INSPECTION, IMAGES, TRIALS];
  const known = [...usual, SEARCH, PRUNING];
  if (values.only !== undefined && !known.includes(values.only)) throw new Error(`--only: nothing is named ${values.only}; there are ${known.join(", ")}`);
  const number = (name: "rounds" | "seconds" | "threads" | "seeds", whole: boolean): number => {
    const value = Number(values[name]);
    if (!(value > 0 && Number.isFinite(value)) || (whole && !Number.isInteger(value)))
      throw new Error(`--${name}: must be a ${whole ? "whole " : ""}number above 0; received ${values[name]}`);
    return value;
  };
  return {
    names: values.only === undefined ? usual : [values.only],
    rounds: number("rounds", true),
    seconds: number("seconds", false),
    threads: number("threads", true),
    json: values.json,
    search: { seeds: number("seeds", true), functions: values.functions?.split(",") ?? null, samplers: values.samplers?.split(",") ?? null },
  };
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function compareLosses(descent: Worker, torch: Worker): Promise<number> {
  const [ours, theirs] = [await descent.check(CHECKED_STEPS), await torch.check(CHECKED_STEPS)];
  const differences = theirs.map((loss, i) => Math.abs((ours[i] ?? Number.NaN) - loss) / Math.abs(loss));
  const largest = Math.max(...differences);
  if (!(largest < CHECK_TOLERANCE))
    throw new Error(`the two sides do not train the same network: losses ${ours.join(", ")} here, ${theirs.join(", ")} in PyTorch`);
  return largest;
}

async function measure(network: string, { rounds, seconds, threads }: Options, hasTorch: boolean): Promise<Row> {
  const busyBefore = await busyShare();
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-bench-"));
  const workers: Worker[] = [];
  const start = async (name: string, command: string, script: string) => {
    const worker = await Worker.start(name, command, [beside(script), network, String(threads), folder]);
    workers.push(worker);
    return worker;
  };
  try {
    const descent = await start("Descent", process.execPath, "descent-worker.ts");
    const torch = hasTorch ? await start("PyTorch", PYTHON, "torch_worker.py") : null;
    const lossDifference = torch && (await compareLosses(descent, torch));
    for (let round = -1; round < rounds; round++) for (const worker of workers) await worker.round(seconds, round >= 0);
    const [ours, theirs] = [await descent.end(), torch && (await torch.end())];
    const ratio = theirs && theirs.medianMicroseconds / ours.medianMicroseconds;
    return {
      network,
      title: networks[network]?.title ?? network,
      threads,
      rounds,
      secondsPerRound: seconds,
      busyBefore,
      descent: ours,
      torch: theirs,
      ratio,
      lossDifference,
    };
  } finally {
    for (const worker of workers) worker.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function printTable(rows: readonly Row[], { rounds, seconds, threads }: Options): void {
  const [first] = rows;
  const withTorch = first?.torch != null;
  const [cpu] = os.cpus();
  console.log(`${cpu?.model.trim()}, ${os.availableParallelism()} cores; ${threads} threads, medians of ${rounds} alternating rounds of ${seconds} s`);
  console.log([first?.descent.runtime, first?.torch?.runtime].filter(Boolean).join("; "));
  const busiest = Math.max(...rows.map(({ busyBefore }) => busyBefore));
  const verdict = busiest > QUIET_SHARE ? ": NOT A QUIET MACHINE, these figures are noise, and PyTorch's suffer most (README.md)" : "";
  console.log(`others used up to ${(busiest * 100).toFixed(0)} % of the processors before a network was timed${verdict}\n`);
  const columns = withTorch
    ? ["network", "Descent µs/step", "PyTorch µs/step", "PyTorch / Descent", "Descent peak MB", "PyTorch peak MB", "first losses apart by"]
    : ["network", "Descent µs/step", "Descent peak MB"];
  const line = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
  line(columns);
  line(columns.map((_, i) => (i === 0 ? "---" : "---:")));
  for (const { title, descent, torch, ratio, lossDifference } of rows) {
    const [ours, memory] = [descent.medianMicroseconds.toFixed(0), descent.peakMegabytes.toFixed(0)];
    if (torch === null || ratio === null || lossDifference === null) line([title, ours, memory]);
    else line([title, ours, torch.medianMicroseconds.toFixed(0), ratio.toFixed(2), memory, torch.peakMegabytes.toFixed(0), lossDifference.toExponential(0)]);
  }
}

try {
  const options = readOptions();
  const hasTorch = spawnSync(PYTHON, ["-c", "import torch"], { stdio: "ignore" }).status === 0;
  if (!hasTorch) console.error(`${PYTHON} has no torch here: Descent is timed alone. Debian's package is python3-torch.`);
  const rows: Row[] = [];
  for (const name of options.names.filter((each) => each in networks)) {
    console.error(`${networks[name]?.title} …`);
    const row = await measure(name, options, hasTorch);
    rows.push(row);
    if (options.json) console.log(JSON.stringify(row));
  }
  if (!options.json && rows.length > 0) printTable(rows, options);
  if (options.names.includes(AUGMENTATION)) {
    console.error("augmentation …");
    const figures = await measureAugmentation(Math.min(options.rounds, MOST_RUNS), options.threads);
    if (options.json) console.log(JSON.stringify({ network: AUGMENTATION, ...figures }));
    else printAugmentation(figures);
  }
  if (options.names.includes(INSPECTION)) {
    console.error("inspection …");
    const figures = await measureInspection();
    if (options.json) for (const each of figures) console.log(JSON.stringify({ network: INSPECTION, ...each }));
    else printInspection(figures);
  }
  if (options.names.includes(IMAGES)) {
    console.error("images …");
    const figures = await measureImages();
    if (options.json) console.log(JSON.stringify({ network: IMAGES, ...figures }));
    else printImages(figures);
  }
  if (options.names.includes(TRIALS)) {
    console.error("trials …");
    const figures = await measureTrials(Math.min(options.rounds, MOST_RUNS));
    if (options.json) console.log(JSON.stringify({ network: TRIALS, ...figures }));
    else printTrials(figures);
  }
  if (options.names.includes(SEARCH)) {
    const figures: (SearchRow | TimeRow)[] = [];
    await measureSearch(options.search, (row) => {
      figures.push(row);
      if (options.json) console.log(JSON.stringify({ network: SEARCH, ...row }));
    });
    if (!options.json) printSearch(figures);
  }
  if (options.names.includes(PRUNING)) {
    const figures = measurePruning();
    if (options.json) for (const each of figures) console.log(JSON.stringify({ network: PRUNING, ...each }));
    else printPruning(figures);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
