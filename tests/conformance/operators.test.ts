/**
 * The battery over every operator, from the registry itself: the reference makes what was inferred; each gradient rule agrees with central
 * differences in float64 under a random cotangent; forward pass and gradient agree with onnxruntime. A check that compared nothing,
 * or only zeros, fails.
 */
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/shared/graph/autodiff.ts";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import type { OperatorDefinition, Sample } from "../../src/shared/graph/operator.ts";
import { operators } from "../../src/shared/graph/ops/index.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import { type Attributes, type Graph, type NdArray, sameShape, sizeOf } from "../../src/shared/graph/types.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
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

function floatInputs(sample: Sample<Attributes>): readonly number[] {
  return sample.inputs.flatMap(({ dtype }, i) => (dtype === "float32" ? [i] : []));
}

function caseOf(definition: OperatorDefinition, sample: Sample<Attributes>): Case {
  const builder = new GraphBuilder("case");
  const values = sample.inputs.map(({ dtype, shape }, i) => builder.input(`x${i}`, dtype, shape));
  const made = builder.emit(definition.name, values, sample.attributes);
  for (const value of made) builder.output(value);
  const wrt = definition.gradient === "forbidden" ? [] : floatInputs(sample).map((i): Value => at(values, i));
  const cotangents = wrt.length === 0 ? [] : made.map((value, i) => builder.input(`dy${i}`, "float32", value.shape));
  const found = gradients(builder, wrt.length === 0 ? [] : made, cotangents, wrt);
  const inputs = new Map([
    ...values.map((value, i) => [value.name, randomArray(value, streamOf(definition, sample, value), sample, i)] as const),
    ...cotangents.map((value) => [value.name, randomArray(value, streamOf(definition, sample, value))] as const),
  ]);
  const named = new Map(wrt.map((value, i) => [value.name, builder.output(at(found, i), `gradient${i}`).name]));
  return { graph: builder.build(), inputs, outputs: made.map(({ name }) => name), gradients: named };
}

function streamOf(definition: OperatorDefinition, sample: Sample<Attributes>, value: Value): RandomStream {
  return new RandomStream(42, `${definition.name}/${sample.title}/${value.name}`);
}

function arrayOf(arrays: ReadonlyMap<string, NdArray>, name: string): NdArray {
  const array = arrays.get(name);
  if (array === undefined) throw new Error(`nothing to compare: no ${name}`);
  return array;
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

describe.each(definitions.map((definition) => [definition.name, definition] as const))("%s", (name, definition) => {
  // A Loop has a body, so it has tests of its own: tests/graph/reference.test.ts.
  if (name === "Loop") {
    it("is made by the builder alone", () => expect(() => definition.infer([], {})).toThrow(/GraphBuilder\.loop/));
    return;
  }

  it("has samples of every number of inputs it takes, and says what it computes", () => {
    const counts = new Set(definition.samples.map(({ inputs }) => inputs.length));
    const [fewest, most] = definition.arity;
    for (let count = fewest; count <= Math.min(most, fewest + 1); count++) expect(counts, `${count} inputs`).toContain(count);
    expect(definition.summary).not.toBe("");
  });

  it("gives more than one value over its samples", () => {
    const values = definition.samples.flatMap((sample) => {
      const { graph, inputs, outputs } = caseOf(definition, sample);
      const results = evaluate(graph, inputs);
      return outputs.flatMap((output) => [...arrayOf(results, output).data]);
    });
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  describe.each(definition.samples.map((sample) => [sample.title, sample] as const))("%s", (_, sample) => {
    let made: Case | undefined;
    // Made by the first test that wants it, so that a rule that throws fails its own tests and no other's.
    const subjectOf = (): Case => {
      made ??= caseOf(definition, sample);
      return made;
    };

    it("makes a graph that verifies, and arrays of the inferred shapes", () => {
      const subject = subjectOf();
      verify(subject.graph);
      const results = evaluate(subject.graph, subject.inputs);
      expect(results.size).toBe(subject.graph.outputs.length);
      for (const [output, array] of results) {
        expect(array.shape).toEqual(subject.graph.types.get(output)?.shape);
        expect(array.data.length).toBe(sizeOf(array.shape));
        expect(array.data.every(Number.isFinite)).toBe(true);
      }
      if (subject.outputs.every((output) => subject.graph.types.get(output)?.dtype === "float32"))
        expect(
          subject.outputs.some((output) => arrayOf(results, output).data.some((value) => value !== 0)),
          "some element is not zero",
        ).toBe(true);
    });

    if (definition.gradient === "none")
      it("lets nothing flow back", () => {
        const subject = subjectOf();
        const results = evaluate(subject.graph, subject.inputs);
        expect(subject.gradients.size).toBe(floatInputs(sample).length);
        for (const gradient of subject.gradients.values()) expect(arrayOf(results, gradient).data.every((value) => value === 0)).toBe(true);
      });
    else if (definition.gradient !== "forbidden" && floatInputs(sample).length > 0)
      it("has the gradient that central differences find", () => {
        const subject = subjectOf();
        const results = evaluate(subject.graph, subject.inputs);
        expect(subject.gradients.size).toBe(floatInputs(sample).length);
        for (const [inputName, gradientName] of subject.gradients) {
          const x = arrayOf(subject.inputs, inputName);
          const found = arrayOf(results, gradientName);
          expect(sameShape(found.shape, x.shape)).toBe(true);
          const expected = x.data.map((value, i) => {
            const movedTo = (moved: number) => weighed(subject, new Map([...subject.inputs, [inputName, { shape: x.shape, data: x.data.with(i, moved) }]]));
            return (movedTo(value + STEP) - movedTo(value - STEP)) / (2 * STEP);
          });
          expect(expected.length).toBe(sizeOf(x.shape));
          expect(
            expected.some((value) => Math.abs(value) > 1e-6),
            "some difference is not zero",
          ).toBe(true);
          expect(largestError(found.data, expected), inputName).toBeLessThan(DIFFERENCE_TOLERANCE);
        }
      });

    it("gives in onnxruntime what the reference gives", async () => {
      const subject = subjectOf();
      const expected = evaluate(subject.graph, subject.inputs);
      const native = await runNatively(subject.graph, subject.inputs);
      expect(native.size).toBe(subject.graph.outputs.length);
      for (const [output, array] of expected) {
        const found = arrayOf(native, output);
        expect(found.shape).toEqual(array.shape);
        const exact = subject.graph.types.get(output)?.dtype !== "float32";
        expect(array.data.length).toBeGreaterThan(0);
        expect(largestError(found.data, array.data), output).toBeLessThanOrEqual(exact ? 0 : FLOAT32_TOLERANCE);
      }
    });
  });
});

describe("the driver", () => {
  it("refuses to differentiate what must not be", () => {
    const builder = new GraphBuilder("refusal");
    const x = builder.input("x", "float32", [2]);
    const { state } = builder.loop(builder.scalar(3, "int64"), [x], 3, (inner, _, [value]) => {
      if (value === undefined) throw new Error("no state");
      return { state: inner.emit("Mul", [value, value]), scans: [] };
    });
    expect(() => gradients(builder, state, [builder.input("dy", "float32", [2])], [x])).toThrow(/Loop must not be differentiated/);
  });

  it("refuses a cotangent of another shape", () => {
    const builder = new GraphBuilder("shapes");
    const x = builder.input("x", "float32", [2, 3]);
    const y = builder.emit("Exp", [x]);
    expect(() => gradients(builder, y, [builder.input("dy", "float32", [3, 2])], [x])).toThrow(/the cotangent of Exp must be float32\[2,3\]/);
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
    const result = evaluate(
      builder.build(),
      new Map([
        ["x", one],
        ["dy", one],
        ["other", { shape: [3], data: new Float64Array(3) }],
      ]),
    );
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
