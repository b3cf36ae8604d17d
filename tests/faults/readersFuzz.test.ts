/**
 * Mutated bytes for everything that reads the studio's own files again. What comes of a mutant is the value that was written, or a fault that
 * names the file, or (a cache) the same made anew: never another value, never another error. With the seal mended, so that the mutant passes
 * for whole, it is a fault or a value, and still no other error.
 *
 * The seed is fixed and the budget small; DESCENT_FUZZ=20000 gives as many mutants to each reader, DESCENT_FUZZ_SEED another seed.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sealTree, treeDamage } from "../../src/main/data/archives/treeSeal.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { cachedInspection, keepInspection } from "../../src/main/data/inspect/inspectionCache.ts";
import { inspectSource } from "../../src/main/data/inspect/source.ts";
import { onNotice } from "../../src/main/data/notice.ts";
import { openRows } from "../../src/main/data/sampleFiles/rowCache.ts";
import { readSplit, writeSplit } from "../../src/main/data/splits/store.ts";
import { openHistory } from "../../src/main/history/history.ts";
import { readWindowState, writeWindowState } from "../../src/main/hosts/electron/windowState.ts";
import { BLANK_SEAL, sealChunks } from "../../src/main/storage/seal.ts";
import { readSafetensors, readSafetensorsHeader, writeSafetensors } from "../../src/main/training/safetensors.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { scratchFolder } from "../data/files.ts";
import { insertRun, rows } from "../history/fixtures.ts";

const MUTANTS = Number(process.env.DESCENT_FUZZ ?? 120);
const SEED = Number(process.env.DESCENT_FUZZ_SEED ?? 20261130);
const SEAL = /descent-sha256=[0-9a-f]{64}/;

const scratch = scratchFolder();
const before = process.env[CACHE_VARIABLE];
beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
  onNotice(() => {});
});
afterAll(() => {
  onNotice(null);
  if (before === undefined) delete process.env[CACHE_VARIABLE];
  else process.env[CACHE_VARIABLE] = before;
});

/** Draws in a row. */
class Draws {
  readonly #stream: RandomStream;
  #at = 0;

  constructor(name: string) {
    this.#stream = new RandomStream(SEED, name);
  }

  below(limit: number): number {
    return this.#stream.below(Math.max(1, limit), this.#at++);
  }
}

/** @param within the bytes that are changed; all where absent */
function mutate(whole: Uint8Array, draws: Draws, within = whole.length): Buffer {
  const bytes = Buffer.from(whole);
  const start = draws.below(within);
  const length = 1 + draws.below(Math.min(64, within - start));
  switch (draws.below(8)) {
    case 0:
    case 1:
      bytes[start] = (bytes[start] ?? 0) ^ (1 << draws.below(8));
      return bytes;
    case 2:
      bytes[start] = draws.below(256);
      return bytes;
    case 3:
      return bytes.subarray(0, start);
    case 4:
      return Buffer.concat([bytes, Buffer.from(Array.from({ length }, () => draws.below(256)))]);
    case 5:
      return bytes.fill(0, start, start + length);
    case 6:
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
    default:
      return Buffer.concat([bytes.subarray(0, start + length), bytes.subarray(start)]);
  }
}

/** The seal made to fit again; null where it is no longer there. */
function mended(bytes: Buffer): Buffer | null {
  const found = SEAL.exec(bytes.toString("latin1"));
  if (found === null) return null;
  const copy = Buffer.from(bytes);
  copy.write(BLANK_SEAL, found.index, "latin1");
  try {
    sealChunks([copy]);
    return copy;
  } catch {
    return null;
  }
}

interface Reader {
  /** The file as it was written. */
  readonly file: string;
  /** What it holds, comparable. Throws what the reader throws; null is "as if it were not there". */
  read(): Promise<unknown>;
  /** Whether null or the same made anew is allowed: what is kept for convenience. */
  readonly cache: boolean;
  /** Bytes that are mutated when the seal is mended: a header. */
  readonly head?: (bytes: Buffer) => number;
  /** SQLite has no checksum of its cells: a value may be another. */
  readonly unsealed?: boolean;
}

async function fuzz(name: string, { file, read, cache, head, unsealed = false }: Reader): Promise<void> {
  const draws = new Draws(name);
  const whole = readFileSync(file);
  const value = JSON.stringify(await read());
  const counts = { mutants: 0, faults: 0, anew: 0, same: 0, other: 0, mended: 0 };
  const attempt = async (bytes: Buffer, trusted: boolean) => {
    writeFileSync(file, bytes);
    let result: unknown;
    try {
      result = await read();
    } catch (error) {
      if (!(error instanceof Fault)) throw new Error(`${name}: a mutant ends in ${String(error)}`, { cause: error });
      expect(error.problems[0]?.place, name).toContain(path.parse(file).name);
      counts.faults++;
      return;
    }
    if (JSON.stringify(result) === value) counts.same++;
    else if (result === null && cache) counts.anew++;
    else if (trusted || unsealed) counts.other++;
    else throw new Error(`${name}: a mutant gives another value: ${JSON.stringify(result)?.slice(0, 300)}`);
  };
  for (let i = 0; i < MUTANTS; i++) {
    const mutant = mutate(whole, draws);
    if (mutant.equals(whole)) continue;
    counts.mutants++;
    await attempt(mutant, false);
    const passing = unsealed ? null : mended(mutate(whole, draws, head?.(whole)));
    if (passing === null) continue;
    counts.mended++;
    await attempt(passing, true);
  }
  writeFileSync(file, whole);
  expect(JSON.stringify(await read()), name).toBe(value);
  console.log(`${name}: ${JSON.stringify(counts)}`);
  expect(counts.mutants).toBeGreaterThan(MUTANTS * 0.8);
}

const plain = (value: unknown): unknown =>
  value instanceof Map
    ? [...value].map(([key, each]) => [key, plain(each)])
    : ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")
      : value;

it("checkpoints", async () => {
  const file = path.join(scratch.folder, "last-7.safetensors");
  const tensors = new Map([
    ["dense1/weight", { shape: [3, 4], data: Float32Array.from({ length: 12 }, Math.sqrt) }],
    ["dense1/bias", { shape: [4], data: new Float32Array(4) }],
  ]);
  await writeSafetensors(file, tensors, { stamp: JSON.stringify({ step: 7, epoch: 1, batch: 0, best: null }), format: "descent checkpoint 2" });
  await fuzz("checkpoints", {
    file,
    cache: false,
    head: (bytes) => 8 + Number(bytes.readBigUInt64LE()),
    async read() {
      await readSafetensorsHeader(file);
      const { metadata, tensors: back } = await readSafetensors(file);
      return [metadata, [...back].map(([name, { shape, data }]) => [name, shape, plain(data)])];
    },
  });
});

it("splits", async () => {
  const file = path.join(scratch.folder, "split.npz");
  const numbers = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  await writeSplit(file, { train: numbers(0, 70), validation: numbers(70, 85), test: numbers(85, 100) }, Int32Array.from(numbers(0, 100)));
  await fuzz("splits", {
    file,
    cache: false,
    async read() {
      const split = await readSplit(file);
      return split && [plain(split.train), plain(split.validation), plain(split.test), plain(split.targets)];
    },
  });
});

const ROWS = { folder: "images", count: 30, rowBytes: 17 };
const row = async (number: number) => Uint8Array.from({ length: ROWS.rowBytes }, (_, i) => (number * 13 + i) % 251);

it.each(["bin", "json"])("decoded rows, the .%s", async (ending) => {
  const spec = { ...ROWS, fingerprint: `fuzz-${ending}`, make: row };
  const all = Uint32Array.from({ length: ROWS.count }, (_, i) => i);
  const read = async () => {
    const { file, failed } = await openRows(spec);
    const bytes = await file.read(all);
    await file.close();
    return [plain(bytes), [...failed]];
  };
  await read();
  const file = path.join(scratch.folder, "cache", "images", `${spec.fingerprint}.${ending}`);
  await fuzz(`decoded rows, the .${ending}`, { file, cache: true, read });
});

it("kept inspections", async () => {
  const { fingerprint } = await inspectSource({ type: "shipped", name: "iris" }, () => {});
  const inspection = await cachedInspection(fingerprint);
  if (inspection === null) throw new Error("the inspection was not kept");
  await keepInspection(inspection);
  await fuzz("kept inspections", {
    file: path.join(scratch.folder, "cache", "inspections", `${fingerprint}.json`),
    cache: true,
    read: () => cachedInspection(fingerprint),
  });
});

it("unpacked archives", async () => {
  const folder = path.join(scratch.folder, "tree");
  mkdirSync(path.join(folder, "data"), { recursive: true });
  writeFileSync(path.join(folder, "data", "a.csv"), "x,y\n".repeat(200));
  writeFileSync(path.join(folder, "data", "b.csv"), "1,2\n".repeat(50));
  await sealTree(folder);
  // What is damaged is unpacked again.
  const read = async () => ((await treeDamage(folder)) === null ? "whole" : null);
  for (const file of ["data/a.csv", "manifest.json"]) await fuzz(`unpacked archives, ${file}`, { file: path.join(folder, file), cache: true, read });
});

it("the window's place", async () => {
  writeWindowState(scratch.folder, { x: 10, y: 20, width: 1000, height: 700, maximized: false });
  const screens = [{ x: 0, y: 0, width: 2000, height: 1500 }];
  const first = JSON.stringify(readWindowState(path.join(scratch.folder, "none"), screens));
  await fuzz("the window's place", {
    file: path.join(scratch.folder, "window.json"),
    cache: true,
    async read() {
      const state = readWindowState(scratch.folder, screens);
      return JSON.stringify(state) === first ? null : state;
    },
  });
});

it("the history", async () => {
  const file = path.join(scratch.folder, "history.sqlite");
  const made = openHistory(file);
  const run = insertRun(made);
  made.connection.transaction(() => made.metrics.write(run, [rows("train.loss", 1, 300, Math.sqrt), rows("validation.loss", 10, 300, Math.cbrt, 10)]));
  made.events.add(run, "info", "begun");
  made.checkpoints.put(run, [{ kind: "last", file: "last-300.safetensors", step: 300, epoch: 30, hash: "00", metrics: { "validation.loss": 1 } }]);
  made.connection.pragma("journal_mode = DELETE");
  made.connection.close();
  await fuzz("the history", {
    file,
    cache: false,
    unsealed: true,
    async read() {
      const history = openHistory(file);
      try {
        const listed = history.runs.listed(history.runs.visible());
        const { recipe } = history.runs.internals(1);
        return [
          listed,
          history.metrics.series(1, null, 100),
          history.events.latest(1, 10),
          history.checkpoints.list(1),
          history.recipes.read(recipe),
          history.datasets.list(),
        ];
      } finally {
        history.connection.close();
      }
    },
  });
});
