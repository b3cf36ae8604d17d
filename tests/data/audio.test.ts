/** Folders of recordings: samples against numpy and scipy, resampling, spectrograms, and what is left out. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { reader as audio } from "../../src/main/data/readers/audio.ts";
import type { SourceConfig } from "../../src/shared/recipe/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

type AudioSource = Extract<SourceConfig, { type: "audio" }>;

const FIXTURES = path.join(import.meta.dirname, "fixtures", "audio");
const figures: {
  waves: Record<string, string>;
  resampled: Record<string, string>;
  logMel: Record<string, { shape: number[]; values: string }>;
} = JSON.parse(readFileSync(path.join(FIXTURES, "figures.json"), "utf8"));
const scratch = scratchFolder({ cache: true });

/** A folder with the given files, by place; a text is the name of a fixture. */
const folder = (files: Readonly<Record<string, string | Uint8Array>>) => scratch.tree(files, FIXTURES);

const source = (root: string, config: Partial<AudioSource> = {}): AudioSource => ({
  type: "audio",
  path: root,
  sampleRate: 8000,
  seconds: 0.05,
  features: "waveform",
  mels: 64,
  ...config,
});

function floats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

/** A fixture twice, in two classes. */
async function read(name: string, config: Partial<AudioSource> = {}) {
  const dataset = await audio.open(source(folder({ [`a/${name}`]: name, [`b/${name}`]: name }), config));
  const { samples } = await dataset.fetch(Uint32Array.of(1));
  await dataset.close();
  return { dataset, samples };
}

/** 16-bit mono by hand, for headers that no library writes. */
function wav({ rate = 8000, tag = 1, frames = 400, ...given }: { rate?: number; tag?: number; frames?: number; said?: number }): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE((rate * 2) % 2 ** 32, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(given.said ?? frames * 2, 40);
  return Buffer.concat([header, Buffer.alloc(frames * 2, 1)]);
}

describe("samples", () => {
  it.each(Object.entries(figures.waves))("of %s are numpy's", async (name, values) => {
    const { dataset, samples } = await read(name);
    expect(dataset.facts).toMatchObject({ length: 2, sampleShape: [1, 400], elementType: "float32", target: { kind: "classification", classes: ["a", "b"] } });
    // Both are float32 of the same number.
    expect(furthest(samples, floats(values))).toBeLessThanOrEqual(6e-8);
  });

  it("are cut, or end in silence", async () => {
    const wave = floats(figures.waves["mono16.wav"] ?? "");
    expect(furthest((await read("mono16.wav", { seconds: 0.01 })).samples, wave.subarray(0, 80))).toBeLessThanOrEqual(6e-8);
    const long = (await read("mono16.wav", { seconds: 0.1 })).samples;
    expect(furthest(long.subarray(0, 400), wave)).toBeLessThanOrEqual(6e-8);
    expect(long.subarray(400).every((value) => value === 0)).toBe(true);
  });

  it("of a program that did not know the length are read to the end of the file", async () => {
    for (const said of [0xffffffff, 0x7ffff024]) {
      const dataset = await audio.open(source(folder({ "a/1.wav": wav({ said }), "b/1.wav": wav({}) })));
      expect(dataset.length).toBe(2);
    }
  });
});

describe("resampling", () => {
  // scipy computes the same filter in another order of additions.
  it.each(Object.entries(figures.resampled))("to %s Hz is scipy's resample_poly", async (rate, values) => {
    const expected = floats(values);
    const { samples } = await read("mono16.wav", { sampleRate: Number(rate) });
    const length = Math.round(0.05 * Number(rate));
    expect(samples.length).toBe(length);
    expect(furthest(samples, expected.subarray(0, length))).toBeLessThanOrEqual(1e-6);
  });

  it("of the beginning alone is the beginning of the resampled whole", async () => {
    const expected = floats(figures.resampled["6000"] ?? "");
    const { samples } = await read("mono16.wav", { sampleRate: 6000, seconds: 0.02 });
    expect(furthest(samples, expected.subarray(0, 120))).toBeLessThanOrEqual(1e-6);
  });
});

describe("log-mel spectrograms", () => {
  it.each(Object.entries(figures.logMel))("of %s are numpy's", async (name, { shape, values }) => {
    const [seconds, mels] = name.split("/").map(Number);
    const { dataset, samples } = await read("mono16.wav", { seconds: seconds ?? 0, mels: mels ?? 0, features: "logMel" });
    expect(dataset.sampleShape).toEqual(shape);
    expect(furthest(samples, floats(values))).toBeLessThanOrEqual(1e-4);
  });

  it("have no empty band", async () => {
    // Silence would give log(1e-6) everywhere; noise must not, in any band.
    const { samples } = await read("mono16.wav", { mels: 128, features: "logMel" });
    const frames = samples.length / 128;
    for (let mel = 0; mel < 128; mel++) expect(Math.max(...samples.subarray(mel * frames, (mel + 1) * frames))).toBeGreaterThan(Math.log(1e-6) + 1);
  });
});

describe("what is left out", () => {
  it("is told with its reason; the rest trains", async () => {
    const whole = readFileSync(path.join(FIXTURES, "mono16.wav"));
    const nan = Buffer.from(readFileSync(path.join(FIXTURES, "float32.wav")));
    nan.writeFloatLE(Number.NaN, nan.length - 8);
    const config = source(
      folder({
        "a/1.wav": "mono16.wav",
        "a/cut.wav": whole.subarray(0, 500),
        "a/empty.wav": new Uint8Array(0),
        "a/header.wav": whole.subarray(0, 30),
        "a/notes.txt": "make.py",
        "b/1.wav": "stereo16.wav",
        "b/absurd.wav": wav({ rate: 4_294_967_291 }),
        "b/alaw.wav": wav({ tag: 6 }),
        "b/mp3.wav": Buffer.from("ID3 something else"),
        "b/nan.wav": nan,
        "b/none.wav": wav({ frames: 0 }),
      }),
    );
    const dataset = await audio.open(config);
    expect([0, 1].map((i) => dataset.place(i))).toEqual(["a/1.wav", "b/1.wav"]);
    expect(dataset.problems.map(({ kind, severity, title }) => [kind, severity, title])).toEqual([
      ["unreadable", "error", "8 of 10 recordings cannot be read and are left out"],
      ["note", "info", "1 other file was ignored"],
    ]);
    expect(dataset.problems[0]?.items.map(({ place, detail }) => `${english(place)} ${english(detail)}`)).toEqual([
      "a/cut.wav is cut off: 456 of its 800 bytes of samples are present",
      "a/empty.wav is empty",
      "a/header.wav is cut off inside its header",
      "b/absurd.wav has a damaged header: 1 channels, 4294967291 Hz, 2 bytes per sample",
      "b/alaw.wav is of an encoding that Descent does not read (A-law): save it as PCM",
      "b/mp3.wav is no WAV file, judging by its content",
      "b/none.wav has no samples",
      "b/nan.wav holds samples that are not finite numbers",
    ]);
    const { samples } = await dataset.fetch(Uint32Array.of(0));
    expect(furthest(samples, floats(figures.waves["mono16.wav"] ?? ""))).toBeLessThanOrEqual(6e-8);
    expect(await audio.describe(config)).toEqual(dataset.facts);
  });

  it.each(readdirSync(FIXTURES).filter((name) => name.endsWith(".wav")))("is %s wherever it is cut off", async (name) => {
    const whole = readFileSync(path.join(FIXTURES, name));
    const files: Record<string, Uint8Array | string> = { "a/1.wav": "mono16.wav", "b/1.wav": "mono16.wav" };
    for (let cut = 0; cut < whole.length; cut += 7) files[`a/cut${cut}.wav`] = whole.subarray(0, cut);
    const dataset = await audio.open(source(folder(files)));
    expect(dataset.length).toBe(2);
  });

  it("is everything: a fault", async () => {
    expect((await faultOf(audio.open(source(folder({ "a/1.wav": "mono16.wav", "b/1.wav": "make.py" }))))).message).toContain("only recordings of a");
    expect((await faultOf(audio.describe(source(folder({ "a/1.m4a": "make.py" }))))).message).toContain("no recording in it or its folders");
  });
});

it("are told where rates are lower and lengths greater", async () => {
  const config = source(folder({ "a/1.wav": "mono16.wav", "b/1.wav": wav({ rate: 16_000 }) }), { sampleRate: 16_000, seconds: 0.02 });
  const dataset = await audio.open(config);
  expect(dataset.problems.map(({ items }) => items)).toEqual([
    [{ sample: 0, place: "a/1.wav", detail: "0.05 s" }],
    [{ sample: 0, place: "a/1.wav", detail: "8,000 Hz" }],
  ]);
});

it("is brought to the usual rate and length, which are not more than a network takes", async () => {
  const fast = wav({ rate: 44_100, frames: 44_100 * 7 });
  expect(await audio.detect(folder({ "a/1.wav": fast, "b/1.wav": fast, "b/2.wav": "mono16.wav" }))).toMatchObject({ sampleRate: 16_000, seconds: 5 });
  expect(await audio.detect(folder({ "a/1.wav": "mono16.wav", "b/1.m4a": "make.py" }))).toBeNull();
  expect(await audio.detect(folder({ "a/1.wav": "make.py", "b/1.wav": "make.py" }))).toMatchObject({ sampleRate: 16_000, seconds: 1 });
});

it("is found by what is in it, and made once", async () => {
  const root = folder({ "a/1.wav": "mono16.wav", "b/1.wav": "mono16.wav" });
  const found = await audio.detect(root);
  expect(found).toEqual({ type: "audio", path: root, sampleRate: 8000, seconds: 0.05, features: "waveform", mels: 64 });
  const made: number[] = [];
  for (const config of [source(root), source(root), source(root, { features: "logMel" })]) await (await audio.open(config, () => made.push(0))).close();
  expect(made.length).toBe(4);
});
