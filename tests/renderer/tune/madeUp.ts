/** Trials of no study, for the tests of what is drawn. */
import type { Trial } from "../../../src/shared/contract/studies.ts";
import type { Parameter } from "../../../src/shared/tuning/space.ts";

export const SPACE: readonly Parameter[] = [
  { type: "float", name: "lr", paths: ["optimizer.lr"], min: 1e-4, max: 1, log: true },
  { type: "integer", name: "units", paths: ["model.layers[0].units"], min: 8, max: 64, log: false, step: 8, sets: "value" },
  { type: "choice", name: "optimizer", paths: ["optimizer.type"], values: ["sgd", "momentum", "adam"], sets: "value" },
  { type: "float", name: "momentum", paths: ["optimizer.momentum"], when: { name: "optimizer", values: ["momentum"] }, min: 0, max: 0.99, log: false },
];

export function trialOf(number: number, change: Partial<Trial> = {}): Trial {
  return {
    number,
    state: "completed",
    origin: "sampler",
    point: { lr: 0.01, units: 16, optimizer: "adam" },
    values: [0.5],
    repeats: [],
    runs: [],
    epochs: 5,
    totalEpochs: 5,
    createdAt: 1000 * number,
    startedAt: 1000 * number,
    endedAt: 1000 * number + 1000,
    lane: 0,
    problems: [],
    ...change,
  };
}

/** A thousand and more of a smooth bowl with a conditional field; the same ones every time. */
export function manyTrials(count: number): readonly Trial[] {
  let state = 12345;
  const draw = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  return Array.from({ length: count }, (_, number) => {
    const lr = 10 ** (-4 + 4 * draw());
    const units = 8 * (1 + Math.floor(8 * draw()));
    const optimizer = ["sgd", "momentum", "adam"][Math.floor(3 * draw())] ?? "adam";
    const momentum = draw();
    const loss = 0.1 + (Math.log10(lr) + 2) ** 2 / 8 + 4 / units + 0.05 * draw();
    return trialOf(number, {
      state: number % 11 === 0 ? "pruned" : number % 29 === 0 ? "failed" : "completed",
      point: { lr, units, optimizer, ...(optimizer === "momentum" ? { momentum } : {}) },
      values: number % 29 === 0 && number % 11 !== 0 ? null : [loss],
      lane: number % 4,
      startedAt: 250 * number,
      endedAt: 250 * number + 900,
    });
  });
}
