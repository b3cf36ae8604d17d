/**
 * The battery over every operator, from the registry itself: the reference makes what was inferred; each gradient rule agrees with central
 * differences in float64 under a random cotangent; forward pass and gradient agree with onnxruntime. A check that compared nothing,
 * or only zeros, fails.
 */
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder, type Value } from "../../src/shared/graph/builder.ts";
import type { OperatorDefinition, Sample } from "../../src/shared/graph/operator.ts";
import { operators } from "../../src/shared/graph/ops/index.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { type Attributes, type Graph, type NdArray, sameShape, staticShape } from "../../src/shared/graph/types.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { largestError, randomArray } from "../helpers/arrays.ts";
import { runNatively } from "../helpers/native.ts";

/** Step of the central difference, and what it may miss by in float64. */
const STEP = 1e-5;
const DIFFERENCE_TOLERANCE = 1e-7;
const FLOAT32_TOLERANCE = 2e-5;

interface Case {
  readonly graph: Graph;
  readonly inputs: ReadonlyMap<string, NdArray>;
  readonly outputs: readonly string[];
  /** By the name of the input. */
  readonly gradients: ReadonlyMap<string, string>;
}

/** The inputs that a cotangent flows into. */
function differentiable(definition: OperatorDefinition, sample: Sample<Attributes>): readonly number[] {
  const { gradient } = definition;
  if (typeof gradient === "string") return [];
  return sample.inputs.flatMap(({ dtype }, i) => (dtype === "float32" && (typeof gradient === "function" || gradient[i] !== null) ? [i] : []));
}

function caseOf(definition: OperatorDefinition, sample: Sample<Attributes>): Case {
  const builder = new GraphBuilder("case");
  const values = sample.inputs.map(({ dtype, shape }, i) => builder.input(`x${i}`, dtype, shape));
  const made = builder.emit(definition.name, values, sample.attributes);
  for (const value of made) builder.output(value);
  const wrt = differentiable(definition, sample).map((i): Value => values[i] ?? builder.scalar(0));
  const found = new Map<string, string>();
  const cotangents = wrt.length === 0 ? [] : made.map((value, i) => builder.input(`dy${i}`, "float32", value.shape));
  if (wrt.length > 0)
    gradients(builder, made, cotangents, wrt).forEach((value, i) => {
      found.set(wrt[i]?.name ?? "", builder.output(value, `gradient${i}`).name);
    });
  const inputs = new Map(
    [...values, ...cotangents].map((value) => {
      const stream = new RandomStream(42, `${definition.name}/${sample.title}/${value.name}`);
      return [value.name, randomArray(value, stream, value.name.startsWith("dy") ? {} : sample)];
    }),
  );
  return { graph: builder.build(), inputs, outputs: made.map(({ name }) => name), gradients: found };
}

/** Σ outputs · cotangents, in float64. */
function weighed({ graph, outputs }: Case, inputs: ReadonlyMap<string, NdArray>): number {
  const results = evaluate(graph, inputs);
  let sum = 0;
  for (const [i, name] of outputs.entries()) {
    const dy = arrayOf(inputs, `dy${i}`).data;
    for (const [k, value] of arrayOf(results, name).data.entries()) sum += value * at(dy, k);
  }
  return sum;
}

const definitions = Object.values(operators).map((definition): OperatorDefinition => definition);

describe.each(definitions.map((definition) => [definition.name, definition] as const))("%s", (_, definition) => {
  // A Loop is checked with the programs that are made of it.
  if (definition.name === "Loop") {
    it("is made by the builder alone", () => expect(() => definition.infer([], {})).toThrow(/GraphBuilder\.loop/));
    return;
  }

  it("has samples and says what it computes", () => {
    expect(definition.samples.length).toBeGreaterThan(0);
    expect(definition.summary).not.toBe("");
  });

  describe.each(definition.samples.map((sample) => [sample.title, sample] as const))("%s", (__, sample) => {
    const subject = caseOf(definition, sample);

    it("makes a graph that verifies, and arrays of the inferred shapes", () => {
      verify(subject.graph);
      const results = evaluate(subject.graph, subject.inputs);
      for (const name of subject.graph.outputs) {
        const type = subject.graph.types.get(name);
        const array = results.get(name);
        expect(array?.shape).toEqual(type?.shape);
        expect(array?.data.every(Number.isFinite)).toBe(true);
      }
    });

    if (subject.gradients.size > 0)
      it("has the gradient that central differences find", () => {
        const results = evaluate(subject.graph, subject.inputs);
        for (const [inputName, gradientName] of subject.gradients) {
          const x = subject.inputs.get(inputName);
          const found = results.get(gradientName);
          if (x === undefined || found === undefined) throw new Error("nothing to compare");
          expect(sameShape(found.shape, x.shape)).toBe(true);
          const expected = x.data.map((value, i) => {
            const at = (moved: number) => weighed(subject, new Map([...subject.inputs, [inputName, { shape: x.shape, data: x.data.with(i, moved) }]]));
            return (at(value + STEP) - at(value - STEP)) / (2 * STEP);
          });
          expect(expected.length).toBe(staticShape(x.shape).reduce((a, b) => a * b, 1));
          expect(expected.some((value) => Math.abs(value) > 1e-6), "some difference is not zero").toBe(true);
          expect(largestError(found.data, expected), inputName).toBeLessThan(DIFFERENCE_TOLERANCE);
        }
      });

    it("gives in onnxruntime what the reference gives", async () => {
      const expected = evaluate(subject.graph, subject.inputs);
      const native = await runNatively(subject.graph, subject.inputs);
      expect(native.size).toBe(subject.graph.outputs.length);
      for (const [name, array] of expected) {
        const found = native.get(name);
        expect(found?.shape).toEqual(array.shape);
        const exact = subject.graph.types.get(name)?.dtype !== "float32";
        expect(array.data.length).toBeGreaterThan(0);
        expect(largestError(found?.data ?? [], array.data), name).toBeLessThanOrEqual(exact ? 0 : FLOAT32_TOLERANCE);
      }
    });
  });
});

describe("the driver", () => {
  it("refuses to differentiate what must not be", () => {
    const builder = new GraphBuilder("refusal");
    const x = builder.input("x", "float32", [3, 2]);
    const rows = builder.input("rows", "int64", [2]);
    const [y] = builder.emit("Gather", [x, rows], { axis: 0 });
    if (y === undefined) throw new Error("no output");
    const dy = builder.input("dy", "float32", [2, 2]);
    expect(() => gradients(builder, [y], [dy], [x])).toThrow(/Gather must not be differentiated/);
  });

  it("gives zeros where the output does not depend on the value", () => {
    const builder = new GraphBuilder("zeros");
    const x = builder.input("x", "float32", [2]);
    const other = builder.input("other", "float32", [3]);
    const [y] = builder.emit("Exp", [x]);
    if (y === undefined) throw new Error("no output");
    const [gradient] = gradients(builder, [y], [builder.input("dy", "float32", [2])], [other]);
    if (gradient === undefined) throw new Error("no gradient");
    builder.output(gradient, "zero");
    const one = { shape: [2], data: Float64Array.of(1, 1) };
    const result = evaluate(builder.build(), new Map([["x", one], ["dy", one], ["other", { shape: [3], data: new Float64Array(3) }]]));
    expect([...(result.get("zero")?.data ?? [])]).toEqual([0, 0, 0]);
  });

  it("adds up the cotangents of a value that is used twice", () => {
    const builder = new GraphBuilder("twice");
    const x = builder.input("x", "float32", []);
    const [square] = builder.emit("Mul", [x, x]);
    if (square === undefined) throw new Error("no output");
    const [gradient] = gradients(builder, [square], [builder.scalar(1)], [x]);
    if (gradient === undefined) throw new Error("no gradient");
    builder.output(gradient, "slope");
    expect(evaluate(builder.build(), new Map([["x", { shape: [], data: Float64Array.of(3) }]])).get("slope")?.data[0]).toBe(6);
  });
});
