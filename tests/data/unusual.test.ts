/** Unusual files that people have, which are read right: what was right when they were tried must stay right. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readWave, readWavHeader } from "../../src/main/data/audio/wav.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { decodeImage } from "../../src/main/data/images/decode.ts";
import { readImageHeader } from "../../src/main/data/images/header.ts";
import { RED } from "../../src/main/data/readers/sampleImages.ts";
import { FileBytes } from "../../src/main/data/sampleFiles/fileBytes.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

const FIXTURES = path.join(import.meta.dirname, "fixtures", "right");
const figures: Readonly<Record<string, { readonly shape: readonly [3, number, number]; readonly values: readonly number[] }>> = JSON.parse(
  readFileSync(path.join(FIXTURES, "figures.json"), "utf8"),
);
const scratch = scratchFolder();
process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");

function put(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [place, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(scratch.folder, name, place)), { recursive: true });
    writeFileSync(path.join(scratch.folder, name, place), content);
  }
  return path.join(scratch.folder, name);
}

describe("images of unusual kinds (fixtures/right/make.py)", () => {
  it.each(Object.entries(figures))("%s has Pillow's pixels", async (name, { shape: [, height, width], values }) => {
    const file = path.join(FIXTURES, name);
    const header = await FileBytes.use(file, readImageHeader);
    const pixels = Array.from(await decodeImage(file, header, { channels: 3, height, width, fit: "stretch" }));
    const furthest = pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - (values[i] ?? 999))), 0);
    // JPEG decoders round differently, and so do ways from CMYK to RGB.
    expect(furthest).toBeLessThanOrEqual(name.endsWith(".jpg") ? 3 : name.startsWith("cmyk") ? 1 : 0);
  });
});

describe("what systems and programs leave in folders", () => {
  it("is neither a class nor a word", async () => {
    const folder = put("pets", {
      "cats/1.png": RED,
      "cats/.ipynb_checkpoints/1-checkpoint.png": RED,
      "cats/Thumbs.db": "x",
      "dogs/1.png": RED,
      "dogs/.DS_Store": "x",
      "dogs/._1.png": "x",
      ".ipynb_checkpoints/a.png": RED,
      "__MACOSX/cats/._1.png": "x",
      "@eaDir/1.png": RED,
      ".git/objects/1.png": RED,
      "desktop.ini": "x",
    });
    const dataset = await openDataset(await detectSource(folder));
    expect(dataset.facts).toMatchObject({ length: 2, target: { classes: ["cats", "dogs"] } });
    expect(dataset.facts.guesses).toBeUndefined();
    expect(english(dataset.problems)).toEqual([]);
    await dataset.close();
  });
});

/** A chunk of a RIFF file. */
function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(name, "latin1"), length, content]);
}

describe("WAV files of recorders", () => {
  const values = [0, 0.5, -1, 0.25];

  it("24 bits in 32 (WAVE_FORMAT_EXTENSIBLE)", async () => {
    const format = Buffer.alloc(40);
    format.writeUInt16LE(0xfffe, 0);
    format.writeUInt16LE(1, 2);
    format.writeUInt32LE(8000, 4);
    format.writeUInt32LE(32_000, 8);
    format.writeUInt16LE(4, 12);
    format.writeUInt16LE(32, 14);
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(24, 18);
    // The identifier of PCM.
    format.write("0100000000001000800000aa00389b71", 24, "hex");
    const samples = Buffer.alloc(16);
    for (const [i, value] of values.entries()) samples.writeInt32LE(value * 2 ** 31, 4 * i);
    const body = Buffer.concat([Buffer.from("WAVE", "latin1"), chunk("fmt ", format), chunk("data", samples)]);
    await expectWave(put("wide", { "a.wav": chunk("RIFF", body) }));
  });

  it("RF64, whose length stands in a chunk of its own (EBU Tech 3306)", async () => {
    const sizes = Buffer.alloc(28);
    sizes.writeBigUInt64LE(8n, 8);
    const format = Buffer.alloc(16);
    format.writeUInt16LE(1, 0);
    format.writeUInt16LE(1, 2);
    format.writeUInt32LE(8000, 4);
    format.writeUInt32LE(16_000, 8);
    format.writeUInt16LE(2, 12);
    format.writeUInt16LE(16, 14);
    const samples = Buffer.alloc(8);
    for (const [i, value] of values.entries()) samples.writeInt16LE(value * 2 ** 15, 2 * i);
    const data = chunk("data", samples);
    data.writeUInt32LE(0xffffffff, 4);
    const file = Buffer.concat([Buffer.from("RF64\xff\xff\xff\xffWAVE", "latin1"), chunk("ds64", sizes), chunk("fmt ", format), data]);
    await expectWave(put("long", { "a.wav": file }));
  });

  async function expectWave(folder: string): Promise<void> {
    const wave = await FileBytes.use(path.join(folder, "a.wav"), async (bytes) => readWave(bytes, await readWavHeader(bytes), 100));
    expect(Array.from(wave)).toEqual(values);
  }
});

describe("tables", () => {
  it("of Spark and Impala: times of 96 bits, Brotli (fixtures/right/make.mjs)", async () => {
    const source = await detectSource(path.join(FIXTURES, "int96-brotli.parquet"));
    expect(source).toMatchObject({ type: "parquet", target: "kind" });
    const dataset = await openDataset(source);
    expect(dataset.facts.times).toEqual(["when"]);
    const { samples } = await dataset.fetch(Uint32Array.of(0, 1, 2, 3));
    expect(Array.from(samples)).toEqual([0, 11_016, Math.fround(18_322 - 1 / 86_400_000), -0.5]);
    await dataset.close();
  });

  it.each([
    [
      "in UTF-16 with tabs, as Excel saves text",
      Buffer.from("\ufeffsize\tkind\r\n1.5\tä\r\n-2\tß\r\n3\tä\r\n4\tß\r\n", "utf16le"),
      [1.5, -2, 3, 4],
      ["ß", "ä"],
    ],
    ["with decimal commas and semicolons", Buffer.from("size;kind\n1,5;a\n-2,25;b\n3,0;a\n4,75;b\n"), [1.5, -2.25, 3, 4.75], ["a", "b"]],
    [
      "with a byte order mark, quotes and lines inside them",
      Buffer.from('\ufeff"size","kind"\n"1","a\nb"\n"2","c ""d"""\n"3","a\nb"\n4,"c ""d"""\n'),
      [1, 2, 3, 4],
      ["a\nb", 'c "d"'],
    ],
    ["with old Macintosh's line ends", Buffer.from("size,kind\r1,a\r2,b\r3,a\r4,b\r"), [1, 2, 3, 4], ["a", "b"]],
  ])("%s", async (name, bytes, numbers, classes) => {
    const folder = put(name.replaceAll(/\W/g, "-"), { "things.csv": bytes });
    const source = { type: "csv", path: path.join(folder, "things.csv"), target: "kind", task: "classification", kinds: { size: "numeric" } } as const;
    const dataset = await openDataset(source);
    expect(dataset.facts.target).toEqual({ kind: "classification", classes });
    expect(Array.from((await dataset.fetch(Uint32Array.of(0, 1, 2, 3))).samples)).toEqual(numbers);
    expect(dataset.facts.guesses).toBeUndefined();
    await dataset.close();
  });
});
