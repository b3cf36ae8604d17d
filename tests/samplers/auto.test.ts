/** Which sampler the automatic one chooses, and what it says about it. */
import { describe, expect, it } from "vitest";
import { auto, autoReason } from "../../src/shared/catalog/samplers/auto.ts";
import { cmaEs } from "../../src/shared/catalog/samplers/cmaEs.ts";
import { gaussianProcess } from "../../src/shared/catalog/samplers/gaussianProcess.ts";
import { nsga2 } from "../../src/shared/catalog/samplers/nsga2.ts";
import type { Observation } from "../../src/shared/catalog/samplers/sampler.ts";
import type { Dimension, Space } from "../../src/shared/catalog/samplers/space.ts";
import { tpe } from "../../src/shared/catalog/samplers/tpe.ts";
import { RandomStream } from "../../src/shared/math/random.ts";

const number = (name: string): Dimension => ({ type: "float", name, min: 0, max: 1, log: false });
const choice = (name: string): Dimension => ({ type: "choice", name, values: ["a", "b", "c"] });
const numbers: Space = [number("x"), number("y")];
const choices: Space = [number("x"), choice("p"), choice("q"), choice("r")];
const both: Space = [number("x"), number("y"), choice("p")];

function taskOf(space: Space, count: number, objectives = 1) {
  const observations = Array.from({ length: count }, (_, i): Observation => {
    const draws = new RandomStream(2, `trial/${i}`);
    const point = Object.fromEntries(space.map(({ name, type }, d) => [name, type === "choice" ? "b" : draws.uniform(d)]));
    return { point, state: "completed", values: new Array<number>(objectives).fill(draws.uniform(9)), progress: 1 };
  });
  return { space, objectives, observations, trials: 500, seed: 4 };
}

const proposed = (space: Space, count: number, objectives = 1) => auto.propose(taskOf(space, count, objectives));

describe("the automatic sampler", () => {
  it("proposes what a Gaussian process would among numbers, also with a choice", () => {
    for (const space of [numbers, both])
      expect(proposed(space, 20)).toEqual(gaussianProcess.propose(taskOf(space, 20), gaussianProcess.schema.parse({ type: "gaussianProcess" })));
  });

  it("proposes what TPE would among choices, and after 200 trials where there are any", () => {
    const standard = tpe.schema.parse({ type: "tpe" });
    expect(proposed(choices, 20)).toEqual(tpe.propose(taskOf(choices, 20), standard));
    expect(proposed(both, 200)).toEqual(tpe.propose(taskOf(both, 200), standard));
  });

  it("proposes what CMA-ES would after 200 trials among numbers", () => {
    expect(proposed(numbers, 200)).toEqual(cmaEs.propose(taskOf(numbers, 200), cmaEs.schema.parse({ type: "cmaEs" })));
  });

  it("proposes what NSGA-II would for several objectives", () => {
    expect(proposed(numbers, 20, 2)).toEqual(nsga2.propose(taskOf(numbers, 20, 2), nsga2.schema.parse({ type: "nsga2" })));
  });

  it("says what it chose for the study, and what comes later", () => {
    expect(autoReason(numbers, 1, 100).en).toMatch(/^A Gaussian process, because .* quasi-random\.$/);
    expect(autoReason(numbers, 1, 500).en).toMatch(/From trial 201 on CMA-ES, which stays quick\.$/);
    expect(autoReason(both, 1, 500).ko).toMatch(/201번째 시행부터는/);
    expect(autoReason(choices, 1, 500).en).toBe("TPE, because most fields are choices or depend on one.");
    expect(autoReason(numbers, 2, 500).en).toMatch(/^NSGA-II/);
  });

  it("draws every dimension even where the chosen sampler has no model", () => {
    const { axes, expected } = auto.believe(taskOf(numbers, 200), { type: "auto" }, { x: 0.5, y: 0.25 });
    expect(expected).toBeNull();
    expect(axes.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(auto.believe(taskOf(numbers, 20), { type: "auto" }, { x: 0.5, y: 0.25 }).expected).not.toBeNull();
  });
});
