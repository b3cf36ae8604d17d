/** Folders of images: pixels against Pillow, sizes and fits, what is left out and told, and the cache. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { Transformer } from "@napi-rs/image";
import { describe, expect, it } from "vitest";
import { decodeImage, decodeOriginal } from "../../src/main/data/images/decode.ts";
import { readImageHeader } from "../../src/main/data/images/header.ts";
import { inspectDataset } from "../../src/main/data/inspect/inspect.ts";
import { reader as images } from "../../src/main/data/readers/images.ts";
import { FileBytes } from "../../src/main/data/sampleFiles/fileBytes.ts";
import { RowFile } from "../../src/main/data/sampleFiles/rowFile.ts";
import { splitDataset } from "../../src/main/data/split.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { splitSchema } from "../../src/shared/recipe/splitSchema.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

type ImagesSource = Extract<SourceConfig, { type: "images" }>;
interface Pixels {
  readonly shape: number[];
  readonly values: string;
}

const FIXTURES = path.join(import.meta.dirname, "fixtures", "images");
const figures: { pictures: Record<string, Pixels>; fits: Record<string, Record<string, Pixels>>; grey: Pixels } = JSON.parse(
  readFileSync(path.join(FIXTURES, "figures.json"), "utf8"),
);
const scratch = scratchFolder({ cache: true });

/** A folder with the given files, by place; a text is the name of a fixture. */
const folder = (files: Readonly<Record<string, string | Uint8Array>>) => scratch.tree(files, FIXTURES);

const source = (root: string, config: Partial<ImagesSource> = {}): ImagesSource => ({
  type: "images",
  path: root,
  fit: "stretch",
  channels: "auto",
  ...config,
});

/** A PNG of one colour. */
async function png(r: number, g: number, b: number, width = 4, height = 4): Promise<Buffer> {
  const pixels = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) pixels.set([r, g, b, 255], 4 * i);
  return Transformer.fromRgbaPixels(pixels, width, height).png();
}

const all = (length: number) => Uint32Array.from({ length }, (_, i) => i);
const bytesOf = ({ values }: Pixels) => Buffer.from(values, "base64");
function furthest(a: Uint8Array | Float32Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

async function decode(name: string, config?: { height: number; width: number; fit: "stretch" | "crop" | "pad"; channels?: 1 | 3 }) {
  const file = path.join(FIXTURES, name);
  const header = await FileBytes.use(file, readImageHeader);
  const { channels, height, width } = header;
  return { header, values: await decodeImage(file, header, { channels, height, width, fit: "stretch", ...config }) };
}

/** A PNG header that promises any size. */
function bomb(width: number, height: number, whole: Buffer): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe("pixels", () => {
  // How far a decoder may be from Pillow's: not at all where the format keeps every value; the blend of alpha rounds twice.
  const TOLERANCES: Readonly<Record<string, number>> = { "alpha.png": 1, jpg: 3, "lossy.webp": 3 };
  it.each(Object.entries(figures.pictures))("%s has Pillow's", async (name, pixels) => {
    const { header, values } = await decode(name);
    expect([header.channels, header.height, header.width]).toEqual(pixels.shape);
    expect(furthest(values, bytesOf(pixels))).toBeLessThanOrEqual(TOLERANCES[name] ?? TOLERANCES[path.extname(name).slice(1)] ?? 0);
  });

  it.each(Object.entries(figures.fits).flatMap(([size, fits]) => Object.entries(fits).map(([fit, pixels]) => ({ size, fit, pixels }))))(
    "$fit to $size is Pillow's within a level",
    async ({ fit, pixels }) => {
      const [, height = 0, width = 0] = pixels.shape;
      const { values } = await decode("wide.png", { height, width, fit: fit as "crop" });
      expect(furthest(values, bytesOf(pixels))).toBeLessThanOrEqual(1);
    },
  );

  it("turns colour into grey as Pillow does", async () => {
    const { values } = await decode("colour.png", { height: 10, width: 12, fit: "stretch", channels: 1 });
    expect(furthest(values, bytesOf(figures.grey))).toBe(0);
  });

  it("crops a very long image without making it huge", async () => {
    const long = path.join(folder({ "long.png": await png(200, 100, 50, 20_000, 2) }), "long.png");
    const header = await FileBytes.use(long, readImageHeader);
    const values = await decodeImage(long, header, { channels: 3, height: 64, width: 64, fit: "crop" });
    expect([values[0], values[64 * 64], values[2 * 64 * 64 + 64 * 64 - 1]]).toEqual([200, 100, 50]);
    expect(values.length).toBe(3 * 64 * 64);
  });

  it("reads AVIF", async () => {
    const avif = await new Transformer(await png(200, 100, 50, 32, 16)).avif({ quality: 100 });
    const file = path.join(folder({ "a.avif": avif }), "a.avif");
    const header = await FileBytes.use(file, readImageHeader);
    expect(header).toMatchObject({ format: "avif", width: 32, height: 16, channels: 3 });
    const { shape, values } = await decodeOriginal(file, header, 16);
    expect(shape).toEqual([3, 8, 16]);
    expect(furthest(values.subarray(0, 128), new Uint8Array(128).fill(200))).toBeLessThanOrEqual(3);
  });
});

describe("a folder of classes", () => {
  it("is read in the same order everywhere, nested folders too, whatever the names say", async () => {
    const root = folder({
      "b/2.png": "colour.png",
      "b/10.jpg": "colour.png",
      "B/x/deep.png": "colour.png",
      "a/1.PNG": "colour.png",
      "a/.hidden.png": "grey.png",
      "a/Thumbs.db": "grey.png",
    });
    const dataset = await images.open(source(root));
    expect(dataset.facts).toEqual({
      name: path.basename(root),
      length: 4,
      sampleShape: [3, 10, 12],
      elementType: "uint8",
      target: { kind: "classification", classes: ["B", "a", "b"] },
      givenTest: 0,
    });
    expect([0, 1, 2, 3].map((i) => dataset.place(i))).toEqual(["B/x/deep.png", "a/1.PNG", "b/10.jpg", "b/2.png"]);
    expect([...(await dataset.targets())]).toEqual([0, 1, 2, 2]);
    expect(english(dataset.problems)).toEqual([]);
    const { samples, targets } = await dataset.fetch(Uint32Array.of(3, 3, 1));
    expect(furthest(samples.subarray(0, 360), bytesOf(at(Object.values(figures.pictures), 0)))).toBe(0);
    expect(samples.length).toBe(3 * 360);
    expect([...targets]).toEqual([2, 2, 1]);
    expect(dataset.originalSize(0)).toEqual({ height: 10, width: 12, channels: 3 });
    expect((await dataset.original(0)).shape).toEqual([3, 10, 12]);
    await expect(dataset.fetch(Uint32Array.of(4))).rejects.toThrow("from 0 to 3");
    await dataset.close();
  });

  it("puts the validation and the test folder at the end, as parts of their own", async () => {
    const root = folder({
      "test/b/t1.png": "colour.png",
      "test/a/t2.png": "colour.png",
      "train/a/1.png": "colour.png",
      "train/b/1.png": "colour.png",
      "train/z/1.png": "colour.png",
      "valid/b/2.png": "colour.png",
      "valid/c/3.png": "colour.png",
    });
    const dataset = await images.open(source(root));
    expect(dataset.facts).toMatchObject({ length: 7, givenValidation: 2, givenTest: 2, target: { classes: ["a", "b", "c", "z"] } });
    expect([...all(7)].map((i) => dataset.place(i))).toEqual([
      "train/a/1.png",
      "train/b/1.png",
      "train/z/1.png",
      "valid/b/2.png",
      "valid/c/3.png",
      "test/a/t2.png",
      "test/b/t1.png",
    ]);
    expect([...(await dataset.targets())]).toEqual([0, 1, 3, 1, 2, 0, 1]);
    expect(dataset.problems.map(({ severity, title, items }) => [severity, title, items.map(({ place }) => place)])).toEqual([
      ["warning", "1 class has no image in the train folder", ["c"]],
      ["info", "2 images are in a validation folder of their own", ["validation"]],
    ]);
    const split = await splitDataset(dataset, splitSchema.parse({ validation: "given", test: "given" }), 1);
    expect([split.train, split.validation, split.test].map((part) => [...part])).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6],
    ]);
    const { problems } = await inspectDataset(dataset, { fingerprint: "", bytes: null, onInspection: () => {}, onProgress: () => {} });
    const leaks = problems.filter(({ kind }) => kind === "leak").flatMap(({ items }) => items.map(({ detail }) => english(detail)));
    const same = (part: string) => `in the ${part} part, the same as sample 0 (train/a/1.png) in the training part`;
    expect(leaks).toEqual([same("validation"), same("validation"), same("test"), same("test")]);
  });

  it("may have classes that no image of the train folder is of, which is told", async () => {
    const root = folder({ "train/a/1.png": "colour.png", "train/b/1.png": "colour.png", "val/c/1.png": "colour.png", "test/d/1.png": "colour.png" });
    const { problems } = await images.open(source(root));
    expect(problems[0]).toMatchObject({ kind: "emptyClass", title: "2 classes have no image in the train folder", items: [{ place: "c" }, { place: "d" }] });
  });

  it("is one class whether its name's letters are composed or not, as macOS has them", async () => {
    const root = folder({
      "train/고양이/1.png": "colour.png",
      "train/개/1.png": "colour.png",
      [`test/${"고양이".normalize("NFD")}/2.png`]: "colour.png",
    });
    expect((await images.describe(source(root))).target).toEqual({ kind: "classification", classes: ["개", "고양이"] });
  });

  it.runIf(process.platform !== "win32")("has a folder once, however many links lead to it", async () => {
    const root = folder({ "z/1.png": "colour.png", "b/1.png": "colour.png" });
    symlinkSync(path.join(root, "z"), path.join(root, "a"));
    expect((await images.describe(source(root))).target).toEqual({ kind: "classification", classes: ["b", "z"] });
  });

  it("may have a class called train", async () => {
    const root = folder({ "train/1.png": "colour.png", "car/1.png": "colour.png" });
    expect((await images.describe(source(root))).target).toEqual({ kind: "classification", classes: ["car", "train"] });
  });

  it("is found by what is in it", async () => {
    const root = folder({ "a/1.png": "colour.png", "b/1.png": "colour.png", "c/1.txt": "colour.png" });
    expect(await images.detect(root)).toEqual(source(root));
    expect(await images.detect(path.join(root, "a"))).toBeNull();
    expect(await images.detect(path.join(root, "a", "1.png"))).toBeNull();
    const parts = folder({ "train/a/1.png": "colour.png", "train/b/1.png": "colour.png" });
    expect(await images.detect(parts)).toEqual(source(parts));
  });
});

describe("what is left out", () => {
  it("is four broken files among two hundred; the rest trains", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 200; i++) files[`${i % 2 === 0 ? "even" : "odd"}/${String(i).padStart(3, "0")}.png`] = await png(i, 255 - i, 7);
    const whole = at(Object.values(files), 0);
    const body = Buffer.from(whole);
    // Inside the image data: the header and the end stay as they are.
    body[body.indexOf("IDAT") + 8] = (body[body.indexOf("IDAT") + 8] ?? 0) ^ 0xff;
    Object.assign(files, {
      "even/cut.png": whole.subarray(0, whole.length - 20),
      "odd/empty.png": new Uint8Array(0),
      "odd/text.png": Buffer.from("no image"),
      "odd/zz-damaged.png": body,
    });
    const config = source(folder(files));
    // The damaged one shows when it is decoded; the others are known from their first and last bytes.
    expect((await images.describe(config)).length).toBe(201);
    const dataset = await images.open(config);
    expect(dataset.length).toBe(200);
    expect(dataset.problems).toHaveLength(1);
    expect(dataset.problems[0]).toMatchObject({ kind: "unreadable", severity: "error", title: "4 of 204 images cannot be read and are left out", total: 4 });
    expect(dataset.problems[0]?.items.slice(0, 3)).toEqual([
      { sample: null, place: "even/cut.png", detail: "is cut off inside its image data" },
      { sample: null, place: "odd/empty.png", detail: "is empty" },
      { sample: null, place: "odd/text.png", detail: 'is no image: it begins with "no image"' },
    ]);
    expect(dataset.problems[0]?.items[3]).toMatchObject({ place: "odd/zz-damaged.png", detail: expect.stringContaining("is damaged") });
    const { samples, targets } = await dataset.fetch(all(200));
    for (let i = 0; i < 200; i++) {
      const number = Number.parseInt(path.basename(dataset.place(i) ?? ""), 10);
      expect([samples[i * 48], samples[i * 48 + 16], samples[i * 48 + 47], targets[i]]).toEqual([number, 255 - number, 7, number % 2]);
    }
    expect(await images.describe(config)).toEqual(dataset.facts);
  });

  it("is a JPEG that is cut off, although decoders make something of it", async () => {
    const whole = readFileSync(path.join(FIXTURES, "photo.jpg"));
    const dataset = await images.open(
      source(
        folder({
          "a/1.jpg": whole,
          "b/1.jpg": whole,
          "b/2.jpg": whole.subarray(0, whole.length - 40),
          "b/3.jpg": Buffer.concat([whole, Buffer.from("trailing")]),
        }),
      ),
    );
    expect(dataset.length).toBe(3);
    expect(dataset.problems[0]?.items).toEqual([{ sample: null, place: "b/2.jpg", detail: "is cut off inside its image data" }]);
  });

  it.each(readdirSync(FIXTURES).filter((name) => /\.(?:png|jpg|webp|bmp|gif|tiff)$/.test(name)))("is %s wherever it is cut off", async (name) => {
    const whole = readFileSync(path.join(FIXTURES, name));
    const files: Record<string, Uint8Array> = { "a/1.png": await png(1, 2, 3), "b/1.png": await png(3, 2, 1) };
    const cuts = [1, 3, 9, 20, 30, 60, Math.floor(whole.length / 2), whole.length - 25].filter((cut) => cut < whole.length - 12);
    for (const cut of cuts) files[`a/cut${cut}${path.extname(name)}`] = whole.subarray(0, cut);
    const dataset = await images.open(source(folder(files)));
    expect(dataset.length).toBe(2);
    expect(dataset.problems.find(({ kind }) => kind === "unreadable")?.total).toBe(cuts.length);
  });

  it("is an image whose header promises more than memory holds", async () => {
    const whole = await png(1, 2, 3);
    const dataset = await images.open(source(folder({ "a/1.png": whole, "b/1.png": whole, "b/bomb.png": bomb(50_000, 50_000, whole) })));
    expect(dataset.length).toBe(2);
    expect(dataset.problems[0]?.items).toEqual([{ sample: null, place: "b/bomb.png", detail: "has 50,000 × 50,000 pixels, more than 100,000,000" }]);
  });

  it("is an empty class, and told with other files", async () => {
    const root = folder({
      "a/1.png": "colour.png",
      "b/1.png": "colour.png",
      "c/notes.txt": "colour.png",
      "labels.csv": "colour.png",
      "loose.png": "colour.png",
    });
    mkdirSync(path.join(root, "d"));
    const dataset = await images.open(source(root));
    expect(dataset.target).toEqual({ kind: "classification", classes: ["a", "b"] });
    expect(dataset.problems.map(({ kind, severity, items }) => [kind, severity, ...items.map(({ place }) => place)])).toEqual([
      ["emptyClass", "warning", "c", "d"],
      ["note", "info", "loose.png", "labels.csv", "c/notes.txt"],
    ]);
  });

  it.runIf(process.platform !== "win32")("is a link that leads nowhere or round in circles", async () => {
    const root = folder({ "a/1.png": "colour.png", "b/1.png": "colour.png" });
    symlinkSync(path.join(root, "nothing.png"), path.join(root, "b", "gone.png"));
    symlinkSync(path.join(root, "b", "self.png"), path.join(root, "b", "self.png"));
    symlinkSync(root, path.join(root, "b", "round"));
    const dataset = await images.open(source(root));
    expect(dataset.length).toBe(2);
    expect(dataset.problems[0]?.items).toEqual([
      { sample: null, place: "b/gone.png", detail: "does not exist: it is a broken link, or was just removed" },
      { sample: null, place: "b/self.png", detail: "is a link that leads to itself" },
    ]);
  });

  it.runIf(process.platform !== "win32")("is a pipe, which nobody waits for", async () => {
    const root = folder({ "a/1.png": "colour.png", "b/1.png": "colour.png" });
    execFileSync("/usr/bin/mkfifo", [path.join(root, "b", "pipe.png")]);
    const dataset = await images.open(source(root));
    expect(dataset.problems[0]?.items).toEqual([{ sample: null, place: "b/pipe.png", detail: "is not a regular file" }]);
  });

  it("is a GIF with a frame that is far larger than its screen", async () => {
    const whole = readFileSync(path.join(FIXTURES, "colour.gif"));
    const huge = Buffer.from(whole);
    const frame = huge.indexOf(Buffer.of(0x2c, 0, 0, 0, 0));
    huge.writeUInt16LE(0xffff, frame + 5);
    huge.writeUInt16LE(0xffff, frame + 7);
    const dataset = await images.open(source(folder({ "a/1.gif": whole, "b/1.gif": whole, "b/huge.gif": huge })));
    expect(dataset.problems[0]?.items).toEqual([{ sample: null, place: "b/huge.gif", detail: "has damaged image data" }]);
  });
});

describe("sizes and channels", () => {
  it("are the most frequent, colour where any is, and told", async () => {
    const files: Record<string, Uint8Array | string> = { "b/grey.png": "grey.png", "b/poster.png": await png(9, 9, 9, 300, 200) };
    for (let i = 0; i < 6; i++) files[`a/${i}.png`] = "colour.png";
    const dataset = await images.open(source(folder(files)));
    expect(dataset.sampleShape).toEqual([3, 10, 12]);
    expect(dataset.sizes).toEqual([
      { height: 10, width: 12, channels: 3, count: 6 },
      { height: 10, width: 12, channels: 1, count: 1 },
      { height: 200, width: 300, channels: 3, count: 1 },
    ]);
    const { samples } = await dataset.fetch(Uint32Array.of(6));
    const grey = bytesOf(
      at(
        Object.values(figures.pictures).filter((_, i) => Object.keys(figures.pictures)[i] === "grey.png"),
        0,
      ),
    );
    expect(furthest(samples, Buffer.concat([grey, grey, grey]))).toBe(0);
    expect(english(dataset.problems)).toMatchObject([
      { kind: "wrongSize", severity: "warning", total: 1, items: [{ sample: 7, place: "b/poster.png", detail: "300 × 200 pixels" }] },
      { kind: "mixedChannels", severity: "info", total: 1, items: [{ sample: 6, place: "b/grey.png", detail: "grey" }] },
    ]);
  });

  it("are in the middle where hardly two images have the same", async () => {
    const files: Record<string, Uint8Array> = {};
    // Two are alike, and of a shape that no other has.
    for (let i = 0; i < 23; i++) files[`${i % 2 === 0 ? "a" : "b"}/${i}.png`] = i < 2 ? await png(i, 1, 1, 90, 20) : await png(i, 1, 1, 30 + i, 60 - i);
    const dataset = await images.open(source(folder(files)));
    expect(dataset.sampleShape).toEqual([3, 47, 43]);
  });

  it("are at most 256 on a side where none is asked for, in the image's shape", async () => {
    const large = await png(1, 2, 3, 1024, 512);
    const root = folder({ "a/1.png": large, "b/1.png": large });
    expect((await images.describe(source(root))).sampleShape).toEqual([3, 128, 256]);
    expect((await images.describe(source(root, { size: [300, 20], channels: "gray" }))).sampleShape).toEqual([1, 300, 20]);
  });
});

describe("faults", () => {
  it.each([
    ["no images", { "a/notes.txt": "colour.png" }, "no image in it or its folders"],
    ["images beside each other", { "1.png": "colour.png" }, 'images without class folders ("1.png")'],
    ["one class", { "a/1.png": "colour.png" }, 'images only in "a"'],
    ["a folder around the folders", { "set/a/1.png": "colour.png", "set/b/1.png": "colour.png" }, "Did you mean"],
    ["one class that can be read", { "a/1.png": "colour.png", "b/1.png": "make.py" }, "only images of a"],
  ])("%s", async (_, files, words) => {
    const config = source(folder(files));
    for (const fault of [await faultOf(images.open(config)), await faultOf(images.describe(config))]) {
      expect(fault.kind).toBe("input");
      expect(fault.message).toContain(words);
      expect(fault.problems[0]?.place).toBe(config.path);
    }
  });

  it("no such folder", async () => {
    const root = folder({ "a/1.png": "colour.png" });
    expect((await faultOf(images.describe(source(`${root}x`)))).message).toContain(`no such folder. Did you mean ${JSON.stringify(root)}?`);
    expect((await faultOf(images.describe(source(path.join(root, "a", "1.png"))))).message).toContain("must name a folder that can be read; received a file");
  });
});

describe("the cache", () => {
  const cacheFiles = () => readdirSync(path.join(scratch.folder, "cache", "images"));

  async function opened(config: ImagesSource) {
    const decoded: number[] = [];
    const dataset = await images.open(config, (done) => decoded.push(done));
    const { samples } = await dataset.fetch(all(dataset.length));
    await dataset.close();
    return { decoded: decoded.length, samples };
  }

  it("is used again, and not when an image or the size changes", async () => {
    const root = folder({ "a/1.png": await png(10, 20, 30), "b/1.png": await png(40, 50, 60) });
    const config = source(root);
    const states = [await images.state(config)];
    const first = await opened(config);
    expect(first.decoded).toBe(2);
    expect(await opened(config)).toEqual({ ...first, decoded: 0 });
    expect((await opened({ ...config, size: [2, 2] })).decoded).toBe(2);
    expect(await images.state(config)).toBe(states[0]);

    writeFileSync(path.join(root, "a", "1.png"), await png(99, 20, 30));
    utimesSync(path.join(root, "a", "1.png"), 1, 1);
    states.push(await images.state(config));
    const changed = await opened(config);
    expect(changed.decoded).toBe(2);
    expect(changed.samples[0]).toBe(99);
    writeFileSync(path.join(root, "b", "2.png"), await png(1, 1, 1));
    states.push(await images.state(config));
    expect(new Set(states).size).toBe(3);
  });

  it("is made again where it was cut in half or lost its list", async () => {
    const config = source(folder({ "a/1.png": await png(10, 20, 30), "b/1.png": await png(40, 50, 60) }));
    const names = new Set(existsSync(path.join(scratch.folder, "cache", "images")) ? cacheFiles() : []);
    const first = await opened(config);
    const file = path.join(
      scratch.folder,
      "cache",
      "images",
      at(
        cacheFiles().filter((name) => name.endsWith(".bin") && !names.has(name)),
        0,
      ),
    );
    expect(statSync(file).size).toBe(96);
    truncateSync(file, 48);
    expect(await opened(config)).toEqual(first);
    writeFileSync(file.replace(/bin$/, "json"), '{"version":1,"cou');
    expect(await opened(config)).toEqual(first);
    expect((await opened(config)).decoded).toBe(0);
    expect(cacheFiles().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("gives the same rows whether it is held in memory or read from the file", async () => {
    const rows = Uint8Array.from({ length: 50 * 7 }, (_, i) => (i * 37) % 251);
    const file = scratch.write("rows.bin", rows);
    const wanted = Uint32Array.of(49, 3, 4, 5, 5, 0, 48, 49);
    const row = (index: number) => rows.subarray(index * 7, index * 7 + 7);
    const checksums = Uint32Array.from({ length: 50 }, (_, index) => crc32(row(index)));
    const parts = { path: file, rowBytes: 7, checksums, make: async (index: number) => row(index).slice(), empty: new Map() };
    const expected = Array.from(wanted).flatMap((row) => [...rows.subarray(row * 7, row * 7 + 7)]);
    for (const held of [0, 1000]) {
      const open = await RowFile.open(parts, held);
      expect(open.resident).toBe(held > 0);
      expect([...(await open.read(wanted))]).toEqual(expected);
      await open.close();
    }
    const cut = await RowFile.open({ ...parts, checksums: new Uint32Array(51) }, 0);
    expect((await faultOf(cut.read(Uint32Array.of(50)))).kind).toBe("environment");
    await cut.close();
  });

  it("is made once by two that ask at the same time", async () => {
    const config = source(folder({ "a/1.png": await png(10, 20, 30), "b/1.png": await png(40, 50, 60) }));
    const both = await Promise.all([opened(config), opened(config)]);
    expect(both[0]?.samples).toEqual(both[1]?.samples);
    expect(both.map(({ decoded }) => decoded).sort()).toEqual([0, 2]);
  });
});
