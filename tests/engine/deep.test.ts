/** A very deep network does not blow up: the graph grows with the layers and no faster, and it trains. */
import { expect, it } from "vitest";
import { layoutOf, TrainingProgram, trainingGraph } from "../../src/main/engine/programs/train.ts";
import type { Graph } from "../../src/shared/graph/types.ts";
import type { RecipeInput } from "../../src/shared/recipe/recipe.ts";
import { classificationBench } from "../helpers/recipes.ts";

function deep(layers: number) {
  const hidden: RecipeInput["model"]["layers"] = Array.from({ length: layers }, (_, i) => (i % 2 === 0 ? { type: "dense", units: 4 } : { type: "tanh" }));
  return classificationBench({
    layers: [...hidden, { type: "dense", units: 3 }],
    optimizer: { type: "adam", lr: 0.01 },
    sampleShape: [4],
    classes: 3,
    rows: 32,
    batchSize: 16,
  });
}

function nodesIn({ nodes }: Graph): number {
  return nodes.reduce((sum, { body }) => sum + 1 + (body === undefined ? 0 : nodesIn(body)), 0);
}

const graphOf = (layers: number) => {
  const { source } = deep(layers);
  return trainingGraph(source, layoutOf(source), 16);
};

it("a thousand layers are twice the graph of five hundred", () => {
  const [half, whole] = [nodesIn(graphOf(500)), nodesIn(graphOf(1000))];
  expect(whole / half).toBeGreaterThan(1.9);
  expect(whole / half).toBeLessThan(2.1);
});

it("a thousand layers train", async () => {
  const { source, data } = deep(1000);
  const layout = layoutOf(source);
  const program = await TrainingProgram.compile(source, layout, 16, { threads: 1 });
  const start = layout.initialize(1);
  const { loss, state } = await program.run(start, data, Int32Array.from(Array(32).keys()), 0, { rates: Float32Array.of(0.01, 0.01) });
  expect(loss).toHaveLength(2);
  expect([...loss].every(Number.isFinite)).toBe(true);
  for (const { name } of layout.groups) expect(state.get(name)).not.toEqual(start.get(name));
  await program.dispose();
});
