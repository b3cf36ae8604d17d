/**
 * The battery over every loss of the catalog: values and gradients are PyTorch's, in the reference and natively, on ordinary, extreme and equal outputs; the
 * gradient is what central differences find; what cannot be is refused. Cases come from the entries' own samples; one without stored figures fails.
 */
import { describe, expect, it } from "vitest";
import { losses } from "../../src/shared/catalog/losses/index.ts";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { assertNever, at } from "../../src/shared/kit/fault.ts";
import { lossDefinition } from "../../src/shared/recipe/definitions.ts";
import type { LossConfig } from "../../src/shared/recipe/recipe.ts";
import { type LossCase, lossCases } from "../golden/torch/lossCases.ts";
import { remake, storedEntries, storedOf } from "../golden/torch/stored.ts";
import { largestError } from "../helpers/arrays.ts";
import { english } from "../helpers/english.ts";
import { runNatively } from "../helpers/native.ts";

interface StoredFigures {
  readonly digest: string;
  readonly value: number;
  readonly gradient: readonly number[];
}

/** PyTorch's figures and the reference's are both float64. */
const EXACT = 1e-10;
const FLOAT32 = 2e-5;
/** A central difference's step, and what it may miss by. */
const STEP = 1e-5;
const DIFFERENCE = 1e-6;

const numbersOf = (arrays: ReadonlyMap<string, NdArray>, name: string) => arrays.get(name)?.data ?? new Float64Array();

function graphOf({ loss, classes, classCounts, rows, width }: LossCase) {
  const definition = lossDefinition(loss);
  const builder = new GraphBuilder("loss");
  const output = builder.input("output", "float32", [rows, width]);
  const target = classes > 0 ? builder.input("target", "int64", [rows]) : builder.input("target", "float32", [rows, width]);
  const value = definition.forward({ output, target, config: loss, classes, classCounts });
  expect(value.shape).toEqual([]);
  builder.output(value, "value");
  builder.output(at(gradients(builder, [value], [builder.scalar(1)], [output]), 0), "gradient");
  const graph = builder.build();
  verify(graph);
  return graph;
}

const inputsOf = ({ output, target, rows, width, classes }: LossCase) =>
  new Map<string, NdArray>([
    ["output", { shape: [rows, width], data: Float64Array.from(output) }],
    ["target", { shape: classes > 0 ? [rows] : [rows, width], data: Float64Array.from(target) }],
  ]);

/** The same loss with the lengths among its settings `factor` times as large. */
function stretched(loss: LossConfig, factor: number): LossConfig {
  if (loss.type === "huber") return { ...loss, delta: loss.delta * factor };
  return loss.type === "hinge" ? { ...loss, margin: loss.margin * factor } : loss;
}

const lossOf = (each: LossCase) => at(Array.from(numbersOf(evaluate(graphOf(each), inputsOf(each)), "value")), 0);

const ordinary = lossCases.filter(({ title }) => title.endsWith("six rows"));

it.each(ordinary.map((each) => [`${each.loss.type} ${each.title}`, each] as const))("the unit of %s is what the loss scales with", (_, each) => {
  const uniform = lossOf({ ...each, output: each.output.map(() => 0) });
  const uncertainty = lossDefinition(each.loss).activation === "sigmoid" ? Math.log(2) : Math.log(each.classes);
  const factor = 3;
  const times = (values: readonly number[]) => values.map((value) => value * factor);
  const target = each.classes > 0 ? each.target : times(each.target);
  const growth = lossOf({ ...each, loss: stretched(each.loss, factor), output: times(each.output), target }) / lossOf(each);
  const unit = lossDefinition(each.loss).unit(each.loss);
  switch (unit) {
    case "nats":
      return expect(uniform).toBeCloseTo(uncertainty, 10);
    case "weightedNats":
      return expect(Math.abs(uniform - uncertainty)).toBeGreaterThan(1e-3);
    case "score":
    case "target":
      return expect(growth).toBeCloseTo(factor, 10);
    case "squaredTarget":
      return expect(growth).toBeCloseTo(factor ** 2, 10);
    default:
      return assertNever(unit);
  }
});

describe.each(Object.entries(losses))("loss %s", (type, { schema, samples, summary, source }) => {
  const cases = lossCases.filter(({ loss }) => loss.type === type);

  it("has samples, the defaults among them, says what it does and where it comes from", () => {
    expect(samples.map(({ config }) => schema.parse({ type, ...config }))).toContainEqual(schema.parse({ type }));
    expect(summary.en).toMatch(/^[A-Z].*\.$/);
    expect(source).toMatch(/\d{4}/);
    for (const { loss } of cases) expect(schema.parse(JSON.parse(JSON.stringify(loss)))).toEqual(loss);
  });

  describe.each(cases.map((each) => [each.title, each] as const))("%s", (title, each) => {
    it("is PyTorch's, in the reference and natively", async () => {
      const figures = storedOf<StoredFigures>("losses", type).cases.find(({ digest }) => digest === each.digest);
      if (figures === undefined) throw new Error(remake("losses", type));
      expect(Number.isFinite(figures.value)).toBe(true);
      const graph = graphOf(each);
      for (const [results, tolerance] of [
        [evaluate(graph, inputsOf(each)), EXACT],
        [await runNatively(graph, inputsOf(each)), FLOAT32],
      ] as const) {
        expect(largestError(numbersOf(results, "value"), [figures.value])).toBeLessThan(tolerance);
        expect(largestError(numbersOf(results, "gradient"), figures.gradient)).toBeLessThan(tolerance);
      }
      if (title.endsWith("six rows")) expect(figures.gradient.some((slope) => slope !== 0)).toBe(true);
    });

    if (!title.endsWith("six rows")) return;
    it("has the gradient that central differences find", () => {
      const graph = graphOf(each);
      const { shape, data } = at([...inputsOf(each).values()], 0);
      const valueAt = (i: number, moved: number) =>
        at(numbersOf(evaluate(graph, new Map([...inputsOf(each), ["output", { shape, data: data.with(i, moved) }]])), "value"), 0);
      const expected = data.map((x, i) => (valueAt(i, x + STEP) - valueAt(i, x - STEP)) / (2 * STEP));
      expect(expected.some((slope) => slope !== 0)).toBe(true);
      expect(largestError(numbersOf(evaluate(graph, inputsOf(each)), "gradient"), expected)).toBeLessThan(DIFFERENCE);
    });
  });

  it("refuses what cannot be, in words, and nothing of its samples", () => {
    for (const { loss, classes, width } of cases) expect(lossDefinition(loss).misfits(loss, classes === 0 ? width : classes)).toEqual([]);
    const [{ loss } = { loss: undefined }] = cases;
    if (loss === undefined || lossDefinition(loss).task === "regression") return;
    const [misfit] = lossDefinition(loss).misfits(loss, 1);
    expect(english(misfit?.expected)).toContain("needs at least two classes");
    if (!("classWeights" in loss)) return;
    const [wrong] = lossDefinition(loss).misfits({ ...loss, classWeights: [1, 2, 3] }, 4);
    expect(english(wrong)).toMatchObject({ field: "classWeights", expected: "must have one number for each of the 4 classes", received: "3 numbers" });
  });
});

it("nothing is stored of a loss that there is not", () => {
  expect(storedEntries("losses")).toEqual(Object.keys(losses).sort());
});
