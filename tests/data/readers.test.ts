/**
 * The battery for readers: every format's own samples are read, and then damaged, moved, packed and interrupted. The formats come from
 * recipe/formats and the samples from the readers, so that a new reader is held to all of this by being there.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import type { Dataset } from "../../src/main/data/dataset.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { readerOf } from "../../src/main/data/readerOf.ts";
import type { SampleFiles } from "../../src/main/data/readers/sample.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { loadRecipe } from "../../src/main/hosts/cli/recipeFile.ts";
import { Fault } from "../../src/shared/kit/fault.ts";
import { type FormatName, formats } from "../../src/shared/recipe/formats/index.ts";
import type { FileSource } from "../../src/shared/recipe/sources.ts";
import { mapPaths, pathsOf, sourceSchema } from "../../src/shared/recipe/sources.ts";
import { allowed, permissionsHome } from "../helpers/code.ts";
import { faultOf, scratchFolder } from "./files.ts";

const scratch = scratchFolder();
let folders = 0;
let caches = 0;
emptyCache();
permissionsHome();

/** Writes a sample's files into a folder of their own. */
function put(files: SampleFiles, within = path.join(scratch.folder, String(++folders), "sample")): string {
  mkdirSync(within, { recursive: true });
  for (const [place, content] of Object.entries(files)) {
    const file = path.join(within, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return within;
}

const inside = <S extends FileSource>(source: S, folder: string) => mapPaths(source, (place) => path.join(folder, place));

/** The person has allowed the code as it is, where the format is code. */
function permit(type: FormatName, source: FileSource): void {
  if (formats[type].holds === "code") for (const { path: file } of pathsOf(source)) allowed(file);
}

async function everything(dataset: Dataset) {
  const { samples, targets } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  const width = samples.length / dataset.length;
  const values = Array.from({ length: dataset.length }, (_, i) => Array.from(samples.subarray(i * width, (i + 1) * width)));
  return { values, targets: Array.from(targets) };
}

/** A fault that names a place below the folder or a field, and says all that a person needs. */
function expectTold(fault: Fault, folder: string): void {
  expect(["input", "environment"]).toContain(fault.kind);
  expect(fault.problems.length).toBeGreaterThan(0);
  for (const { place, expected, received, remedy } of fault.problems) {
    expect(place.startsWith(folder) || place.startsWith("data.source") || !path.isAbsolute(place), place).toBe(true);
    for (const words of [place, expected, received, remedy]) expect(words).not.toBe("");
  }
}

/**
 * Damaged files are refused with words, or left out and told.
 * @param perhapsWhole text that is cut can still be whole: a table with fewer rows, a shorter name
 */
async function expectRefusedOrTold(source: FileSource, folder: string, perhapsWhole: boolean): Promise<void> {
  let dataset: Dataset;
  try {
    dataset = await openDataset(source);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expectTold(error, folder);
    return;
  }
  try {
    await everything(dataset);
    const told = dataset.problems.some(({ severity, items }) => severity !== "info" && items.length > 0);
    expect(told || perhapsWhole, `${source.type} read damaged files without a word`).toBe(true);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expectTold(error, folder);
  } finally {
    await dataset.close();
  }
}

/** What is opened next is made anew. */
function emptyCache(): void {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, `cache${++caches}`);
}

const PNG_START = Buffer.from("\x89PNG\r\n\x1a\n and then nothing of an image", "latin1");
const PROSE = "It was a dark and stormy night; the rain fell in torrents.\n".repeat(3);

const types = (Object.keys(formats) as FormatName[]).filter((type): type is FileSource["type"] => type !== "shipped");
const readers = await Promise.all(types.map(async (type) => [type, await readerOf({ type })] as const));

describe.each(readers)("%s", (type, reader) => {
  const format = formats[type];
  const hasFiles = format.paths.length > 0;

  it("has samples, and files that must fail where it reads any", () => {
    expect(reader.samples.length).toBeGreaterThan(0);
    if (hasFiles) expect(reader.failing.length).toBeGreaterThan(0);
    expect(reader.detect !== undefined).toBe(format.drop !== null);
    expect(reader.table !== undefined).toBe(format.holds === "table");
  });

  describe.each(reader.samples.map((sample, number) => [number + 1, sample] as const))("sample %i", (_, sample) => {
    const folder = put(sample.files());
    const source = inside(sample.source, folder);
    const dropped = sample.dropped === null ? null : path.join(folder, sample.dropped);
    permit(type, source);
    let dataset: Dataset;
    beforeAll(async () => {
      dataset = await openDataset(source);
      return () => dataset.close();
    });

    it("is a source that the recipe takes", () => {
      expect(sourceSchema.parse(source)).toEqual(source);
      expect(pathsOf(source).map(({ field }) => field.replace("data.source.", ""))).toEqual(format.paths.filter((field) => Reflect.has(source, field)));
    });

    it("is recognised by what is dropped", async () => {
      expect(dropped === null).toBe(format.drop === null);
      if (dropped !== null) expect(await detectSource(dropped)).toMatchObject(source);
    });

    it("has its facts, before and after it is opened", async () => {
      expect(await describeSource(source)).toEqual(sample.facts);
      expect(dataset.facts).toEqual(sample.facts);
    });

    it("comes back value by value, in any order, more than once", async () => {
      const whole = await everything(dataset);
      expect(whole).toEqual({ values: sample.values, targets: sample.targets });
      expect(Array.from(await dataset.targets())).toEqual(sample.targets);
      const last = dataset.length - 1;
      const { samples } = await dataset.fetch(Uint32Array.of(last, 0, last));
      expect(Array.from(samples)).toEqual([last, 0, last].flatMap((index) => sample.values[index] ?? []));
      expectTold(await faultOf(dataset.fetch(Uint32Array.of(dataset.length))), folder);
    });

    it("tells where a sample comes from, or that it does not know", () => {
      if (hasFiles && format.holds !== "code") expect(dataset.place(0)).toMatch(/\S/);
      expect(dataset.place(0)).not.toBe("");
    });

    it("tells how far it is, and ends at the end", async () => {
      emptyCache();
      const told: (readonly [number, number])[] = [];
      await (await openDataset(source, { onProgress: (done, total) => told.push([done, total]) })).close();
      expect(told.length).toBeGreaterThan(0);
      for (const [i, [done, total]] of told.entries()) {
        expect(done).toBeLessThanOrEqual(total);
        expect(done).toBeGreaterThanOrEqual(told[i - 1]?.[0] ?? 0);
      }
      expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
    });

    it("can be ended on the way: nothing half done stays, and it opens afterwards", async () => {
      emptyCache();
      const before = new AbortController();
      before.abort(new Error("ended before"));
      await expect(openDataset(source, { signal: before.signal })).rejects.toThrow("ended before");
      const controller = new AbortController();
      await expect(openDataset(source, { signal: controller.signal, onProgress: () => controller.abort(new Error("ended on the way")) })).rejects.toThrow(
        "ended on the way",
      );
      const left = readdirSync(scratch.folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tmp|unfinished/.test(name));
      expect(left).toEqual([]);
      const again = await openDataset(source);
      expect(await everything(again)).toEqual({ values: sample.values, targets: sample.targets });
      await again.close();
    });

    if (!hasFiles) return;

    it("is found by paths that start at the folder of the recipe's file", async () => {
      const file = path.join(folder, "recipe.json");
      writeFileSync(file, JSON.stringify({ data: { source: sample.source } }));
      expect(await loadRecipe(file, [], async () => [])).toMatchObject({ data: { source } });
      rmSync(file);
    });

    it.runIf(format.holds !== "code")("reads the same inside a zip, by a path into it and as it is dropped", async () => {
      const archive = path.join(path.dirname(folder), "packed.zip");
      const entries = Object.entries(sample.files()).map(([place, content]) => [place, Buffer.from(content)] as const);
      writeFileSync(archive, zipSync(Object.fromEntries(entries)));
      const packed = inside(sample.source, archive);
      const unpacked = await openDataset(packed);
      expect(await everything(unpacked)).toEqual({ values: sample.values, targets: sample.targets });
      await unpacked.close();
      expect(await detectSource(path.join(archive, sample.dropped ?? ""))).toMatchObject(packed);
      expect((await openAndClose(await detectSource(archive))).length).toBe(sample.facts.length);
    });

    describe.each(Object.entries(sample.files()))("%s", (place, content) => {
      const bytes = Buffer.from(content);
      const damage: Readonly<Record<string, Uint8Array | string>> = {
        "cut in the middle": bytes.subarray(0, Math.floor(bytes.length / 2)),
        "cut before its end": bytes.subarray(0, bytes.length - Math.min(13, bytes.length - 1)),
        empty: new Uint8Array(0),
        "with the start of an image": PNG_START,
        "with prose in it": PROSE,
      };
      it.each(Object.entries(damage))("%s is refused, or left out and told", async (what, damaged) => {
        const other = put({ ...sample.files(), [place]: damaged });
        const there = inside(sample.source, other);
        permit(type, there);
        await expectRefusedOrTold(there, other, typeof content === "string" && what.startsWith("cut"));
      });

      it("missing is refused, or told", async () => {
        const { [place]: _, ...others } = sample.files();
        const other = put(others);
        const found = await openAndClose(inside(sample.source, other)).catch((error: unknown) => error);
        if (found instanceof Fault) expectTold(found, other);
        else expect(found).not.toBeInstanceOf(Error);
      });
    });
  });

  if (reader.failing.length > 0)
    it.each(reader.failing.map((failing) => [failing.what, failing] as const))("refuses %s", async (_what, { files, source: relative, says }) => {
      const folder = put(files());
      const source = inside(relative, folder);
      permit(type, source);
      const fault = await faultOf(openDataset(source));
      expect(fault.message).toMatch(says);
      expectTold(fault, folder);
      expect((await faultOf(describeSource(source))).message).toBe(fault.message);
    });
});

async function openAndClose(source: Parameters<typeof openDataset>[0]): Promise<Dataset> {
  const dataset = await openDataset(source);
  await dataset.close();
  return dataset;
}
