/** The four waveforms of a function generator, one per class, for 1-D convolutions. */
import { z } from "zod";
import { at } from "../../kit/fault.ts";
import { integer, real } from "../../kit/schema.ts";
import { Draws } from "./draws.ts";
import { generatorSeed, noiseField, sampleCount } from "./fields.ts";
import type { GeneratorDefinition } from "./generator.ts";

const schema = z.strictObject({
  type: z.literal("waveforms"),
  samples: sampleCount(),
  length: integer({
    default: 128,
    min: 16,
    max: 4096,
    scale: "log",
    title: { en: "Length", ko: "길이" },
    unit: { en: "values", ko: "값" },
    description: { en: "Number of values per signal.", ko: "신호 하나의 값 개수." },
  }),
  periods: real({
    default: 4,
    min: 0.5,
    max: 64,
    step: 0.5,
    title: { en: "Periods", ko: "주기 수" },
    description: {
      en: "Average number of periods in a signal; each signal has between half and one and a half times as many, but at most one for every four values.",
      ko: "신호 하나의 평균 주기 수. 신호마다 이 값의 절반에서 1.5배까지이며, 값 네 개에 한 주기를 넘지 않습니다.",
    },
  }),
  noise: noiseField(0.2, {
    en: "Standard deviation of the noise on every value. The waves have amplitudes from 0.5 to 1.5; above 1 the noise hides them.",
    ko: "값마다 더하는 잡음의 표준편차. 파동의 진폭은 0.5~1.5이며, 1을 넘으면 잡음에 묻힙니다.",
  }),
  seed: generatorSeed(),
});

/** One period of each waveform: phase from 0 to 1, values from −1 to 1. */
const WAVES: readonly { readonly name: string; readonly value: (phase: number) => number }[] = [
  { name: "sine", value: (phase) => Math.sin(2 * Math.PI * phase) },
  { name: "square", value: (phase) => (phase < 0.5 ? 1 : -1) },
  { name: "triangle", value: (phase) => 1 - 4 * Math.abs(phase - 0.5) },
  { name: "sawtooth", value: (phase) => 2 * phase - 1 },
];

/** Number of draws of a sample before those for noise. */
const OWN = 3;

export const waveforms = {
  title: { en: "Waveforms", ko: "파형" },
  summary: {
    en: "Sine, square, triangle and sawtooth waves of any phase, pitch and loudness: only the form decides the class.",
    ko: "위상, 음높이, 크기가 제각각인 사인파, 사각파, 삼각파, 톱니파입니다. 파형만이 클래스를 정합니다.",
  },
  schema,
  facts: ({ length }) => ({ sampleShape: [1, length], target: { kind: "classification", classes: WAVES.map(({ name }) => name) } }),
  generate: ({ samples: count, length, periods, noise }, random) => {
    const draws = new Draws(random, OWN + length);
    const samples = new Float32Array(count * length);
    const targets = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const label = i % WAVES.length;
      const start = draws.uniform(i, 0);
      const step = Math.min(periods * draws.uniform(i, 1, 0.5, 1.5), length / 4) / length;
      const height = draws.uniform(i, 2, 0.5, 1.5);
      for (let t = 0; t < length; t++) {
        const value = at(WAVES, label).value((start + step * t) % 1);
        samples[i * length + t] = height * value + (noise > 0 ? noise * draws.normal(i, OWN + t) : 0);
      }
      targets[i] = label;
    }
    return { samples, targets };
  },
  samples: [{}, { samples: 40, length: 64, noise: 0 }, { samples: 13, length: 16, periods: 64, noise: 0.5 }],
} satisfies GeneratorDefinition<z.output<typeof schema>>;
