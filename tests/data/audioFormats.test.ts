/** Recordings as other programs write them (fixtures/sound.py): every format against the same sound as WAV, damage told, and what is not read named. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readAudio, readAudioHeader, secondsOf } from "../../src/main/data/audio/audio.ts";
import { CACHE_VARIABLE } from "../../src/main/data/cache.ts";
import { detectSource } from "../../src/main/data/detect.ts";
import { openGiven } from "../../src/main/data/given/open.ts";
import { reader as audio } from "../../src/main/data/readers/audio.ts";
import { FileBytes } from "../../src/main/data/sampleFiles/fileBytes.ts";
import { openDataset } from "../../src/main/data/sources.ts";
import { english } from "../helpers/english.ts";
import { faultOf, scratchFolder } from "./files.ts";

const FIXTURES = path.join(import.meta.dirname, "fixtures", "sound");
const scratch = scratchFolder();

beforeAll(() => {
  process.env[CACHE_VARIABLE] = path.join(scratch.folder, "cache");
});

const bytesOf = (name: string) => readFileSync(path.join(FIXTURES, name));

async function decode(bytes: Buffer, name: string, most = Number.POSITIVE_INFINITY) {
  const file = FileBytes.of(bytes);
  const header = await readAudioHeader(file, name);
  return { header, wave: await readAudio(file, header, most) };
}

const wave = async (name: string, most?: number) => decode(bytesOf(name), name, most);

/** A folder with the given files, by place; a text is the name of a fixture. */
const folder = (files: Readonly<Record<string, string | Uint8Array>>) => scratch.tree(files, FIXTURES);

/** Of two waves, as far as both go. */
function correlation(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

describe("sound without loss is that of the WAV file, to the last bit", () => {
  it.each([
    ["tone.flac", "tone.wav"],
    ["stereo.flac", "stereo.wav"],
    ["stereo.oga", "stereo.wav"],
    ["deep.flac", "deep.wav"],
    ["tone.aiff", "tone.wav"],
    ["stereo.aiff", "stereo.wav"],
    ["deep.aiff", "deep.wav"],
    ["bytes.aiff", "bytes.wav"],
    ["tone.au", "tone.wav"],
    ["stereo.au", "stereo.wav"],
    ["deep.au", "deep.wav"],
  ])("%s", async (name, reference) => {
    const [found, expected] = [await wave(name), await wave(reference)];
    expect(found.header).toMatchObject({ sampleRate: expected.header.sampleRate, channels: expected.header.channels, frames: expected.wave.length });
    expect(found.wave).toEqual(expected.wave);
    expect((await wave(name, 300)).wave).toEqual(expected.wave.slice(0, 300));
  });

  it("float.au", async () => {
    expect((await wave("float.au")).wave).toEqual((await wave("tone.wav")).wave.slice(0, 1600));
  });
});

describe("sound with loss is nearly that of the WAV file, and as long", () => {
  it.each([
    ["tone.mp3", 0.98],
    ["vbr.mp3", 0.98],
    ["tone.ogg", 0.98],
  ])("%s", async (name, least) => {
    const [found, expected] = [await wave(name), await wave("tone.wav")];
    expect(found.header).toMatchObject({ sampleRate: 16_000, channels: 1, frames: expected.wave.length });
    expect(found.wave.length).toBe(expected.wave.length);
    expect(correlation(found.wave, expected.wave)).toBeGreaterThan(least);
    expect((await wave(name, 500)).wave).toEqual(found.wave.slice(0, 500));
  });

  it.each(["noise.ogg", "tone.ogg", "tone.mp3"])("%s is what its own decoder makes of it", async (name) => {
    const [found, expected] = [await wave(name), await wave(`${name}.wav`)];
    expect(found.wave.length).toBe(expected.wave.length);
    // Those write whole numbers, this one does not round.
    const furthest = found.wave.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected.wave[i] ?? Number.NaN))), 0);
    expect(furthest * 32_768).toBeLessThanOrEqual(1.01);
  });

  it("tone.opus, which counts 48,000 samples a second", async () => {
    const [found, expected] = [await wave("tone.opus"), await wave("tone.wav")];
    expect(found.header).toMatchObject({ sampleRate: 48_000, channels: 1, frames: 9600 });
    expect(found.wave.length).toBe(9600);
    expect(
      correlation(
        found.wave.filter((_, i) => i % 3 === 0),
        expected.wave,
      ),
    ).toBeGreaterThan(0.95);
  });

  it("untagged.mp3, whose length is estimated before it is decoded", async () => {
    const { header, wave: found } = await wave("untagged.mp3");
    expect(header.frames).toBeNull();
    expect(Math.abs((secondsOf(header) ?? 0) - 0.25)).toBeLessThan(0.1);
    expect(found.length).toBeGreaterThanOrEqual(3200);
  });
});

describe("in a folder", () => {
  it("all formats are samples of one set, by their content, whatever their names end in", async () => {
    const root = folder({
      "a/1.wav": "tone.wav",
      "a/2.FLAC": "tone.flac",
      "a/3.mp3": "tone.mp3",
      "a/4.wav": "tone.ogg",
      "b/1.opus": "tone.opus",
      "b/2.aif": "tone.aiff",
      "b/3.snd": "tone.au",
      "b/4.mp3": "tone.flac",
    });
    const source = await detectSource(root);
    expect(source).toMatchObject({ type: "audio", path: root, sampleRate: 16_000, seconds: 0.2 });
    const dataset = await openDataset(source);
    expect(dataset.length).toBe(8);
    expect(english(dataset.problems)).toEqual([]);
    const { samples } = await dataset.fetch(Uint32Array.of(0, 1, 5, 6, 7));
    const first = samples.slice(0, 3200);
    for (const i of [1, 2, 3, 4]) expect(samples.slice(3200 * i, 3200 * (i + 1))).toEqual(first);
    await dataset.close();
  });

  it("of FLAC alone is known, and what is asked of its network can be of another format", async () => {
    const root = folder({ "a/1.flac": "tone.flac", "a/2.flac": "stereo.flac", "b/1.flac": "tone.flac", "b/2.flac": "deep.flac" });
    const source = await detectSource(root);
    const dataset = await openDataset(source);
    expect(dataset.length).toBe(4);
    const given = await openGiven(path.join(FIXTURES, "tone.mp3"), { source, facts: dataset.facts, columns: null });
    expect(given.length).toBe(1);
    await given.close();
    await dataset.close();
  });

  it("recordings that cannot be read are named with the remedy", async () => {
    const mpeg4 = Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.from("ftypM4A "), Buffer.alloc(40)]);
    const root = folder({ "a/1.wav": "tone.wav", "b/1.wav": "tone.wav", "a/2.m4a": mpeg4, "b/3.wma": Buffer.from("0&"), "a/4.wav": mpeg4 });
    const dataset = await openDataset(await detectSource(root));
    expect(dataset.length).toBe(2);
    expect(dataset.problems.map(({ severity, total }) => [severity, total])).toEqual([
      ["error", 1],
      ["error", 2],
    ]);
    expect(dataset.problems[0]?.items[0]?.detail).toBe(
      "is MPEG-4 (AAC, ALAC or video), judging by its content, which Descent does not read: convert it to WAV or FLAC",
    );
    expect(dataset.problems[1]).toMatchObject({ title: expect.stringContaining(".m4a, .wma"), remedy: expect.stringContaining("Convert them to WAV or FLAC") });
    await dataset.close();
    const only = await faultOf(detectSource(folder({ "a/1.m4a": mpeg4, "b/1.amr": Buffer.from("#!AMR\n") })));
    expect(english(only.problems)).toMatchObject([
      { received: expect.stringContaining(".amr, .m4a"), remedy: expect.stringContaining("Convert them to WAV or FLAC") },
    ]);
  });
});

describe("damage", () => {
  it.each(["tone.flac", "stereo.oga", "tone.mp3", "vbr.mp3", "tone.ogg", "tone.opus", "tone.aiff", "tone.au", "deep.aiff"])(
    "%s is told wherever it is cut off",
    async (name) => {
      const whole = bytesOf(name);
      for (let cut = 0; cut < whole.length - 1; cut += 41)
        await expect(
          decode(whole.subarray(0, cut), name).then(({ wave: found }) => found.length),
          `${name} cut at ${cut}`,
        ).rejects.toThrow(/cut off|empty|no \w+ file|no samples|damaged|decoded/);
    },
  );

  it.each(["tone.flac", "tone.mp3", "tone.ogg", "tone.opus", "tone.aiff"])("%s with bytes of another kind ends in words or in a wave", async (name) => {
    for (let at = 0; at < bytesOf(name).length; at += 97) {
      const bytes = Buffer.from(bytesOf(name));
      bytes.fill(0xa5, at, Math.min(bytes.length, at + 12));
      const result = await decode(bytes, name).then(
        ({ wave: found }) => found.every(Number.isFinite),
        (error: unknown) => error instanceof Error && error.constructor.name === "BadFile",
      );
      expect(result, `${name} at ${at}`).toBe(true);
    }
  });

  it.each(["noise.ogg", "tone.opus", "stereo.oga"])("%s has checksums: none of its bytes can be another", async (name) => {
    for (let at = 0; at < bytesOf(name).length; at += 61) {
      const bytes = Buffer.from(bytesOf(name));
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
      await expect(
        decode(bytes, name).then(({ wave: found }) => found.length),
        `${name} at ${at}`,
      ).rejects.toThrow(/damaged|cut off|header|no Ogg|no Opus/);
    }
  });

  it.each([
    ["an AAC stream", Buffer.from("fff15080021ffc", "hex"), "voice.mp3", /AAC/],
    ["MIDI", Buffer.from("MThd\0\0\0\x06"), "song.wav", /MIDI/],
    ["text", Buffer.from("no sound at all"), "voice.flac", /is no FLAC file, judging by its content/],
    ["Speex", bytesOf("speex.ogg"), "voice.ogg", /Speex/],
    [
      "µ-law of Sun",
      Buffer.concat([Buffer.from(".snd"), Buffer.from("00000018000000100000000100001f4000000001", "hex"), Buffer.alloc(16)]),
      "voice.au",
      /µ-law/,
    ],
  ])("%s is named by its content", async (_, bytes, name, expected) => {
    await expect(decode(bytes, name)).rejects.toThrow(expected);
  });
});

it("nothing of a folder of recordings is decoded to know it", async () => {
  // Only headers: the sound itself is bytes of no meaning.
  const bytes = Buffer.from(bytesOf("tone.flac"));
  bytes.fill(0, 600);
  const root = folder({ "a/1.flac": bytes, "b/1.flac": bytes });
  expect(await audio.describe((await detectSource(root)) as Parameters<typeof audio.describe>[0])).toMatchObject({ length: 2 });
});
