/**
 * Another Descent process, for `processes.test.ts`: opens a home as the given host, starts a run whose scripted trainer writes
 * rows without end, and reports the run's id.
 */
import { createRouterClient } from "@orpc/server";
import { createStudio } from "../../src/main/studio.ts";
import type { TrainerToHost } from "../../src/main/training/protocol.ts";
import { recipeSchema } from "../../src/shared/recipe/recipe.ts";

const [home = "", host] = process.argv.slice(2);
const studio = await createStudio({
  home,
  host: host === "cli" ? "cli" : "web",
  spawnTrainer: () => {
    let step = 0;
    let exit: (code: number | null, signal: string | null) => void = () => {};
    let tell: (message: TrainerToHost) => void = () => {};
    const timer = setInterval(() => {
      step += 1;
      tell({ type: "metrics", sequence: step, blocks: [{ name: "train.loss", steps: [step], epochs: [1], values: [1 / step], wallTimeMs: 0 }] });
    }, 20);
    return {
      pid: undefined,
      send: (message) => {
        if (message.type !== "halt") return;
        clearInterval(timer);
        tell({ type: "done", outcome: "halted", metrics: {}, seconds: 0 });
        exit(0, null);
      },
      onMessage: (listener) => {
        tell = listener;
      },
      onExit: (listener) => {
        exit = listener;
      },
      kill: () => exit(null, "SIGKILL"),
    };
  },
});
const recipe = recipeSchema.parse({
  name: "elsewhere",
  data: { source: { type: "shipped", name: "iris" } },
  model: { layers: [{ type: "dense", units: 3 }] },
  loss: { type: "softmaxCrossEntropy" },
  optimizer: { type: "sgd" },
});
const { id } = await createRouterClient(studio.router).runs.start({ recipe });
process.send?.(id);
process.on("message", () => void studio.close().then(() => process.exit(0)));
