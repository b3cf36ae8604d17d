/** The IDX reader: element types, shapes, plain and gzip, and the words for damaged files. */
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inspectIdx, readPayload } from "../../src/main/data/readers/idxFile.ts";
import { describeSource, openDataset } from "../../src/main/data/sources.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

type IdxSource = Extract<SourceConfig, { type: "idx" }>;

const scratch = scratchFolder();
let files = 0;

const WRITERS = {
  uint8: { code: 0x08, bytes: 1, write: (view: DataView, offset: number, value: number) => view.setUint8(offset, value) },
  int8: { code: 0x09, bytes: 1, write: (view: DataView, offset: number, value: number) => view.setInt8(offset, value) },
  int16: { code: 0x0b, bytes: 2, write: (view: DataView, offset: number, value: number) => view.setInt16(offset, value) },
  int32: { code: 0x0c, bytes: 4, write: (view: DataView, offset: number, value: number) => view.setInt32(offset, value) },
  float32: { code: 0x0d, bytes: 4, write: (view: DataView, offset: number, value: number) => view.setFloat32(offset, value) },
  float64: { code: 0x0e, bytes: 8, write: (view: DataView, offset: number, value: number) => view.setFloat64(offset, value) },
};

function idxBytes(type: keyof typeof WRITERS, shape: readonly number[], values: readonly number[]): Buffer {
  const { code, bytes, write } = WRITERS[type];
  const buffer = Buffer.alloc(4 + 4 * shape.length + values.length * bytes);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  buffer.set([0, 0, code, shape.length]);
  for (const [axis, dim] of shape.entries()) view.setUint32(4 + 4 * axis, dim);
  for (const [i, value] of values.entries()) write(view, 4 + 4 * shape.length + i * bytes, value);
  return buffer;
}

const range = (length: number, of: (i: number) => number = (i) => i) => Array.from({ length }, (_, i) => of(i));
const write = (bytes: Uint8Array, name = `f${++files}`) => scratch.write(name, bytes);

const SAMPLES = idxBytes("uint8", [4, 2, 3], range(24));
const LABELS = idxBytes("uint8", [4], [0, 1, 2, 1]);

function source(samples: Uint8Array = SAMPLES, labels: Uint8Array = LABELS, config: Partial<IdxSource> = {}): IdxSource {
  return { type: "idx", samples: write(samples, `samples${++files}`), labels: write(labels, `labels${files}`), ...config };
}

async function read(config: IdxSource) {
  const dataset = await openDataset(config);
  expect(await describeSource(config)).toEqual(dataset.facts);
  return { facts: dataset.facts, ...(await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i))) };
}

const clean = (text: string) => text.replaceAll(`${scratch.folder}${path.sep}`, "").replaceAll(/\b(samples|labels)\d+/g, "$1");

async function openMessage(config: IdxSource): Promise<string> {
  const fault = await faultOf(openDataset(config));
  expect(fault.kind).toBe("input");
  return clean(fault.message);
}

/** What both opening and describing say. */
async function message(config: IdxSource): Promise<string> {
  const opened = await openMessage(config);
  expect(clean((await faultOf(describeSource(config))).message)).toBe(opened);
  return opened;
}

describe("IDX", () => {
  it.each([
    ["plain", SAMPLES, LABELS],
    ["gzip", gzipSync(SAMPLES), gzipSync(LABELS)],
    ["mixed", gzipSync(SAMPLES), LABELS],
    ["gzip in two members", Buffer.concat([gzipSync(SAMPLES.subarray(0, 18)), gzipSync(SAMPLES.subarray(18))]), LABELS],
  ])("reads images of bytes as one channel: %s", async (_, samples, labels) => {
    const { facts, ...batch } = await read(source(samples, labels));
    expect(facts).toEqual({
      name: path.basename(scratch.folder),
      length: 4,
      sampleShape: [1, 2, 3],
      elementType: "uint8",
      target: { kind: "classification", classes: ["0", "1", "2"] },
      givenTest: 0,
    });
    expect(batch).toEqual({ samples: Uint8Array.from(range(24)), targets: Int32Array.of(0, 1, 2, 1) });
  });

  it.each([
    [[4, 6], [6]],
    [
      [4, 3, 2, 1],
      [3, 2, 1],
    ],
    [
      [4, 1, 2, 3, 1],
      [1, 2, 3, 1],
    ],
  ])("%j samples are %j each", async (shape, sampleShape) => {
    expect((await read(source(idxBytes("uint8", shape, range(24))))).facts.sampleShape).toEqual(sampleShape);
  });

  it.each([
    ["int8", [-128, -1, 0, 127]],
    ["int16", [-32768, -1, 256, 32767]],
    ["int32", [-65536, 1, 16777216, 2]],
    ["float32", [0.5, -1.25, 3e38, 0]],
    ["float64", [0.5, -1.25, 2 ** 100, 0]],
  ] as const)("reads %s as float32", async (type, values) => {
    const { facts, samples } = await read(source(idxBytes(type, [2, 2], values), idxBytes("uint8", [2], [0, 1])));
    expect(facts.elementType).toBe("float32");
    expect(samples).toEqual(Float32Array.from(values));
  });

  it.each(["int8", "int16", "int32"] as const)("reads labels of %s", async (type) => {
    expect((await read(source(SAMPLES, idxBytes(type, [4], [0, 1, 2, 1])))).targets).toEqual(Int32Array.of(0, 1, 2, 1));
  });

  it("puts the given test part at the end and names the classes", async () => {
    const test = {
      testSamples: write(
        gzipSync(
          idxBytes(
            "uint8",
            [2, 2, 3],
            range(12, (i) => 200 + i),
          ),
        ),
      ),
      testLabels: write(idxBytes("uint8", [2], [2, 0])),
    };
    const { facts, samples, targets } = await read(source(SAMPLES, LABELS, { ...test, classes: ["a", "b", "c", "d"] }));
    expect(facts).toMatchObject({ length: 6, givenTest: 2, target: { classes: ["a", "b", "c", "d"] } });
    expect(samples).toEqual(Uint8Array.from([...range(24), ...range(12, (i) => 200 + i)]));
    expect(targets).toEqual(Int32Array.of(0, 1, 2, 1, 2, 0));
  });

  it("describes without unpacking the samples: damage behind the header does not matter yet", async () => {
    const noise = new RandomStream(0, "noise");
    const packed = gzipSync(
      idxBytes(
        "uint8",
        [2000, 800],
        range(1_600_000, (i) => noise.below(256, i)),
      ),
      { level: 1 },
    );
    packed.fill(0xff, packed.length - 2000, packed.length - 1000);
    const config = source(
      packed,
      idxBytes(
        "uint8",
        [2000],
        range(2000, (i) => i % 10),
      ),
    );
    expect(await describeSource(config)).toMatchObject({ length: 2000, sampleShape: [800] });
    expect(await openMessage(config)).toMatch(
      /^samples: must be a complete gzip file of 1600012 bytes when unpacked; received .+ after \d+ bytes\. The file is damaged: download or copy it again\.$/,
    );
  });
});

describe("bad IDX", () => {
  const cut = (bytes: Buffer, by: number) => bytes.subarray(0, bytes.length - by);
  const expectedSamples = "samples: must hold 40 bytes, according to its header (4×2×3 of uint8 behind 16 bytes of header)";

  it.each([
    ["samples cut off", cut(SAMPLES, 5), LABELS, `${expectedSamples}; received 35 bytes. The file is cut off: download or copy it again.`],
    ["samples too long", Buffer.concat([SAMPLES, Buffer.of(1)]), LABELS, `${expectedSamples}; received 41 bytes. Download or copy the file again.`],
    [
      "packed samples cut off before packing",
      gzipSync(cut(SAMPLES, 5)),
      LABELS,
      `${expectedSamples}; received 35 bytes. The file is cut off: download or copy it again.`,
    ],
    [
      "packed samples too long",
      gzipSync(Buffer.concat([SAMPLES, Buffer.of(1)])),
      LABELS,
      `${expectedSamples}; received 41 bytes. Download or copy the file again.`,
    ],
    [
      "labels cut off",
      SAMPLES,
      cut(LABELS, 1),
      "labels: must hold 12 bytes, according to its header (4 of uint8 behind 8 bytes of header); received 11 bytes. The file is cut off: download or copy it again.",
    ],
    [
      "a header cut off",
      SAMPLES.subarray(0, 10),
      LABELS,
      "samples: must be an IDX file, which begins with a header of 16 bytes; received 10 bytes in all. Download or copy the file again.",
    ],
    [
      "an empty file",
      Buffer.alloc(0),
      LABELS,
      "samples: must be an IDX file, which begins with a header of at least 8 bytes; received 0 bytes in all. Download or copy the file again.",
    ],
    [
      "another format",
      Buffer.from("89504e470d0a1a0a", "hex"),
      LABELS,
      "samples: must be an IDX file, whose first bytes are 00 00, the element type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions; received 89 50 4e 47. Name an IDX file, plain or gzip.",
    ],
    [
      "an unknown element type",
      Buffer.concat([Buffer.of(0, 0, 0x0a, 1), SAMPLES]),
      LABELS,
      "samples: must be an IDX file, whose first bytes are 00 00, the element type (08, 09, 0b, 0c, 0d or 0e) and the number of dimensions; received 00 00 0a 01. Name an IDX file, plain or gzip.",
    ],
    [
      "dimensions beyond any file",
      Buffer.from("000008030fffffff0000100000001000", "hex"),
      LABELS,
      "samples: must hold 4503599610593296 bytes, according to its header (268435455×4096×4096 of uint8 behind 16 bytes of header); received 16 bytes. The file is cut off: download or copy it again.",
    ],
    [
      "no samples",
      idxBytes("uint8", [0, 2, 3], []),
      LABELS,
      "samples: must hold at least one sample of at least one element; received dimensions 0×2×3. Check that this is the file you meant.",
    ],
    [
      "fewer labels than samples",
      SAMPLES,
      idxBytes("uint8", [3], [0, 1, 2]),
      "labels: must hold 4 labels, one per sample of samples; received 3. Use the labels that belong to these samples.",
    ],
    [
      "files changed round",
      LABELS,
      SAMPLES,
      "samples: must have at least two dimensions, the number of samples and their size; received dimensions 4. Check that this is not the file of labels.\nlabels: must have one dimension, the number of labels; received dimensions 4×2×3. Check that this is not the file of samples.",
    ],
    ["labels of fractions", SAMPLES, idxBytes("float32", [4], [0, 1, 2, 1]), "labels: must hold integers; received float32. Write the labels as uint8."],
    [
      "a negative label",
      SAMPLES,
      idxBytes("int8", [4], [0, 1, -2, 1]),
      "labels, label 2: must be a class number from 0 to 9999; received -2. Number the classes from 0.",
    ],
    [
      "a single class",
      SAMPLES,
      idxBytes("uint8", [4], [3, 3, 3, 3]),
      "labels: must hold labels of at least two classes; received only the label 3. Check that these are the labels you meant.",
    ],
  ])("%s", async (_, samples, labels, expected) => {
    expect(await message(source(samples, labels))).toBe(expected);
  });

  it("more labels than names", async () => {
    expect(await message(source(SAMPLES, LABELS, { classes: ["a", "b"] }))).toBe(
      "labels, label 2: must be a class number from 0 to 1, one of the 2 names in data.source.classes; received 2. Name every class, in the order of the class numbers.",
    );
  });

  it("a packed file cut off is found before anything is started on it", async () => {
    const noise = range(5000, (i) => (i * 2654435761) % 256);
    const packed = gzipSync(idxBytes("uint8", [50, 100], noise));
    const config = source(
      packed.subarray(0, packed.length - 400),
      idxBytes(
        "uint8",
        [50],
        range(50, (i) => i % 2),
      ),
    );
    expect(await message(config)).toMatch(
      /^samples: must hold 5012 bytes, according to its header \(50×100 of uint8 behind 12 bytes of header\); received \d+ bytes\. The file is cut off/,
    );
  });

  it("a packed file without its last bytes is cut off too", async () => {
    const packed = gzipSync(SAMPLES);
    expect(gunzipSync(packed)).toEqual(SAMPLES);
    expect(await openMessage(source(packed.subarray(0, packed.length - 6)))).toMatch(/^samples: must be a complete gzip file/);
  });

  it("a wrong checksum", async () => {
    const packed = gzipSync(SAMPLES);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    expect(await openMessage(source(packed))).toMatch(/^samples: must be a complete gzip file.*The file is damaged: download or copy it again\.$/);
  });

  it("bytes that only begin like gzip", async () => {
    expect(await message(source(Buffer.from("1f8b0800ffffffffffffffffff", "hex")))).toMatch(
      /^samples: must be a complete gzip file; received .+ after 0 bytes\./,
    );
  });

  it("numbers that are not finite", async () => {
    const labels = idxBytes("uint8", [2], [0, 1]);
    expect(await openMessage(source(idxBytes("float32", [2, 2], [1, 2, 3, Number.NaN]), labels))).toBe(
      "samples, sample 1: must hold finite numbers that float32 can hold; received NaN. Correct the value or remove the sample.",
    );
    expect(await openMessage(source(idxBytes("float64", [2, 2], [1e300, 2, 3, 4]), labels))).toBe(
      "samples, sample 0: must hold finite numbers that float32 can hold; received 1e+300. Correct the value or remove the sample.",
    );
  });

  it("a file that changes between the look at its header and the reading", async () => {
    const file = { path: write(SAMPLES, "changing"), field: "data.source.samples" };
    const inspected = await inspectIdx(file);
    write(cut(SAMPLES, 1), "changing");
    expect(english((await faultOf(readPayload(inspected, new Uint8Array(24)))).problems[0]?.received)).toBe("39 bytes");
    write(Buffer.concat([SAMPLES, SAMPLES]), "changing");
    expect(english((await faultOf(readPayload(inspected, new Uint8Array(24)))).problems[0]?.received)).toBe("80 bytes");
  });

  it("a test part of another shape", async () => {
    const test = { testSamples: write(idxBytes("uint8", [2, 3, 3], range(18)), "t10k"), testLabels: write(idxBytes("uint8", [2], [0, 1])) };
    expect(await message(source(SAMPLES, LABELS, test))).toBe(
      "t10k: must hold samples like those of samples, uint8 2×3; received uint8 3×3. Use the test part of the same data set.",
    );
  });

  it("half a test part", async () => {
    expect(await message(source(SAMPLES, LABELS, { testSamples: write(SAMPLES) }))).toBe(
      "data.source.testLabels: is required with testSamples; received nothing. Add testLabels, or leave testSamples out too.",
    );
  });

  it("a missing file, by its field", async () => {
    expect(await message(source(SAMPLES, LABELS, { labels: "no-labels.gz" }))).toBe(
      `no-labels.gz: data.source.labels must name a file that can be read; received no such file. Correct the path; relative ones start at ${process.cwd()}.`,
    );
  });
});
