/** What the list of runs can ask about recipes without reading them whole. */
import { expect, it } from "vitest";
import { irisRecipe, openStage } from "./harness.ts";

it("gives values by path, and tells runs of one name apart as long as they share it", async () => {
  const { client } = await openStage();
  const started = [];
  for (const change of [{ seed: 1 }, { seed: 2, batch: { size: 8, dropLast: true } }])
    started.push(await client.runs.start({ recipe: { ...irisRecipe, ...change, name: "one" } }));
  const [first, second] = started;
  if (first === undefined || second === undefined) throw new Error("two runs were started");
  const hashes = [first.recipeHash, second.recipeHash, "unknown"];
  const values = await client.runs.values({ hashes, paths: ["batch.size", "batch.dropLast", "description", "model.layers", "optimizer.nothing", "optimizer"] });
  expect(Object.keys(values).toSorted()).toEqual([first.recipeHash, second.recipeHash].toSorted());
  expect(values[second.recipeHash]).toEqual({ "batch.size": 8, "batch.dropLast": true, description: "", "model.layers": expect.arrayContaining(["dense"]) });

  const apart = await client.runs.differences({ name: "one" });
  expect(apart[second.id]).toContainEqual({ path: "seed", value: 2 });
  expect(apart[second.id]).toContainEqual({ path: "batch.dropLast", value: true });
  expect(apart[first.id]?.map(({ path }) => path)).toEqual(apart[second.id]?.map(({ path }) => path));
  await client.runs.rename({ id: second.id, name: "two" });
  expect(await client.runs.differences({ name: "one" })).toEqual({ [first.id]: [] });
});
