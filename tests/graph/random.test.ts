/** Random tensors in a graph: the mixer's own numbers, natively and in the reference; of the right distribution; of (seed, step, address) alone. */
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../src/shared/graph/builder.ts";
import { GraphRandom } from "../../src/shared/graph/random.ts";
import { evaluate } from "../../src/shared/graph/reference.ts";
import type { Value } from "../../src/shared/graph/value.ts";
import { verify } from "../../src/shared/graph/verify.ts";
import { at } from "../../src/shared/kit/fault.ts";
import { mix32, RandomStream } from "../../src/shared/math/random.ts";
import { runNatively } from "../helpers/native.ts";

/** What `draw` makes in a loop of some steps, one row a step. */
function drawn(seed: number, steps: number, draw: (random: GraphRandom) => Value) {
  const builder = new GraphBuilder("draw");
  const trips = builder.input("trips", "int64", []);
  const counters = new Map<number, Value>();
  const { scans } = builder.loop(trips, [], steps, (_, iteration) => ({ state: [], scans: [draw(GraphRandom.at(seed, iteration, counters))] }));
  builder.output(at(scans, 0), "drawn");
  const graph = builder.build();
  verify(graph);
  return { graph, inputs: new Map([["trips", { shape: [], data: Float64Array.of(steps) }]]) };
}

async function both(seed: number, steps: number, draw: (random: GraphRandom) => Value) {
  const { graph, inputs } = drawn(seed, steps, draw);
  const reference = evaluate(graph, inputs).get("drawn")?.data ?? new Float64Array();
  const native = (await runNatively(graph, inputs)).get("drawn")?.data ?? new Float64Array();
  return { reference, native };
}

const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

describe("random tensors of a graph", () => {
  it("are the hashes that math/random.ts makes, bit for bit", async () => {
    const [seed, steps, size] = [2 ** 40 + 17, 3, 1000];
    const { reference, native } = await both(seed, steps, (random) => random.of("dropout1").uniform("mask", [size]));
    const { key } = new RandomStream(seed, "dropout1/mask");
    const expected = Float64Array.from({ length: steps * size }, (_, i) => {
      const [step, counter] = [Math.floor(i / size), i % size];
      return (mix32(mix32(counter) ^ mix32(step ^ key)) >>> 8) / 2 ** 24;
    });
    expect(native).toEqual(expected);
    expect(reference).toEqual(expected);
  });

  it("are uniform, normal and of the asked share", async () => {
    const size = 40_000;
    const uniform = (await both(1, 1, (random) => random.uniform("u", [200, 200]))).native;
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(mean(uniform.map((x) => x * x))).toBeCloseTo(1 / 3, 2);
    const normal = (await both(1, 1, (random) => random.normal("n", [size]))).native;
    expect(Math.abs(mean(normal))).toBeLessThan(4 / Math.sqrt(size));
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
    expect(mean(normal.map((x) => x ** 4))).toBeCloseTo(3, 0);
    const kept = (await both(1, 1, (random) => random.bernoulli("b", [size], 0.7))).native;
    expect(new Set(kept)).toEqual(new Set([0, 1]));
    expect(mean(kept)).toBeCloseTo(0.7, 1);
  });

  it("differ between steps, addresses and seeds, and repeat otherwise", async () => {
    const of = (seed: number, address: string) => both(seed, 2, (random) => random.of(address).normal("n", [7])).then(({ native }) => native);
    const first = await of(1, "a");
    expect(first.slice(0, 7)).not.toEqual(first.slice(7));
    expect(await of(1, "a")).toEqual(first);
    expect(await of(2, "a")).not.toEqual(first);
    expect(await of(1, "b")).not.toEqual(first);
  });

  it("are the reference's natively, odd sizes included", async () => {
    const { reference, native } = await both(3, 2, (random) => random.normal("n", [3, 5]));
    expect(native.length).toBe(30);
    for (const [i, value] of native.entries()) expect(value).toBeCloseTo(at(reference, i), 5);
  });
});
