/**
 * How long a large table takes to be inspected, and whether the studio answers meanwhile: a CSV file of 2 million rows and a Parquet file of 3 million,
 * 30 columns each (20 of numbers, 5 of whole numbers, 5 of categories; some values missing), made anew. `npm run bench -- --only inspection`.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import { parquetWriteFile } from "hyparquet-writer";
import { createStudio } from "../src/main/studio.ts";
import { forkTrainerFrom } from "../src/main/training/spawn.ts";
import type { contract } from "../src/shared/contract/contract.ts";
import { at } from "../src/shared/kit/fault.ts";
import { RandomStream } from "../src/shared/math/random.ts";

type Client = ContractRouterClient<typeof contract>;

const NUMBERS = 20;
const WHOLE = 5;
const CATEGORIES = 5;
const MISSING = 0.01;
const NAMES = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath"];
const ROWS = { csv: 2_000_000, parquet: 3_000_000 };

export interface InspectionFigures {
  readonly format: keyof typeof ROWS;
  readonly rows: number;
  readonly columns: number;
  readonly megabytes: number;
  /** Seconds from the question to the first image and to the exact one. */
  readonly first: number;
  readonly exact: number;
  /** Milliseconds that the host took to answer a small question meanwhile: 95 % were below, and the longest. */
  readonly answer95: number;
  readonly answerMost: number;
}

/** Column `c` of a row, a function of both alone. */
function cellOf(random: RandomStream, row: number, column: number): number | string | null {
  const drawn = random.uniform(row * 64 + column);
  if (column < NUMBERS) return random.uniform(row * 64 + 32 + column) < MISSING ? null : Math.round((drawn * 200 - 100) * 1e6) / 1e6;
  if (column < NUMBERS + WHOLE) return Math.floor(drawn * 1000);
  return NAMES[Math.floor(drawn * NAMES.length)] ?? null;
}

function columnNames(): readonly string[] {
  return Array.from({ length: NUMBERS + WHOLE + CATEGORIES }, (_, c) => (c === NUMBERS + WHOLE + CATEGORIES - 1 ? "class" : `column${c}`));
}

async function writeCsv(file: string, rows: number): Promise<void> {
  const random = new RandomStream(1, "bench/csv");
  const stream = createWriteStream(file);
  stream.write(`${columnNames().join(",")}\n`);
  const width = columnNames().length;
  for (let row = 0; row < rows; row += 2000) {
    const lines: string[] = [];
    for (let i = row; i < Math.min(rows, row + 2000); i++) lines.push(Array.from({ length: width }, (_, c) => cellOf(random, i, c) ?? "").join(","));
    if (!stream.write(`${lines.join("\n")}\n`)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
  }
  await new Promise<void>((resolve, reject) => stream.end((error?: Error | null) => (error ? reject(error) : resolve())));
}

function writeParquet(file: string, rows: number): void {
  const random = new RandomStream(1, "bench/parquet");
  parquetWriteFile({
    filename: file,
    columnData: columnNames().map((name, c) => ({
      name,
      type: c < NUMBERS ? ("DOUBLE" as const) : c < NUMBERS + WHOLE ? ("INT32" as const) : ("STRING" as const),
      data: columnOf(random, rows, c),
    })),
    rowGroupSize: 200_000,
  });
}

/** As typed arrays, so that all columns fit into memory; a missing number is NaN. */
function columnOf(random: RandomStream, rows: number, column: number): Float64Array | Int32Array | string[] {
  const number = (row: number) => Number(cellOf(random, row, column) ?? Number.NaN);
  if (column < NUMBERS) return Float64Array.from({ length: rows }, (_, row) => number(row));
  if (column < NUMBERS + WHOLE) return Int32Array.from({ length: rows }, (_, row) => number(row));
  return Array.from({ length: rows }, (_, row) => String(cellOf(random, row, column)));
}

async function timeInspection(client: Client, format: keyof typeof ROWS, file: string): Promise<InspectionFigures> {
  const answers: number[] = [];
  let over = false;
  const asking = (async () => {
    while (!over) {
      const askedAt = performance.now();
      await client.system.info();
      answers.push(performance.now() - askedAt);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  let [first, exact, columns] = [Number.NaN, Number.NaN, 0];
  for await (const event of await client.datasets.inspect({ source: { type: format, path: file, target: "class" } })) {
    if (event.type !== "inspection") continue;
    if (Number.isNaN(first)) first = seconds();
    if (event.inspection.exact) exact = seconds();
    columns = event.inspection.columns.length;
  }
  over = true;
  await asking;
  answers.sort((a, b) => a - b);
  return {
    format,
    rows: ROWS[format],
    columns,
    megabytes: statSync(file).size / 1024 ** 2,
    first,
    exact,
    answer95: at(answers, Math.floor(answers.length * 0.95)),
    answerMost: at(answers, answers.length - 1),
  };
}

export async function measureInspection(): Promise<readonly InspectionFigures[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "descent-bench-inspection-"));
  // As it is built: from source, most of the first second would be Node's, taking the types out.
  const trainer = fileURLToPath(new URL("../out/main/trainer.js", import.meta.url));
  const studio = await createStudio({ home: path.join(folder, "home"), host: "cli", spawnTrainer: () => forkTrainerFrom(trainer) });
  const client: Client = createRouterClient(studio.router, { context: {} });
  try {
    const figures: InspectionFigures[] = [];
    for (const format of ["csv", "parquet"] as const) {
      const file = path.join(folder, `rows.${format}`);
      if (format === "csv") await writeCsv(file, ROWS.csv);
      else writeParquet(file, ROWS.parquet);
      figures.push(await timeInspection(client, format, file));
      rmSync(file);
    }
    return figures;
  } finally {
    await studio.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function printInspection(figures: readonly InspectionFigures[]): void {
  console.log("\ninspection of large tables, and how quickly the host answers meanwhile");
  console.log("| file | rows × columns | MB | first image, s | exact, s | host answers, ms: 95 % below | longest |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const { format, rows, columns, megabytes, first, exact, answer95, answerMost } of figures)
    console.log(
      `| ${format} | ${rows.toLocaleString("en")} × ${columns} | ${megabytes.toFixed(0)} | ${first.toFixed(1)} | ${exact.toFixed(1)} | ${answer95.toFixed(1)} | ${answerMost.toFixed(1)} |`,
    );
}
