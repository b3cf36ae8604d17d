/** Data for random recipes: every generator, what ships with Descent, and files of every kind of sample. Small, so that twenty steps are a matter of a second. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { npz } from "../../../src/main/data/npz.ts";
import { generators } from "../../../src/shared/catalog/generators/index.ts";
import { RandomStream } from "../../../src/shared/math/random.ts";
import { type FieldSchema, fieldAt } from "../../../src/shared/recipe/fields.ts";
import { alternativeOf, type Chance, drawField } from "./chance.ts";

export interface DrawnSource {
  readonly source: object;
  /** The samples are numbers of words, of a vocabulary of so many. */
  readonly words: number | null;
}

const ROWS = 150;
const WORDS = 12;

/** Writes the files into a folder and returns a function that draws a source. */
export function sourcesIn(folder: string): (chance: Chance) => DrawnSource {
  const csv = path.join(folder, "table.csv");
  writeFileSync(csv, tableText());
  const arrays: readonly (readonly [string, readonly number[], "bytes" | "reals" | "words"])[] = [
    ["pictures", [3, 16, 17], "bytes"],
    ["grey", [1, 8, 8], "reals"],
    ["signals", [2, 24], "reals"],
    ["volumes", [2, 5, 6, 5], "reals"],
    ["rows", [7], "reals"],
    ["sentences", [10], "words"],
  ];
  for (const [name, shape, kind] of arrays) writeFileSync(path.join(folder, `${name}.npz`), arrayFile(name, shape, kind));

  const digits = fileURLToPath(new URL("../../../resources/datasets/digits/digits.csv", import.meta.url));
  const generator = fieldAt(["data", "source", "generator"], { data: { source: { type: "synthetic" } } });
  if (generator === undefined) throw new Error("the recipe has no generator");
  const plain = (source: object): DrawnSource => ({ source, words: null });
  return (chance) => {
    switch (chance.below(8)) {
      case 0:
      case 1:
        return plain({ type: "synthetic", generator: drawGenerator(generator, chance) });
      case 2:
        return plain({ type: "shipped", name: chance.pick(["iris", "wine", "diabetes", "breast-cancer"]) });
      case 3:
        return plain({ type: "csv", path: csv, ...chance.pick([{ target: "kind" }, { target: "value", task: "regression" }]) });
      case 4:
        return plain({ type: "csv", path: digits, target: "digit", sampleShape: chance.pick([[64], [1, 64], [4, 16], [1, 8, 8], [1, 4, 4, 4]]) });
      default: {
        const [name, , kind] = chance.pick(arrays);
        const file = path.join(folder, `${name}.npz`);
        const labels = chance.pick([{ labelsArray: "labels" }, { labelsArray: "values", task: "regression" }]);
        return { source: { type: "npy", samples: file, samplesArray: "samples", ...labels }, words: kind === "words" ? WORDS : null };
      }
    }
  };
}

function drawGenerator(schema: FieldSchema, chance: Chance): unknown {
  const type = chance.pick(Object.keys(generators));
  // Sizes of samples at their smallest: their schemas know what still shows what they are made for.
  const own = (field: string, { type: kind, minimum = 0, maximum = 5 }: FieldSchema) =>
    field === "samples"
      ? { value: chance.between(100, 160) }
      : kind === "integer"
        ? { value: field === "seed" ? chance.below(100) : chance.between(minimum, Math.min(maximum, minimum + 4)) }
        : undefined;
  return drawField(alternativeOf(schema, type), chance, { most: 8, own });
}

/** Numbers with gaps, categories, groups and an order; a class and a value to predict. */
function tableText(): string {
  const stream = new RandomStream(7, "random recipes/table");
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const [a, b] = [stream.normal(4 * i), 3 + 2 * stream.normal(4 * i + 1)];
    const [colour, size] = [stream.below(4, 100_000 + i), stream.below(3, 200_000 + i)];
    const value = 20 + 5 * a - b + 3 * size + stream.normal(4 * i + 2);
    const gap = stream.uniform(300_000 + i) < 0.1;
    return [
      a.toFixed(3),
      gap ? "" : b.toFixed(3),
      ["red", "green", "blue", "grey"][colour],
      ["small", "middle", "large"][size],
      `g${i % 12}`,
      i,
      value > 22 ? "high" : value > 18 ? "middle" : "low",
      value.toFixed(3),
    ].join(",");
  });
  return `a,b,colour,size,group,when,kind,value\n${lines.join("\n")}\n`;
}

function arrayFile(name: string, shape: readonly number[], kind: "bytes" | "reals" | "words"): Uint8Array {
  const stream = new RandomStream(7, `random recipes/${name}`);
  const size = shape.reduce((a, b) => a * b, 1);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => stream.below(3, 9_000_000 + i));
  // The class shows in the level of a sample, so that there is something to learn.
  const number = (i: number) => {
    const level = labels[Math.floor(i / size)] ?? 0;
    if (kind === "words") return Math.min(WORDS - 1, stream.below(WORDS - 2, i) + level);
    return kind === "bytes" ? Math.min(255, Math.floor(200 * stream.uniform(i)) + 25 * level) : stream.normal(i) + 0.3 * level;
  };
  const data = kind === "bytes" ? new Uint8Array(ROWS * size) : kind === "words" ? new Int32Array(ROWS * size) : new Float32Array(ROWS * size);
  for (let i = 0; i < data.length; i++) data[i] = number(i);
  const values = Float32Array.from({ length: 2 * ROWS }, (_, i) => 10 * (labels[i >> 1] ?? 0) + (i % 2) * 100 + stream.normal(5_000_000 + i));
  return npz(
    new Map([
      ["samples", { shape: [ROWS, ...shape], data }],
      ["labels", { shape: [ROWS], data: labels }],
      ["values", { shape: [ROWS, 2], data: values }],
    ]),
  );
}
