/** Images of people's programs: values beyond 8 bits, turned, transparent, of several pages, of unusual kinds; against Pillow. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Transformer } from "@napi-rs/image";
import { describe, expect, it } from "vitest";
import { openGiven } from "../../src/main/data/given/open.ts";
import { decodeImage } from "../../src/main/data/images/decode.ts";
import { readImageHeader } from "../../src/main/data/images/header.ts";
import type { ImageHeader } from "../../src/main/data/images/imageHeader.ts";
import { decoderSentence } from "../../src/main/data/images/load.ts";
import type { Target } from "../../src/main/data/images/target.ts";
import { reader as images } from "../../src/main/data/readers/images.ts";
import { FileBytes } from "../../src/main/data/sampleFiles/fileBytes.ts";
import { at } from "../../src/shared/kit/fault.ts";
import type { Text } from "../../src/shared/kit/words.ts";
import { withAlternative } from "../../src/shared/recipe/guess.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

type ImagesSource = Extract<SourceConfig, { type: "images" }>;
interface Figure {
  readonly shape: readonly number[];
  readonly dtype: "uint8" | "float32";
  readonly values: string;
}

const FIXTURES = path.join(import.meta.dirname, "fixtures", "pictures");
const figures: Readonly<Record<string, Figure>> = JSON.parse(readFileSync(path.join(FIXTURES, "figures.json"), "utf8"));
const scratch = scratchFolder({ cache: true });

function figure(name: string): { readonly shape: readonly number[]; readonly values: number[] } {
  const { shape, dtype, values } = figures[name] ?? { shape: [], dtype: "uint8", values: "" };
  const bytes = Uint8Array.from(Buffer.from(values, "base64"));
  return { shape, values: Array.from(dtype === "uint8" ? bytes : new Float32Array(bytes.buffer)) };
}

/** A folder with the given files, by place; a text is the name of a fixture. */
const folder = (files: Readonly<Record<string, string | Uint8Array>>) => scratch.tree(files, FIXTURES);

const source = (root: string, config: Partial<ImagesSource> = {}): ImagesSource => ({
  type: "images",
  path: root,
  fit: "stretch",
  channels: "auto",
  ...config,
});

async function open(files: Readonly<Record<string, string | Uint8Array>>, config: Partial<ImagesSource> = {}) {
  const dataset = await images.open(source(folder(files), config));
  const { samples } = await dataset.fetch(Uint32Array.from({ length: dataset.length }, (_, i) => i));
  const size = samples.length / dataset.length;
  return { dataset, sample: (index: number) => Array.from(samples.subarray(index * size, (index + 1) * size)) };
}

const headerOf = (name: string) => FileBytes.use(path.join(FIXTURES, name), readImageHeader);

/** In its own size and, where the target says nothing else, its own values. */
async function decode(name: string, target: Partial<Target> = {}) {
  const header = await headerOf(name);
  const { channels, height, width, white } = header;
  const deep = white === 255 ? {} : { white: white ?? 1 };
  const values = await decodeImage(path.join(FIXTURES, name), header, { channels, height, width, fit: "stretch", ...deep, ...target });
  return { header, values: Array.from(values) };
}

const shapeOf = ({ channels, height, width }: ImageHeader) => [channels, height, width];
const furthest = (a: readonly number[], b: readonly number[]) => {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
};
const noteOf = (problems: readonly { readonly title: Text }[], pattern: RegExp) => english(problems.find(({ title }) => pattern.test(english(title))));

describe("values of a file", () => {
  const names = Object.keys(figures).filter((name) => /\.(?:png|tif|pgm|ppm|pbm|webp)$/.test(name));
  it.each(names)("%s are Pillow's", async (name) => {
    const { header, values } = await decode(name);
    const expected = figure(name);
    expect(shapeOf(header)).toEqual(expected.shape);
    expect(furthest(values, expected.values)).toBe(0);
  });

  it.each(
    ["5x7", "28x40", "3x33", "14x20"].flatMap((size) => [
      { size, name: "decimals.tif", prefix: "" },
      { size, name: "deep.png", prefix: "deep " },
    ]),
  )("of $name resized to $size are Pillow's", async ({ size, name, prefix }) => {
    const { shape, values: expected } = figure(`${prefix}resized ${size}`);
    const [, height = 0, width = 0] = shape;
    const { values } = await decode(name, { height, width });
    expect(furthest(values, expected)).toBeLessThan(1e-3);
  });

  it.each(["crop", "pad"] as const)("are cut or padded as those of 8 bits (%s)", async (fit) => {
    const { values } = await decode("deep.png", { height: 9, width: 9, fit });
    const { values: bytes } = await decode("deep.png", { height: 9, width: 9, fit, range: [0, 4095] });
    const png = await new Transformer(readFileSync(path.join(FIXTURES, "deep.png"))).png();
    expect(png.length).toBeGreaterThan(0);
    expect(
      furthest(
        bytes,
        values.map((value) => value / 4095),
      ),
    ).toBeLessThan(1e-6);
    expect(values.slice(0, 9).every((value) => value === 0)).toBe(fit === "pad");
  });

  it("that are cut off are said to be", async () => {
    for (const name of ["decimals.tif", "predicted.tif", "twelve.tif", "palette.tif"]) {
      const whole = readFileSync(path.join(FIXTURES, name));
      for (const cut of [4, 12, Math.floor(whole.length / 2), whole.length - 8]) {
        const file = scratch.write(`cut${cut}-${name}`, whole.subarray(0, cut));
        const failed = (async () => {
          const header = await FileBytes.use(file, readImageHeader);
          return decodeImage(file, header, { channels: 1, height: 4, width: 4, fit: "stretch", white: 1 });
        })();
        await expect(failed, `${name} ${cut}`).rejects.toThrow(/cut off|damaged|no image/);
      }
    }
  });
});

describe("images of more than 8 bits", () => {
  const files = { "a/1.png": "deep.png", "b/2.png": "deep2.png" };

  it("keep their values, and the small part that they use is told", async () => {
    const { dataset, sample } = await open(files);
    expect(dataset.elementType).toBe("float32");
    expect(sample(0)).toEqual(figure("deep.png").values);
    expect(new Set(sample(0)).size).toBeGreaterThan(100);
    expect(dataset.guesses.map(({ field }) => field)).toEqual(["range"]);
    expect(at(dataset.guesses, 0).said.en).toMatch(/of 0 to 65,535 \(12 of 16 bits\)/);
    expect(noteOf(dataset.problems, /small part of their range/)).toMatchObject({ severity: "warning", title: expect.stringMatching(/12 of 16 bits/) });
    expect(dataset.facts.pictures).toEqual({ white: 65_535 });
  });

  it("are stretched where that is chosen, and nothing is guessed then", async () => {
    const { dataset } = await open(files);
    const root = source(folder(files));
    const stretched = await images.open(withAlternative(root, at(at(dataset.guesses, 0).instead, 0)));
    const { samples } = await stretched.fetch(Uint32Array.of(0, 1));
    expect([Math.min(...samples), Math.max(...samples)]).toEqual([0, 1]);
    expect(stretched.guesses).toEqual([]);
    expect((await images.describe(withAlternative(root, at(at(dataset.guesses, 0).instead, 0)))).pictures?.range?.length).toBe(2);
  });

  it("can be rounded to 8 bits, stretched before", async () => {
    const { dataset, sample } = await open(files, { depth: "8bit", range: "stretch" });
    expect(dataset.elementType).toBe("uint8");
    expect([Math.min(...sample(0)), Math.max(...sample(0))]).toEqual([0, 255]);
    expect(new Set(sample(0)).size).toBeGreaterThan(100);
    const { sample: plain } = await open(files, { depth: "8bit" });
    expect(Math.max(...plain(0))).toBe(Math.round((Math.max(...figure("deep.png").values) * 255) / 65_535));
  });

  it("beside images of 8 bits bring these to their range, which is said; a rare one is rounded", async () => {
    const mixed = await open({ "a/1.png": "deep.png", "b/1.ppm": "colour.ppm" });
    expect(mixed.dataset.elementType).toBe("float32");
    expect(mixed.dataset.guesses.map(({ field, instead }) => [field, at(instead, 0).set])).toContainEqual(["depth", { depth: "8bit" }]);
    const few = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i % 2 === 0 ? "a" : "b"}/${i}.ppm`, "colour.ppm"]));
    const { dataset } = await open({ ...few, "a/deep.png": "deep.png" });
    expect([dataset.elementType, dataset.guesses.map(({ field, instead }) => [field, at(instead, 0).set])]).toEqual(["uint8", [["depth", { depth: "full" }]]]);
  });

  it("that are decimals keep their values, and no range is guessed", async () => {
    const { dataset, sample } = await open({ "a/1.tif": "decimals.tif", "b/2.tif": "predicted.tif" });
    expect([dataset.elementType, dataset.guesses]).toEqual(["float32", []]);
    expect(sample(0)).toEqual(figure("decimals.tif").values);
  });

  it("are read for a prediction as for training", async () => {
    for (const config of [{}, { range: "stretch" }, { depth: "8bit", range: "stretch" }] as const) {
      const { dataset, sample } = await open(files, config);
      const given = await openGiven(path.join(FIXTURES, "deep2.png"), {
        source: source("elsewhere", { range: "file" }),
        facts: dataset.facts,
        columns: null,
      });
      const { samples, broken } = await given.fetch(Uint32Array.of(0));
      expect(broken.size).toBe(0);
      expect(Array.from(samples)).toEqual(sample(1));
    }
  });
});

describe("masks of zeros and ones", () => {
  it("are told, and stretched to black and white where that is chosen", async () => {
    const files = { "a/1.png": "mask.png", "b/2.png": "mask2.png" };
    const { dataset, sample } = await open(files);
    expect([dataset.elementType, Math.max(...sample(0))]).toEqual(["uint8", 1]);
    expect(at(dataset.guesses, 0).said.en).toMatch(/values from 0 to 1 of 0 to 255 \(1 of 8 bits\)/);
    const stretched = await open(files, { range: "stretch" });
    expect([...new Set(stretched.sample(0))].sort()).toEqual([0, 255]);
    expect((await open(files, { range: "file" })).dataset.guesses).toEqual([]);
  });
});

describe("transparent images", () => {
  const disc = figure("disc").values;
  const kinds = [".png", ".webp", "-grey.png", "-grey.tif", "-palette.png", ".gif"];

  it.each(kinds)("of dark content are put on white, of bright content on black, and that is said (%s)", async (kind) => {
    for (const [name, ground] of [
      ["dark", 255],
      ["bright", 0],
    ] as const) {
      const ending = kind.slice(kind.lastIndexOf("."));
      const { dataset, sample } = await open({ [`a/1${ending}`]: `${name}${kind}`, [`b/2${ending}`]: `${name}${kind}` });
      expect(sample(0).slice(0, 144)).toEqual(disc.map((inside) => (inside === 1 ? 255 - ground : ground)));
      const { field, said, instead } = at(dataset.guesses, 0);
      expect([dataset.guesses.length, field, at(instead, 0).set]).toEqual([1, "background", { background: ground === 255 ? "black" : "white" }]);
      expect(said.en).toMatch(/^2 of 2 examined images/);
      expect(noteOf(dataset.problems, new RegExp(`^2 of 2 images are transparent in places and put on ${ground === 255 ? "white" : "black"}$`))).toMatchObject({
        total: 2,
      });
    }
  });

  it("are put on the colour that is chosen, and that is known for predictions", async () => {
    const { dataset, sample } = await open({ "a/1.png": "dark.png", "b/2.png": "dark.png" }, { background: "#10ff80" });
    expect([sample(0)[0], sample(0)[144], sample(0)[288], dataset.guesses]).toEqual([0x10, 0xff, 0x80, []]);
    expect(dataset.facts.pictures).toEqual({ background: [0x10, 0xff, 0x80] });
    const given = await openGiven(path.join(FIXTURES, "dark.webp"), { source: source("x"), facts: dataset.facts, columns: null });
    expect(Array.from((await given.fetch(Uint32Array.of(0))).samples)).toEqual(sample(0));
  });

  it("are judged by those that are trained on alone, where others are held out", async () => {
    const { dataset } = await open({ "train/a/1.png": "dark.png", "train/b/2.png": "dark.png", "test/a/3.png": "bright.png", "test/b/4.png": "bright.png" });
    expect([dataset.givenTest, dataset.facts.pictures]).toEqual([2, { background: [255, 255, 255] }]);
    expect(at(dataset.guesses, 0).said.en).toMatch(/^2 of 2 examined images/);
  });

  it("of 16 bits too", async () => {
    const { sample } = await open({ "a/1.tif": "dark-deep.tif", "b/2.tif": "dark-deep.tif" });
    expect(sample(0)).toEqual(disc.map((inside) => (inside === 1 ? 3000 : 65_535)));
  });

  it("that are transparent nowhere give no guess", async () => {
    const opaque = await Transformer.fromRgbaPixels(
      Uint8Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? 255 : i * 3)),
      4,
      4,
    ).png();
    const { dataset } = await open({ "a/1.png": opaque, "b/2.png": opaque });
    expect([dataset.guesses, noteOf(dataset.problems, /transparent/), dataset.facts.pictures]).toEqual([[], undefined, undefined]);
  });
});

describe("images that are stored turned", () => {
  it("are upright whether EXIF stands before or behind the pixels", async () => {
    expect((await headerOf("turned-behind6.png")).orientation).toBe(6);
  });

  it.each([
    { rotation: 1, mirror: null, orientation: 8 },
    { rotation: 2, mirror: null, orientation: 3 },
    { rotation: 3, mirror: null, orientation: 6 },
    { rotation: 0, mirror: 1, orientation: 2 },
    { rotation: 0, mirror: 0, orientation: 4 },
    { rotation: 1, mirror: 1, orientation: 5 },
    { rotation: 3, mirror: 1, orientation: 7 },
  ])("are upright in AVIF: $rotation quarters, mirror $mirror", async ({ rotation, mirror, orientation }) => {
    const pixels = Uint8Array.from({ length: 32 * 16 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i < 4 * 32 * 8 ? 255 : (i >> 2) % 32 < 16 ? 120 : 0));
    const plain = await Transformer.fromRgbaPixels(pixels, 32, 16).avif({ quality: 100 });
    const [upright, turned] = [scratch.write("plain.avif", plain), scratch.write("turned.avif", withTransform(plain, rotation, mirror))];
    const header = await FileBytes.use(turned, readImageHeader);
    expect(header.orientation).toBe(orientation);
    const swaps = orientation > 4;
    expect([header.width, header.height]).toEqual(swaps ? [16, 32] : [32, 16]);
    const { channels, height, width } = header;
    const values = await decodeImage(turned, header, { channels, height, width, fit: "stretch" });
    const stored = await new Transformer(readFileSync(upright)).rotate(orientation).rawPixels();
    expect(Array.from(values.subarray(0, 512))).toEqual(Array.from({ length: 512 }, (_, i) => stored[4 * i]));
  });
});

/** The boxes of properties that nothing asks for become a rotation and a mirroring. */
function withTransform(avif: Buffer, rotation: number, mirror: number | null): Buffer {
  const out = Buffer.from(avif);
  const colour = out.indexOf("colr");
  const wanted =
    mirror === null
      ? [["irot", rotation]]
      : [
          ["irot", rotation],
          ["imir", mirror],
        ];
  // The colour's box of 19 bytes makes room for both, each 9 bytes long, one of them longer by a byte.
  expect(out.readUInt32BE(colour - 4)).toBe(19);
  let offset = colour - 4;
  for (const [i, [name, value]] of wanted.entries()) {
    const size = i === wanted.length - 1 ? colour + 15 - offset : 9;
    out.fill(0, offset, offset + size);
    out.writeUInt32BE(size, offset);
    out.write(String(name), offset + 4, "latin1");
    out.writeUInt8(Number(value), offset + 8);
    offset += size;
  }
  return out;
}

describe("images of several pages or frames", () => {
  it.each([
    ["pages.tif", 4],
    ["frames.gif", 4],
    ["frames.webp", 4],
    ["frames.png", 4],
    ["frames.jpg", 2],
  ] as const)("are their first one, and that is told: %s", async (name, pages) => {
    expect((await headerOf(name)).pages).toBe(pages);
    const ending = path.extname(name);
    const { dataset } = await open({ [`a/1${ending}`]: name, [`b/2${ending}`]: name });
    const told = noteOf(dataset.problems, /^2 of 2 images have several pages or frames: the first one is used/);
    expect(told).toMatchObject({ total: 2, title: expect.stringContaining(`${2 * (pages - 1)} further ones are not`) });
  });
});

describe("what a file is", () => {
  it.each(["jfif", "jpe", "JPG", "dib", "pgm", "png", "jpeg!d", "000"])("says its content, not its ending .%s", async (ending) => {
    const root = folder({ [`a/1.${ending}`]: "turned1.png", [`b/2.${ending}`]: "turned1.webp", [`b/3.${ending}`]: "frames.jpg", "b/notes.txt": "turned1.png" });
    expect(await images.detect(root)).toMatchObject({ type: "images", path: root });
    const dataset = await images.open(source(root));
    expect([dataset.length, dataset.target]).toEqual([3, { kind: "classification", classes: ["a", "b"] }]);
  });

  it("says its content where it has no ending, and a camera's raw file is none that is read", async () => {
    const root = folder({ "a/n02085620_1": "turned1.png", "b/n02085620_2": "frames.gif", "b/raw.nef": "turned1.tif", "b/README": Buffer.from("a, b") });
    const dataset = await images.open(source(root));
    expect(dataset.length).toBe(2);
    expect(dataset.problems.flatMap(({ items }) => items.map(({ place }) => place))).toEqual(expect.arrayContaining(["b/raw.nef", "b/README"]));
  });

  it("is named where it is a kind of image that is not read", async () => {
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
    const { dataset } = await open({ "a/1.png": "turned1.png", "b/2.png": "turned1.png", "b/3.jpg": heic, "b/4.jpg": Buffer.from("<svg xmlns=''/>") });
    expect(at(dataset.problems, 0).items.map(({ detail }) => detail)).toEqual([
      "is HEIC, which Descent does not read: convert it to PNG or JPEG",
      "is SVG, which Descent does not read: convert it to PNG or JPEG",
    ]);
  });
});

describe("what the decoder says of an image", () => {
  it.each([
    ["The encoder or decoder for Png does not support the color type `Unknown(208)`", /pixels of a kind/],
    ["Format error decoding Jpeg: unsupported(Hierarchical)", /a part of its format/],
    ["Format error decoding Png: CRC error: expected 0x1, have 0x2", /checksum/],
    ["failed to fill whole buffer", /cut off/],
    ["Format error decoding Gif: invalid LZW minimum code size: 12", /^is damaged: its image data cannot be decoded$/],
  ])("becomes a sentence: %s", (message, said) => {
    const sentence = decoderSentence(message);
    expect(sentence).toMatch(said);
    expect(sentence).not.toMatch(/Unknown|Hierarchical|0x|LZW|`/);
  });
});
