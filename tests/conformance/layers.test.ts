/**
 * The battery over every layer of the catalog and every sample it gives, in training and in evaluation: its shapes are those of its graph; its
 * gradients are those of central differences in float64 and, with its output and its running statistics, PyTorch's; natively it is the reference's;
 * what it says of itself (that it draws, that rows meet, that it selects maxima) is so.
 */
import { describe, expect, it } from "vitest";
import { type BufferSpec, LayerMisfit } from "../../src/shared/catalog/layers/layer.ts";
import { printGraph } from "../../src/shared/graph/print.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { NdArray } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { everyLayer, layerDefinition, planModel } from "../../src/shared/recipe/plan.ts";
import { caseOf, configOf, digestOf, type LayerCase, type LayerSubject, layerSubjects, sampledLayers, titleOf } from "../golden/torch/layerCases.ts";
import { remake, storedEntries, storedOf } from "../golden/torch/stored.ts";
import { largestError } from "../helpers/arrays.ts";
import { english } from "../helpers/english.ts";
import { runNatively } from "../helpers/native.ts";
import { gradientOf, type LayerGraph, layerGraph, observedOf } from "./layerGraph.ts";

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface StoredFigures {
  readonly y: StoredArray;
  readonly gradients: Readonly<Record<string, StoredArray>>;
  /** Running statistics after one step, by address. */
  readonly running?: Readonly<Record<string, StoredArray>>;
}

interface StoredCase extends LayerSubject {
  readonly digest: string;
  /** Not of layers that draw. */
  readonly training?: StoredFigures;
  /** Where it is another than in training. */
  readonly evaluation?: StoredFigures;
}

/** PyTorch's figures and the reference's are float64; nine digits are stored. */
const EXACT = 1e-8;
const FLOAT32 = 2e-5;
/** Step of the central difference, and what it may miss by in float64. */
const STEP = 1e-5;
const DIFFERENCE = 1e-7;
/** Of a larger tensor so many elements are moved one by one, and then all together in a drawn direction. */
const MOVED = 24;

/** What x is multiplied by to make e^x overflow in float32. */
const LARGE = 64;
/** What is left of a saturated function is mostly rounding. */
const SATURATED = 1e-3;

const MODES = [
  ["training", true],
  ["evaluation", false],
] as const;

function arrayOf(arrays: ReadonlyMap<string, NdArray>, name: string): NdArray {
  const found = arrays.get(name);
  if (found === undefined) throw new Error(`nothing to compare: no ${name}`);
  return found;
}

/** Σ y · dy. */
function weighed({ forward }: LayerGraph, values: ReadonlyMap<string, NdArray>): number {
  const dy = arrayOf(values, "dy").data;
  return arrayOf(evaluate(forward, values), "y").data.reduce((sum, value, i) => sum + value * at(dy, i), 0);
}

/** Directions in which a tensor is moved: along single elements, and of a large tensor along some and one that has a part of all. */
function directionsOf(size: number, stream: RandomStream): readonly Float64Array[] {
  const along = (element: number) => new Float64Array(size).with(element, 1);
  if (size <= 2 * MOVED) return Array.from({ length: size }, (_, i) => along(i));
  const all = Float64Array.from({ length: size }, (_, i) => 2 * stream.uniform(i) - 1);
  return [...Array.from(stream.permutation(size).subarray(0, MOVED), along), all];
}

function moved({ shape, data }: NdArray, direction: Float64Array, by: number): NdArray {
  return { shape, data: Float64Array.from(data, (value, i) => value + by * at(direction, i)) };
}

/** A row of a batch. */
function rowOf({ shape: [rows = 1], data }: NdArray, row: number): readonly number[] {
  const size = data.length / rows;
  return Array.from(data).slice(row * size, (row + 1) * size);
}

/** Whether the output of the first row stays when all other rows become like it. */
function rowsStandAlone({ forward, values }: LayerGraph): boolean {
  const x = arrayOf(values, "x");
  const size = x.data.length / at(x.shape, 0);
  const alike = { shape: x.shape, data: x.data.map((_, i) => at(x.data, i % size)) };
  const [before, after] = [values, new Map([...values, ["x", alike]])].map((given) => rowOf(arrayOf(evaluate(forward, given), "y"), 0));
  return JSON.stringify(before) === JSON.stringify(after);
}

function figuresOf(type: string, subject: LayerSubject): StoredCase | undefined {
  return storedOf<StoredCase>("layers", type).cases.find((each) => titleOf(each) === titleOf(subject));
}

it("nothing is stored of a layer that there is not", () => {
  const types = new Set(sampledLayers.map(([type]) => type));
  expect(storedEntries("layers").filter((type) => !types.has(type))).toEqual([]);
});

describe.each(sampledLayers)("%s", (type, entry) => {
  const subjects = layerSubjects.filter((subject) => subject.type === type);

  it("has figures of its samples as they are now", () => {
    const { torch, cases } = storedOf<StoredCase>("layers", type);
    expect(
      cases.map((each) => [titleOf(each), each.digest]),
      remake("layers", type),
    ).toEqual(subjects.map((each) => [titleOf(each), digestOf(caseOf(each))]));
    expect(torch).toMatch(/^1\.13/);
  });

  describe.each(subjects.map((subject) => [titleOf(subject), subject] as const))("%s", (title, subject) => {
    let made: LayerCase | undefined;
    // Made by the first test that wants it, so that a layer that throws fails its own tests and no other's.
    const subjectOf = (): LayerCase => {
      made ??= caseOf(subject);
      return made;
    };

    it("reads back what it writes", () => {
      const config = configOf(type, subject.config);
      expect(configOf(type, JSON.parse(JSON.stringify(config)))).toEqual(config);
    });

    describe.each(MODES)("in %s", (mode, training) => {
      const graphOf = () => layerGraph(subjectOf(), training);

      it("has the shapes it says, and uses what it declares", () => {
        const { plan, x, buffers } = subjectOf();
        const { graph, values, towards, observed } = graphOf();
        verify(graph);
        const results = evaluate(graph, values);
        expect(arrayOf(results, "y").shape).toEqual([x.shape[0], ...plan.outputShape]);
        for (const { data } of results.values()) expect(data.every(Number.isFinite)).toBe(true);
        for (const name of towards) {
          const gradient = arrayOf(results, gradientOf(name));
          expect(gradient.shape).toEqual(arrayOf(values, name).shape);
          // A parameter that the layer declares and does not use would have a gradient of zeros.
          if (!subject.ties) expect(isSomething(gradient.data), name).toBe(true);
        }
        expect(new Set(observed)).toEqual(new Set(training ? buffers.keys() : []));
        for (const address of observed) expect(arrayOf(results, observedOf(address)).shape).toEqual(arrayOf(buffers, address).shape);
      });

      if (!subject.ties)
        it("has the gradients that central differences find", () => {
          const subjectGraph = graphOf();
          const { graph, values, towards } = subjectGraph;
          // A graph that is the same in both modes is tried once.
          if (!training && printGraph(graph) === printGraph(layerGraph(subjectOf(), true).graph)) return;
          const results = evaluate(graph, values);
          for (const name of towards) {
            const value = arrayOf(values, name);
            const gradient = arrayOf(results, gradientOf(name)).data;
            const directions = directionsOf(value.data.length, new RandomStream(7, `${type}/${title}/${name}`));
            const expected = directions.map((direction) => {
              const movedBy = (by: number) => weighed(subjectGraph, new Map([...values, [name, moved(value, direction, by)]]));
              return (movedBy(STEP) - movedBy(-STEP)) / (2 * STEP);
            });
            const found = directions.map((direction) => direction.reduce((sum, part, i) => sum + part * at(gradient, i), 0));
            expect(isSomething(expected), name).toBe(true);
            expect(largestError(found, expected), name).toBeLessThan(DIFFERENCE);
          }
        });

      it("is natively what it is in the reference", async () => {
        const { graph, values } = graphOf();
        const [reference, native] = [evaluate(graph, values), await runNatively(graph, values)];
        expect([...native.keys()]).toEqual([...reference.keys()]);
        expect(isSomething(arrayOf(reference, "y").data)).toBe(true);
        for (const [name, { shape, data }] of reference) {
          expect(arrayOf(native, name).shape).toEqual(shape);
          expect(largestError(arrayOf(native, name).data, data), name).toBeLessThan(FLOAT32);
        }
      });

      it("lets rows meet only where it says so", () => {
        const { plan } = subjectOf();
        const together = training && [...everyLayer([plan])].some(({ config }) => layerDefinition(config).usesBatchStatistics);
        expect(rowsStandAlone(graphOf())).toBe(!together);
      });

      it("is PyTorch's, forward and backward", async () => {
        const { stochastic, buffers, plan } = subjectOf();
        const stored = figuresOf(type, subject);
        expect(stored, remake("layers", type)).toBeDefined();
        const expected = training ? stored?.training : (stored?.evaluation ?? stored?.training);
        // Draws are each framework's own.
        if (training && stochastic) return expect(expected).toBeUndefined();
        if (expected === undefined) throw new Error(`nothing to compare in ${mode}`);
        const { graph, values, towards, observed } = graphOf();
        const [reference, native] = [evaluate(graph, values), await runNatively(graph, values)];
        expect(Object.keys(expected.gradients)).toEqual(towards);
        const named = Object.entries(expected.gradients).map(([name, gradient]) => [gradientOf(name), gradient] as const);
        for (const [name, { shape, data }] of [["y", expected.y] as const, ...named]) {
          if (!subject.ties) expect(isSomething(data), name).toBe(true);
          expect(arrayOf(reference, name).shape).toEqual(shape);
          expect(largestError(arrayOf(reference, name).data, data), name).toBeLessThan(EXACT);
          expect(largestError(arrayOf(native, name).data, data), name).toBeLessThan(FLOAT32);
        }
        const specs = new Map<string, BufferSpec>(
          [...everyLayer([plan])].flatMap((layer) => layer.buffers.map((spec) => [`${layer.name}/${spec.name}`, spec] as const)),
        );
        for (const address of observed) {
          const [before, after, momentum] = [arrayOf(buffers, address), expected.running?.[address], specs.get(address)?.momentum ?? Number.NaN];
          const stepped = (results: ReadonlyMap<string, NdArray>) =>
            before.data.map((value, i) => (1 - momentum) * value + momentum * at(arrayOf(results, observedOf(address)).data, i));
          expect(after?.shape).toEqual(before.shape);
          expect(largestError(stepped(reference), after?.data ?? []), address).toBeLessThan(EXACT);
          expect(largestError(stepped(native), after?.data ?? []), address).toBeLessThan(FLOAT32);
        }
      });
    });

    it("does not overflow where its reference does not", async () => {
      const { graph, values } = layerGraph(subjectOf(), true);
      const x = arrayOf(values, "x");
      const large = new Map([...values, ["x", { shape: x.shape, data: x.data.map((value) => value * LARGE) }]]);
      const [reference, native] = [evaluate(graph, large), await runNatively(graph, large)];
      for (const [name, { data }] of reference) {
        const size = Math.max(1, ...data.map(Math.abs));
        expect(
          largestError(
            arrayOf(native, name).data.map((value) => value / size),
            data.map((value) => value / size),
          ),
          name,
        ).toBeLessThan(SATURATED);
      }
    });

    it("draws where it says so, and other numbers at another step", () => {
      const each = subjectOf();
      const yAt = (training: boolean, step: number) => {
        const { forward, values } = layerGraph(each, training, step);
        return [...arrayOf(evaluate(forward, values), "y").data];
      };
      expect(yAt(true, 1)).toEqual(yAt(true, 1));
      if (each.stochastic) expect(yAt(true, 1)).not.toEqual(yAt(true, 2));
      else expect(yAt(true, 1)).toEqual(yAt(true, 2));
      if (each.stochastic && each.plan.branches.length === 0) expect(yAt(false, 1)).toEqual([...each.x.data]);
    });

    if (entry.monotone)
      it("is one non-decreasing function of each element", () => {
        const { x } = subjectOf();
        const { forward, values } = layerGraph(subjectOf(), true);
        const y = arrayOf(evaluate(forward, values), "y");
        expect(y.shape).toEqual(x.shape);
        const pairs = Array.from(x.data, (value, i) => [value, at(y.data, i)] as const).sort(([a], [b]) => a - b);
        for (const [i, [value, result]] of pairs.entries()) {
          const [before, resultBefore] = at(pairs, Math.max(0, i - 1));
          expect(result).toBeGreaterThanOrEqual(resultBefore);
          if (value === before) expect(result).toBe(resultBefore);
        }
      });

    if (entry.selectsMaxima)
      it("gives values of its input, as it would of any non-decreasing function of them", () => {
        const { x } = subjectOf();
        const { forward, values } = layerGraph(subjectOf(), true);
        const yOf = (data: Float64Array) => arrayOf(evaluate(forward, new Map([...values, ["x", { shape: x.shape, data }]])), "y").data;
        const y = yOf(x.data);
        expect(y.every((value) => x.data.includes(value))).toBe(true);
        expect(yOf(x.data.map(Math.atan))).toEqual(y.map(Math.atan));
      });
  });

  if (entry.misfits.length === 0)
    it("takes samples of any shape, for it names none that does not fit", () => {
      for (const input of [[4], [2, 3], [2, 3, 3], [1, 1, 1], [2, 2, 3, 2]]) {
        const { problems } = planModel({ model: { layers: [configOf(type, {})] } }, { sampleShape: input });
        expect(problems, `[${input.join(", ")}]`).toEqual([]);
      }
    });

  it("has samples that differ", () => {
    expect(subjects.length).toBeGreaterThan(0);
    expect(new Set(subjects.map(titleOf)).size).toBe(subjects.length);
  });

  it.each(entry.misfits.map((each) => [JSON.stringify(each.config), each.input, each] as const))("with %s on [%s] says where and what to do", (_, __, each) => {
    const config = configOf(type, each.config);
    const { plan, problems } = planModel({ model: { layers: [config] } }, { sampleShape: each.input });
    expect(plan.layers).toEqual([]);
    expect(problems.map(({ place }) => place)).toEqual([each.field === "" ? "model.layers[0]" : `model.layers[0].${each.field}`]);
    for (const { expected, received, remedy } of english(problems)) {
      expect(remedy).toMatch(/^[A-Z].*\.$/);
      for (const part of [expected, received]) expect(part).toMatch(/^[^.\s].*[^.\s]$/);
    }
    // Of the layer's own doing, unless a layer inside is at fault.
    if (layerDefinition(config).branches === undefined) expect(() => layerDefinition(config).outputShape(each.input, config, [])).toThrow(LayerMisfit);
  });
});

function isSomething(data: ArrayLike<number>): boolean {
  return Array.from(data).some((value) => Math.abs(value) > 1e-9);
}
