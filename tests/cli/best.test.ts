/**
 * The best epoch is one and the same wherever it is told: the rows as the history holds them, the run's row, its checkpoint, the words of the command
 * line, and the weights that are tested.
 */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createStudio } from "../../src/main/studio.ts";
import { forkTrainer } from "../../src/main/training/spawn.ts";
import { clientOf } from "../studio/harness.ts";
import { temporaryFolder } from "./descent.ts";
import { descentHere } from "./inProcess.ts";

const PATIENCE = 6;

/** Iris is classified before its loss is at its lowest, so that the loss and the accuracy have different best epochs. */
const SETTINGS = ["budget.epochs=60", "optimizer.lr=0.01", "earlyStopping.type=patience", `earlyStopping.patience=${PATIENCE}`];

async function stoppedEarly(...more: readonly string[]) {
  const home = path.join(temporaryFolder(), "home");
  const { status, stdout, stderr } = await descentHere(["train", "iris-mlp", ...[...SETTINGS, ...more].flatMap((each) => ["--set", each]), "--home", home]);
  expect(status, stderr).toBe(0);
  const studio = await createStudio({ home, host: "web", spawnTrainer: forkTrainer });
  const client = clientOf(studio);
  const [listed] = await client.runs.list();
  const id = listed?.id ?? "";
  const run = await client.runs.get({ id });
  expect(listed?.best).toEqual(run.best);
  const series = await client.runs.metrics({ id, names: ["validation.loss", "validation.accuracy"], maxPoints: 10_000 });
  const values = (name: string) => series.find((each) => each.name === name)?.points ?? [];
  const evaluated = await client.runs.evaluate({ id, split: "test" });
  const validated = await client.runs.evaluate({ id, split: "validation" });
  await studio.close();
  return { stdout, run, loss: values("validation.loss"), accuracy: values("validation.accuracy"), evaluated, validated };
}

/** The first epoch of the best value. */
const firstBest = (points: readonly { readonly epoch: number; readonly value: number }[], better: (a: number, b: number) => boolean) =>
  points.reduce((best, point) => (better(point.value, best.value) ? point : best)).epoch;

describe("the best epoch", () => {
  it("is that of what early stopping watches, and its weights are tested", { timeout: 120_000 }, async () => {
    const { stdout, run, loss, accuracy, evaluated, validated } = await stoppedEarly("earlyStopping.metric=accuracy");
    const epoch = firstBest(accuracy, (a, b) => a > b);
    expect(epoch).not.toBe(firstBest(loss, (a, b) => a < b));
    const last = epoch + PATIENCE;
    expect(loss).toHaveLength(last);
    const step = accuracy.find((point) => point.epoch === epoch)?.step;
    expect(run.best).toEqual({
      step,
      epoch,
      metrics: { "validation.loss": loss[epoch - 1]?.value, "validation.accuracy": accuracy[epoch - 1]?.value },
      by: "validation.accuracy",
      tested: true,
    });
    expect(run.checkpoints.map(({ kind, epoch: of }) => [kind, of])).toEqual([
      ["last", last],
      ["best", epoch],
    ]);
    expect(run.checkpoints[1]).toMatchObject({ step, metrics: run.best?.metrics });
    expect(run).toMatchObject({ epoch: last, totalEpochs: 60 });
    expect(evaluated).toEqual(run.test);
    expect(validated).toEqual(run.best?.metrics);
    expect(stdout).toContain(`best epoch       ${epoch} of 60 by validation.accuracy, whose weights were tested`);
    expect(run.events.map(({ text }) => text).join("\n")).toContain(
      `Stopped early after epoch ${last}: validation.accuracy has not improved since epoch ${epoch}.`,
    );
  });

  it("is shown but not tested where the best weights are not restored", { timeout: 120_000 }, async () => {
    const { stdout, run, loss, accuracy, evaluated, validated } = await stoppedEarly("earlyStopping.metric=accuracy", "earlyStopping.restoreBest=false");
    const epoch = firstBest(accuracy, (a, b) => a > b);
    expect(run.best).toMatchObject({ epoch, by: "validation.accuracy", tested: false });
    expect(evaluated).toEqual(run.test);
    // The weights of the last epoch: they validate as the last epoch did.
    expect(validated).toEqual({ "validation.loss": loss.at(-1)?.value, "validation.accuracy": accuracy.at(-1)?.value });
    expect(validated).not.toEqual(run.best?.metrics);
    expect(stdout).toContain(`best epoch       ${epoch} of 60 by validation.accuracy; the last epoch's weights were tested`);
  });
});
